#pragma once
// Axes: the values a parameter takes in a sweep, and their text grammar.
//
//   value      = number | name                       beta = 0.5      similarity = "dot"
//   list       = [value, ...]                        interaction_vertex = [2, 3, 5]
//   lin(a, b, n)      n >= 2 equally spaced values from a to b
//   log(a, b, n)      n >= 2 values, equal ratios, from a to b (both > 0); end points exact
//                     (lin and log round to the nearest integer for an integer parameter)
//   range(a, b, step) a, a + step, ... up to b inclusive, in exact decimal steps
//   pow2(a, b)        2^a, 2^(a+1), ... 2^b, integers a <= b
//   union      = term + term + ...                   "log(0.01, 100, 17) + [0.5] + 3"
// A text axis in TOML is a string; an item of a TOML list may be such a string too. Names may be
// quoted. Parameters of kind text or range have no grammar but the list: a path stands for itself.
// Values that occur twice are kept once, in first position.

#include "sweeps/parameters/diagnostics.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

struct Axis {
    std::size_t parameter = 0; ///< index in parameters()
    std::vector<Value> values; ///< at least one; distinct; of the parameter's kind and range
    std::string text;          ///< as the user wrote it
    Place place;
};

/// Parses the text grammar above into values of `parameter`'s kind and checks each against its
/// range and choices. Problems are appended to `diagnostics` at `place`; the result is then
/// incomplete.
std::vector<Value> parse_axis(const Parameter& parameter, std::string_view text, const Place& place,
                              std::vector<Diagnostic>& diagnostics);

/// Checks one value against the parameter's kind, range and choices and converts an integer to a
/// real where the parameter is real. Appends a diagnostic and returns false if it does not fit.
bool admit(const Parameter& parameter, Value& value, const Place& place,
           std::vector<Diagnostic>& diagnostics);

/// What the parameter takes, to follow "must be": "an integer from 1 to 10000".
std::string expectation(const Parameter& parameter);

/// Drops values that occurred before, keeping the order.
void keep_distinct(std::vector<Value>& values);

/// A value as a message shows it: texts quoted, reals recognisable as such ("2.0").
std::string shown(const Value& value);

} // namespace basin
