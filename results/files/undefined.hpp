#pragma once

#include <limits>

namespace basin {

/// What a number is where its data do not define one.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

} // namespace basin
