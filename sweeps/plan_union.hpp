#pragma once
// Two sweeps of one name and seed made one.

#include "sweeps/plan.hpp"

#include <vector>

namespace basin {

/// Keys of the first replicates of a plan's points, sorted: one for each combination.
std::vector<Key> combination_keys(const Plan& plan);

/// Whether `wide` shows every point of `narrow`: it has the combinations and replicates, and no
/// stopping rule of its own that could leave some of them out.
bool covers(const Plan& wide, const Plan& narrow);

/// A config with the blocks of both, as text of its own. Blocks that differ in one axis alone
/// become one block; replicates are the larger number. Throws ConfigError if they have different
/// rules of replicates or a different [capacity], or if their cube would be too large.
Plan united(const Plan& earlier, const Plan& asked);

} // namespace basin
