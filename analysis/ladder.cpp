#include "analysis/crossing.hpp"

#include <algorithm>
#include <stdexcept>

namespace basin {

std::vector<std::uint64_t> ladder(const CrossingRule& rule) {
    if (rule.least == 0 || rule.most < rule.least)
        throw std::invalid_argument("a ladder needs 1 <= K_min <= K_max");
    const std::uint64_t top = rule.limit == 0 ? rule.most : std::min(rule.most, rule.limit);
    return pattern_ladder(rule.least, top, rule.ladder_ratio);
}

} // namespace basin
