#pragma once

#include "results/store/store.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

namespace basin {

/// A number of a point that is one thing in a journal and another elsewhere.
struct ValueDifference {
    RecordPlace place;    ///< of the journal's record
    std::string variable; ///< "status", "overflow_flags" or a metric
    double journal = 0.0;
    double other = 0.0;
};

/// Equal in bits, or both NaN: which NaN it is says nothing.
inline bool same_number(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
           (std::isnan(a) && std::isnan(b));
}

} // namespace basin
