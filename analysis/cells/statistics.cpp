#include "analysis/cells/statistics.hpp"

#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
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

std::string interval_text(const MeanInterval& interval) {
    constexpr double rounding = 1e-12;
    if (interval.high - interval.low <= rounding * std::abs(interval.mean))
        return "the same in every replicate";
    const auto [low, high] = std::minmax({std::abs(interval.low), std::abs(interval.high)});
    return fmt::format("95 % interval {} to {}", number_text(low), number_text(high));
}

bool excludes_zero(const MeanInterval& interval) {
    return interval.low > 0.0 || interval.high < 0.0;
}

} // namespace basin
