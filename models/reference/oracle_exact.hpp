#pragma once
// Sums of F over real numbers: no format, nothing rounded, the sign is the true one.
// Specification: precision `exact` in models/bipolar/decision_table.hpp.

#include "models/scene/setting.hpp"

#include <map>
#include <memory>
#include <string_view>

namespace basin {

/// What a memory of overlap h in -N ... N says, as a real number: F(x(h)), for the gradient rule
/// F'(x(h)), for the classical network h. Computed when first asked for, and kept: not for several
/// threads.
struct OracleStrengths;

/// Keeps a reference to `setting`.
std::shared_ptr<OracleStrengths> oracle_strengths(const Setting& setting, int dimension);

bool is_zero(OracleStrengths& strengths, int h);
bool are_equal(OracleStrengths& strengths, int h, int other);

/// Sign (-1, 0 or +1) of the sum over h of times[h] times the strength at h.
/// Throws std::logic_error for an entry of a catalog that the oracle does not know, and
/// if 16384 bits do not tell a sum of exponentials from 0.
int sign_of_sum(OracleStrengths& strengths, const std::map<int, int>& times);

/// Refuses an entry of a catalog whose formula the oracle lacks: throws std::logic_error.
[[noreturn]] void unknown_to_oracle(std::string_view concept_name, std::string_view entry);

} // namespace basin
