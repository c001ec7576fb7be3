#pragma once

#include <nlohmann/json.hpp>

#include <cmath>

namespace basin {

/// A real number as JSON, which has no infinities and no NaN: "Infinity", "-Infinity" (texts that
/// Python, JavaScript and NumPy read as such) and null.
inline nlohmann::json json_number(double number) {
    if (std::isnan(number)) return nullptr;
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    return number;
}

} // namespace basin
