#pragma once
// Two sweeps of one name and seed made one.

#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace basin {

/// Key of the curve that a cell is a point of: of all its values but pattern_count.
Key curve_key(const Plan& plan, std::uint64_t cell);

/// Keys of the first replicates of a plan's points, sorted: one for each combination.
std::vector<Key>
combination_keys(const Plan& plan,
                 const std::function<Key(const Plan&, std::uint64_t cell)>& key = &Plan::point_key);

/// Whether `wide` shows every point of `narrow`: it has the combinations and replicates, and no
/// stopping rule of its own that could leave some of them out; and a search's rule, if `narrow` is
/// one, for the results say what was looked for.
bool covers(const Plan& wide, const Plan& narrow);

/// A config with the blocks of both, as text of its own. Blocks that differ in one axis alone
/// become one block; replicates are the larger number. Throws ConfigError if they have different
/// rules of replicates or a different [capacity], or if their cube would be too large.
Plan united(const Plan& earlier, const Plan& asked);

} // namespace basin
