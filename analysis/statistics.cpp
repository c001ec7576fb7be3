#include "analysis/statistics.hpp"

#include <cstddef>
#include <vector>

namespace basin {

MeanInterval paired_difference(std::span<const double> first, std::span<const double> second) {
    std::vector<double> differences(first.size());
    for (std::size_t i = 0; i < differences.size(); ++i)
        differences[i] = second[i] - first[i];
    return mean_interval(differences);
}

bool excludes_zero(const MeanInterval& interval) {
    return interval.low > 0.0 || interval.high < 0.0;
}

} // namespace basin
