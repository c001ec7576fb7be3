#pragma once
// The canonical text by which draws and points are identified: what differs from the defaults, by
// name. A parameter that is added later therefore leaves old identities as they are, provided its
// fallback means what was done before.

#include "sweeps/parameters/parameters.hpp"

#include <span>
#include <string>

namespace basin {

/// Indices in parameters(), sorted by name.
std::span<const std::size_t> parameters_by_name();

/// Canonical text of a value with `\` before every `;` and `\`, which separate.
std::string escaped_text(const Value& value);

/// "name=value;", or "" where the value is the parameter's fallback. The value is escaped, so
/// that no two sets of coordinates share a text.
std::string assignment(std::size_t parameter, const Value& value);

} // namespace basin
