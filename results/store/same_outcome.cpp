#include "results/store/same_outcome.hpp"

#include "models/metrics/metrics.hpp"

#include <bit>

namespace basin {

bool same_outcome(const Inventory& inventory, std::uint32_t journal_a, const Outcome& a,
                  std::uint32_t journal_b, const Outcome& b) {
    if (a.status != b.status || a.flags != b.flags || a.message != b.message ||
        a.values.size() != b.values.size())
        return false;
    const MetricMap& of_a = inventory.metric_maps[journal_a];
    const MetricMap& of_b = inventory.metric_maps[journal_b];
    for (std::size_t m = 0; m < a.values.size(); ++m)
        if (of_a.has(m) && of_b.has(m) &&
            std::bit_cast<std::uint64_t>(a.values[m]) != std::bit_cast<std::uint64_t>(b.values[m]))
            return false;
    return true;
}

} // namespace basin
