#pragma once

#include <limits>

namespace basin::tests {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace basin::tests
