#pragma once
// Every parameter of a sweep, once. TOML keys, --set, validation, help, HDF5 coordinates and the
// canonical text of points follow from this list. To add a parameter: one row in parameters.cpp and
// its use in binding.cpp.

#include "sweeps/parameters/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Whom a parameter affects. pattern and cue make the scene (data coordinates); model and recall
/// make the setting (model coordinates).
enum class Role : std::uint8_t { pattern, cue, model, recall };

/// A range is a text such as "0 to 255" (range_text.hpp), or "" for none.
enum class Kind : std::uint8_t { integer, real, choice, text, range };

struct Parameter {
    std::string_view name;
    std::string_view section; ///< TOML table: patterns, cue, model, recall
    std::string_view key;     ///< within that table; the name may be written there too
    Role role;
    Kind kind;
    std::string_view unit; ///< "1" if dimensionless
    std::string_view help;
    Value fallback; ///< used when the config does not say
    std::optional<double> minimum;
    std::optional<double> maximum;
    bool minimum_excluded = false; ///< the minimum itself is not allowed
    bool keys_draws = true;        ///< random draws depend on its value, if they do on its role
    std::vector<std::string_view> choices;      ///< of kind choice, in catalog order
    std::vector<std::string_view> choice_helps; ///< beside choices
};

/// All parameters in canonical order: the order of HDF5 dimensions.
std::span<const Parameter> parameters();

std::string parameter_name(std::size_t parameter);

/// Index of a parameter in parameters(), or nothing.
std::optional<std::size_t> parameter_index(std::string_view name);

/// Index of the parameter that a key in a TOML table means, or nothing.
std::optional<std::size_t> parameter_index(std::string_view section, std::string_view key);

/// One value for every parameter, indexed as parameters().
using Coordinates = std::vector<Value>;

/// The fallback of every parameter.
Coordinates default_coordinates();

} // namespace basin
