#pragma once
// The small parts of a config: values, names and conditions.

#include "sweeps/config/config.hpp"
#include "sweeps/config/config_tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

using Diagnostics = std::vector<Diagnostic>;

/// An axis: a value, a text of the axis grammar, or a list of such. Nothing if any of it is wrong,
/// which is then reported.
std::vector<Value> read_values(const Parameter& parameter, const ConfigNode& node,
                               Diagnostics& diagnostics);

/// The node as TOML on one line; a text without its quotation marks.
std::string text_of(const ConfigNode& node);

/// `; did you mean "beta"?`, or "; known: a, b" where nothing is near.
std::string hint(std::string_view word, const std::vector<std::string_view>& known);

std::vector<std::string_view> parameter_names();

/// Index of the parameter, or nothing, which is then reported.
std::optional<std::size_t> read_parameter(std::string_view name, const Place& place,
                                          Diagnostics& diagnostics);

/// The same for a node that must hold the name.
std::optional<std::size_t> read_parameter(const ConfigNode& node, Diagnostics& diagnostics);

/// The conditions of a table (config.hpp); `what` is how messages call it. Incomplete if a problem
/// was reported.
Conditions read_conditions(const ConfigNode& node, std::string_view what, Diagnostics& diagnostics);

} // namespace basin
