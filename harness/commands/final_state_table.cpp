#include "harness/commands/final_state_table.hpp"

#include "harness/commands/point_text.hpp"
#include "harness/recompute/recomputed_point.hpp"
#include "models/continuous/cluster_table.hpp"
#include "models/metrics/metrics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace basin {

namespace {

using nlohmann::json;

/// What ended there: one word, or every kind with its number of probes.
std::string kinds_text(const ClusterRow& row) {
    std::vector<std::string> kinds;
    for (std::size_t k = 0; k < real_attractor_count; ++k)
        if (row.kinds[k] > 0)
            kinds.push_back(fmt::format("{} {}", row.kinds[k], real_attractor_names[k]));
    if (kinds.size() > 1) return fmt::format("{}", fmt::join(kinds, ", "));
    return std::string(real_attractor_names[static_cast<std::size_t>(row.kind)]);
}

void print_row(const ClusterRow& row) {
    fmt::print("{:>8} {:>8} {:>12.4g} ", row.probes, row.nearest.memory, row.nearest.distance);
    if (row.is_undecided)
        fmt::print("{:>12} {:>8} {:>8}", "-", "-", "-");
    else
        fmt::print("{:>12.4g} {:>8} {:>8.4f}", row.sizes.effective, row.sizes.k90,
                   row.sizes.largest);
    fmt::print("  {}\n", kinds_text(row));
}

json row_json(const ClusterRow& row) {
    json text = {{"probes", row.probes},
                 {"nearest_memory", row.nearest.memory},
                 {"distance", row.nearest.distance},
                 {"kind", real_attractor_names[static_cast<std::size_t>(row.kind)]}};
    for (std::size_t k = 0; k < real_attractor_count; ++k)
        if (row.kinds[k] > 0) text["kinds"][std::string(real_attractor_names[k])] = row.kinds[k];
    if (row.is_undecided) return text;
    text["effective_size"] = row.sizes.effective;
    text["k90"] = row.sizes.k90;
    text["largest_weight"] = row.sizes.largest;
    return text;
}

} // namespace

bool print_clusters(const Plan& plan, const Inventory& inventory, const FoundPoint& point,
                    bool all) {
    const RecalledPoint recalled = recalled_point(plan, point.cell);
    const std::vector<ClusterRow> rows =
        cluster_table(*recalled.scene, recalled.setting, recalled.paths);
    fmt::print("{}  {}\n", to_string(plan.point_key(point.cell)), varying_text(plan, point.cell));
    const double rank = recalled.outcome.values[metric_index("relative_rank")];
    fmt::print("{} probes, {} distinct final states, relative rank {}\n", recalled.paths.size(),
               rows.size(), std::isnan(rank) ? "not measured" : fmt::format("{:.4g}", rank));
    fmt::print("\n{:>8} {:>8} {:>12} {:>12} {:>8} {:>8}  {}\n", "probes", "nearest", "distance",
               "effective", "k90", "largest", "what it is");
    const std::size_t shown = all ? rows.size() : std::min(most_clusters, rows.size());
    for (std::size_t r = 0; r < shown; ++r)
        print_row(rows[r]);
    if (shown < rows.size())
        fmt::print("… {} of {} final states, {} more; --all lists all\n", shown, rows.size(),
                   rows.size() - shown);
    fmt::print("\nnearest: index of the nearest memory, at this distance; effective: exp of the "
               "weights' entropy;\nk90: weights that add up to 0.9; largest: the largest weight\n");
    const std::vector<std::string> differing =
        differing_metrics(inventory, point, recalled.outcome);
    if (!differing.empty())
        fmt::print("\nThis is not what the store holds: {} came out otherwise: this program "
                   "computes something else.\n",
                   fmt::join(differing, ", "));
    return differing.empty();
}

json clusters_json(const Plan& plan, const Inventory& inventory, const FoundPoint& point) {
    const RecalledPoint recalled = recalled_point(plan, point.cell);
    json text = point_json(plan, point.cell);
    text["status"] = name_of(point.status);
    text["probes"] = recalled.paths.size();
    text["clusters"] = json::array();
    for (const ClusterRow& row : cluster_table(*recalled.scene, recalled.setting, recalled.paths))
        text["clusters"].push_back(row_json(row));
    text["relative_rank"] = recalled.outcome.values[metric_index("relative_rank")];
    text["unique_states"] = text["clusters"].size();
    text["differing"] = differing_metrics(inventory, point, recalled.outcome);
    return text;
}

} // namespace basin
