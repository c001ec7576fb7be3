#include "models/continuous/cluster_table.hpp"

#include <algorithm>
#include <numeric>

namespace basin {

namespace {

std::vector<ClusterRow> rows_of(const RealEnds& ends, std::span<const RealPath> paths) {
    std::vector<ClusterRow> rows(ends.clusters.firsts.size());
    for (std::size_t c = 0; c < rows.size(); ++c) {
        const RealPath& first = paths[ends.clusters.firsts[c]];
        rows[c].nearest = ends.nearest[c];
        rows[c].is_undecided = first.stop == Stop::undecided;
        rows[c].sizes = first.sizes;
    }
    for (std::size_t p = 0; p < paths.size(); ++p) {
        ClusterRow& row = rows[ends.clusters.cluster_of[p]];
        ++row.probes;
        ++row.kinds[static_cast<std::size_t>(ends.kinds[p])];
    }
    for (ClusterRow& row : rows)
        row.kind =
            static_cast<RealAttractor>(std::ranges::max_element(row.kinds) - row.kinds.begin());
    return rows;
}

/// [cluster] the first probe that ends there.
std::vector<std::size_t> first_probes(const StateClusters& clusters) {
    std::vector<std::size_t> first(clusters.firsts.size(), clusters.cluster_of.size());
    for (std::size_t p = clusters.cluster_of.size(); p-- > 0;)
        first[clusters.cluster_of[p]] = p;
    return first;
}

} // namespace

std::vector<ClusterRow> cluster_table(const RealScene& scene, const Setting& setting,
                                      std::span<const RealPath> paths) {
    const RealEnds ends = ends_of(scene, setting, paths);
    const std::vector<ClusterRow> rows = rows_of(ends, paths);
    const std::vector<std::size_t> first = first_probes(ends.clusters);
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        if (rows[a].probes != rows[b].probes) return rows[a].probes > rows[b].probes;
        if (rows[a].nearest.memory != rows[b].nearest.memory)
            return rows[a].nearest.memory < rows[b].nearest.memory;
        return first[a] < first[b];
    });
    std::vector<ClusterRow> sorted;
    sorted.reserve(rows.size());
    for (const std::size_t c : order)
        sorted.push_back(rows[c]);
    return sorted;
}

} // namespace basin
