#include "analysis/stability/duel_charts.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/stability/duel_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// The comparison a duel belongs to, whatever its metric.
bool same_pair(const Duel& first, const Duel& second) {
    return first.axis == second.axis && first.a == second.a && first.b == second.b;
}

/// Two axes may have values of the same names.
std::string category(const Cells& cells, const Duel& duel, bool with_axis) {
    const std::string pair = pair_text(cells, duel);
    return with_axis ? fmt::format("{}: {}", words(cells.axes[duel.axis].name), pair) : pair;
}

std::string note_on(const Duel& duel) {
    const std::size_t replicates = std::min(duel.overall.first_size, duel.overall.second_size);
    return fmt::format("{} common cell{}, {} replicate{}; better in {}, not told apart in {}, "
                       "worse in {}; adjusted p = {}",
                       count_text(duel.cells.size()), duel.cells.size() == 1 ? "" : "s", replicates,
                       replicates == 1 ? "" : "s", count_text(duel.wins), count_text(duel.ties),
                       count_text(duel.losses), number_text(duel.adjusted_p, 2));
}

std::vector<const Duel*> comparisons(const std::vector<Duel>& duels) {
    std::vector<const Duel*> distinct;
    for (const Duel& duel : duels)
        if (distinct.empty() || !same_pair(*distinct.back(), duel)) distinct.push_back(&duel);
    return distinct;
}

/// A duel of every metric.
std::vector<const Duel*> metrics_of(const std::vector<Duel>& duels) {
    std::vector<const Duel*> metrics;
    for (const Duel& duel : duels)
        if (std::ranges::none_of(metrics,
                                 [&](const Duel* other) { return other->metric == duel.metric; }))
            metrics.push_back(&duel);
    return metrics;
}

std::string direction(const Duel& duel) {
    return fmt::format("of {} {} is better", words(duel.metric),
                       duel.better == Better::lower ? "less" : "more");
}

} // namespace

Chart duel_chart(const Cells& cells, const std::vector<Duel>& duels) {
    Chart chart;
    chart.id = "comparisons";
    chart.title = "What changes when one value takes the place of another";
    if (duels.empty()) {
        chart.left_out = "No two cells that are done differ in one of store, formulation, "
                         "interaction, similarity, separation or precision alone.";
        return chart;
    }
    const std::vector<const Duel*> metrics = metrics_of(duels);
    const std::vector<const Duel*> pairs = comparisons(duels);
    const bool several_axes = duelled_axes(duels).size() > 1;
    std::vector<std::string> directions;
    directions.reserve(metrics.size());
    for (const Duel* metric : metrics)
        directions.push_back(direction(*metric));
    chart.caption = fmt::format(
        "Mean difference over all cells that both values have done, the second less the first, "
        "with "
        "its 95 % interval over replicates: {}. An interval that crosses the line at 0 shows no "
        "difference.",
        fmt::join(directions, ", "));
    if (cells.replicates < 2) chart.caption += " One replicate gives no interval.";
    chart.alt = fmt::format("Forest plot of {} comparisons.", pairs.size());
    chart.x = {"difference", "difference, second less first", {Scale::linear}, {}, {}, {}};
    chart.y = {"comparison", "", {Scale::linear}, {}, {}, {}};
    for (const Duel* pair : pairs)
        chart.y.categories.push_back(category(cells, *pair, several_axes));
    if (metrics.size() > 1) {
        ChartFacet facet{"metric", "metric", {}, 0};
        for (const Duel* duel : metrics)
            facet.values.push_back(words(duel->metric));
        chart.facets.push_back(std::move(facet));
        chart.panel = 0;
    }
    chart.intervals_along_x = true;
    chart.rules.push_back({true, 0.0, "no difference"});
    for (std::size_t m = 0; m < metrics.size(); ++m) {
        ChartSeries series;
        if (!chart.facets.empty()) series.facets.push_back(static_cast<std::uint32_t>(m));
        series.kind = "difference";
        series.mark = Mark::points;
        std::size_t at = 0;
        for (const Duel& duel : duels) {
            while (!same_pair(*pairs[at], duel))
                ++at;
            if (duel.metric != metrics[m]->metric) continue;
            series.points.push_back({duel.overall.difference.mean, static_cast<double>(at),
                                     duel.overall.difference.low, duel.overall.difference.high,
                                     Sign::filled, note_on(duel)});
        }
        chart.series.push_back(std::move(series));
    }
    return chart;
}

} // namespace basin
