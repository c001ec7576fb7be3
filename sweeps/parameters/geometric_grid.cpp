#include "sweeps/parameters/geometric_grid.hpp"

#include <cmath>
#include <stdexcept>

namespace basin {

double ladder_ratio_for(double relative_width) {
    return 1.0 + 0.5 * relative_width;
}

std::vector<std::uint64_t> pattern_ladder(std::uint64_t least, std::uint64_t most, double ratio) {
    if (least == 0) throw std::invalid_argument("a ladder starts at 1 or more");
    if (!(ratio > 1.0)) throw std::invalid_argument("a ladder's ratio is above 1");
    std::vector<std::uint64_t> steps;
    // Multiplied one by one: a power of the library would not be the same bits everywhere.
    auto exact = static_cast<double>(least);
    while (exact < static_cast<double>(most) + 0.5) {
        const auto rounded = static_cast<std::uint64_t>(std::floor(exact + 0.5));
        if (rounded <= most && (steps.empty() || rounded > steps.back())) steps.push_back(rounded);
        exact *= ratio;
    }
    if (!steps.empty() && steps.back() < most) steps.push_back(most);
    return steps;
}

} // namespace basin
