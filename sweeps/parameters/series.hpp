#pragma once
// The named series of the axis grammar: lin, log, range, pow2.
//
// They are computed in 50 decimal digits from the arguments' text and rounded once, so that
// range(0, 0.3, 0.1) ends in the number that 0.3 is, log(0.01, 100, 5) in the one that 100 is, and
// a sweep has the same points on every machine.

#include "sweeps/parameters/parameters.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// No axis may have more values than this.
inline constexpr std::size_t largest_axis = 10'000'000;

/// The values of `name`(`arguments`) for a parameter of kind real, or of kind integer: there lin
/// and log round to the nearest integer, range and pow2 must meet integers.
/// Throws std::invalid_argument with the reason and the remedy: unknown name, wrong number of
/// arguments, no number, out of the series' domain, too many values.
std::vector<Value> make_series(std::string_view name, const std::vector<std::string>& arguments,
                               Kind kind);

} // namespace basin
