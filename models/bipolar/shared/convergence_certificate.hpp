#pragma once
// What number formats' tables decide, and raise, all the way to the memory that the exact network
// approaches.

#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/exact/step_bounds.hpp"
#include "models/bipolar/shared/equivalence_classes.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace basin {

/// The flags that decisions on the approach may raise, if in the tables of all members every unit
/// goes where the memory wants, by a finite value other than 0. Nothing if that is not certain.
/// `exact`: the exact network's balance, which is certain. `absorb_flip` is never among the flags:
/// without what the memory outweighs the sign stays.
std::optional<Flags> foresee(const Bundle& bundle, const Balance& exact, const Approach& approach);

/// Those of `flags` of which some memories of a state do not show that every decision raises them:
/// of a flag, one memory shows it that raises it whatever the unit. `approached`: matches of the
/// memory on whose approach the state is; `matches`: those of any memories of it.
unsigned not_raised(unsigned flags, const Contender& contender, std::uint32_t approached,
                    std::span<const std::uint32_t> matches);

/// The same, by all memories.
unsigned not_raised(unsigned flags, const Contender& contender, std::uint32_t approached,
                    std::span<const MatchCount> histogram);

/// Whether of all flags so many memories at least show it.
bool all_raised_often(unsigned flags, const Contender& contender, std::uint32_t approached,
                      std::span<const MatchCount> histogram, std::size_t times);

} // namespace basin
