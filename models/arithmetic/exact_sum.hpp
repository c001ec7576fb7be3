#pragma once

#include "models/arithmetic/precisions.hpp"

#include <cstdint>
#include <span>

namespace basin {

/// A term that occurs `count` times in a sum. `value` is finite.
struct CountedTerm {
    double value;
    std::uint32_t count;
};

/// The exact sum of count * value, rounded once to the format (infinite if it leaves it).
double exact_sum(std::span<const CountedTerm> terms, const Format& format);

} // namespace basin
