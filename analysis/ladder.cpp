#include "analysis/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace basin {

double ladder_ratio_for(double relative_width) {
    return 1.0 + 0.5 * relative_width;
}

std::vector<std::uint64_t> ladder(const CrossingRule& rule) {
    if (rule.least == 0 || rule.most < rule.least)
        throw std::invalid_argument("a ladder needs 1 <= K_min <= K_max");
    if (!(rule.ladder_ratio > 1.0)) throw std::invalid_argument("a ladder's ratio is above 1");
    const std::uint64_t top = rule.limit == 0 ? rule.most : std::min(rule.most, rule.limit);
    std::vector<std::uint64_t> steps;
    // Multiplied one by one: a power of the library would not be the same bits everywhere.
    auto exact = static_cast<double>(rule.least);
    while (exact < static_cast<double>(top) + 0.5) {
        const auto rounded = static_cast<std::uint64_t>(std::floor(exact + 0.5));
        if (rounded <= top && (steps.empty() || rounded > steps.back())) steps.push_back(rounded);
        exact *= rule.ladder_ratio;
    }
    return steps;
}

} // namespace basin
