#pragma once
// The sum of one decision in a number format, and what the format does to it.
// Specification: models/bipolar/decision_table.hpp.

#include "models/reference/oracle_arithmetic.hpp"
#include "models/scene/outcome.hpp"

#include <vector>

namespace basin {

/// What is added up in one decision: the sum is that of `plus` less that of `minus`.
struct OracleAddends {
    std::vector<double> plus;  ///< the terms; F(x_on) of a difference of sums
    std::vector<double> minus; ///< F(x_off) of a difference of sums, else nothing
};

/// The sum of the addends, one rounding for each of the two sums and one for their difference.
/// Raises the flags that addends and sums raise.
double add_up(const OracleArithmetic& arithmetic, const OracleAddends& addends, Flags& flags);

} // namespace basin
