#pragma once
// The words and numbers that people read.

#include "results/cube/result_cube.hpp"

#include <string>
#include <string_view>

namespace basin {

/// A parameter's or metric's name for people: "pattern count K", "β", "recall error".
std::string words(std::string_view name);

/// An axis's or metric's title with its unit, if it has one: "elapsed (s)".
std::string title_with_unit(std::string_view name, std::string_view unit);

/// A value of an axis for people: numbers with at most three significant digits unless they are
/// integers, names with blanks.
std::string value_text(const CubeAxis& axis, std::size_t index);

/// The d3 number format that writes an axis's values as value_text does: integers whole, others
/// with three significant digits.
std::string number_format(const CubeAxis& axis);

/// At most `digits` significant digits, "–" for NaN.
std::string number_text(double value, int digits = 3);

/// An integer with thousands set apart: 12,345.
std::string count_text(std::size_t count);

/// "1 replicate", "12,345 replicates".
std::string replicates_text(std::size_t replicates);

/// `value` rounded to `digits` significant digits; NaN and infinities pass through.
double rounded(double value, int digits);

} // namespace basin
