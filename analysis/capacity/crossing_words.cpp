#include "analysis/capacity/crossing_words.hpp"

#include <array>
#include <cmath>

namespace basin {

std::string_view name_of(CrossingState state) {
    constexpr std::array<std::string_view, 8> names{"found",        "wide",        "no_interval",
                                                    "below_range",  "above_range", "above_limit",
                                                    "not_monotone", "undecided"};
    return names.at(static_cast<std::size_t>(state));
}

std::string in_words(const Crossing& crossing) {
    const bool above = crossing.lower > 0.0;
    switch (crossing.state) {
    case CrossingState::found:
        return "found";
    case CrossingState::wide:
        return "wider than asked for";
    case CrossingState::no_interval:
        return "no interval: too few scenes";
    case CrossingState::below_range:
        return std::isinf(crossing.upper) ? "below the range, not significantly"
                                          : "below the range";
    case CrossingState::above_range:
        return above ? "above the range" : "above the range, not significantly";
    case CrossingState::above_limit:
        return above ? "memory limit" : "memory limit, not significantly";
    case CrossingState::not_monotone:
        return "the criterion holds again at a larger K";
    case CrossingState::undecided:
        break;
    }
    return "undecided";
}

} // namespace basin
