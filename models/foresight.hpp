#pragma once
// What a number format's table decides, and raises, all the way to the memory it approaches.

#include "models/decision_table.hpp"
#include "models/dominance.hpp"
#include "models/standing.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace basin {

/// The flags that decisions on the approach may raise, if every unit goes where the memory wants,
/// by a finite value other than 0. Nothing if that is not certain. `absorb_flip` is never among
/// them: without what the memory outweighs the sign stays.
std::optional<Flags> foresee(const DecisionTable& table, const Closeness& close,
                             const Approach& approach);

/// Whether every decision of one state raises all of `flags`, which the state shows by some of its
/// memories: of a flag, one memory that raises it whatever the unit. `approached`: matches of the
/// memory on whose approach the state is; `matches`: those of any memories of it.
bool raises_all(Flags flags, const DecisionTable& table, const Closeness& close,
                std::uint32_t approached, std::span<const std::uint32_t> matches);

} // namespace basin
