#include "analysis/capacity/crossing.hpp"

#include <stdexcept>

namespace basin {

std::vector<std::uint64_t> ladder(const CrossingRule& rule) {
    if (rule.least == 0 || rule.most < rule.least)
        throw std::invalid_argument("a ladder needs 1 <= K_min <= K_max");
    std::vector<std::uint64_t> steps = pattern_ladder(rule.least, rule.most, rule.ladder_ratio);
    if (rule.limit != 0) std::erase_if(steps, [&](std::uint64_t k) { return k > rule.limit; });
    return steps;
}

} // namespace basin
