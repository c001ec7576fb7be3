#include "analysis/cells/statistics.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace basin {

MeanInterval paired_difference(std::span<const double> first, std::span<const double> second) {
    std::vector<double> differences;
    differences.reserve(first.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        if (const double difference = second[i] - first[i]; !std::isnan(difference))
            differences.push_back(difference);
    return mean_interval(differences);
}

bool excludes_zero(const MeanInterval& interval) {
    return interval.low > 0.0 || interval.high < 0.0;
}

} // namespace basin
