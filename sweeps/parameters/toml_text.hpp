#pragma once
// Values as TOML that the config reader takes for the same values.

#include "sweeps/parameters/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// A basic string of TOML.
std::string toml_string(std::string_view text);

/// TOML's integers have a sign: a seed that needs all 64 bits is a text.
std::string toml_seed(std::uint64_t seed);

std::string toml_text(const Value& value);
std::string toml_text(const std::vector<Value>& values); ///< a list

} // namespace basin
