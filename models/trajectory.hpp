#pragma once
// The path of one probe: from its cue to where it stops.

#include "models/bits.hpp"
#include "models/outcome.hpp"
#include "models/scene.hpp"
#include "models/setting.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// Why a probe stopped.
enum class Stop : std::uint8_t {
    fixed_point, ///< every unit was asked and none moved (ties count as the tie rule says)
    undecided,   ///< nothing moved any more, but some decision was NaN: not a fixed point
    cycle2,      ///< synchronous: x(t+1) = x(t-1)
    cycle,       ///< synchronous: a state came back after more than 2 steps
    max_sweeps,  ///< the limit was reached (always the case for one_shot unless it moved nothing)
};

/// Unit decisions along a path, counted.
struct DecisionCounts {
    std::uint64_t decisions = 0;
    std::uint64_t flips = 0;
    std::uint64_t ties = 0; ///< exactly zero after rounding, NaN excluded
    std::uint64_t nans = 0;
    std::uint64_t overflows = 0; ///< touched by any of flag::any_overflow
    std::uint64_t all_zeros = 0; ///< every term was zero
    Flags flags = 0;
    bool operator==(const DecisionCounts&) const = default;
};

struct Trajectory {
    std::vector<Word> state; ///< final state, [words_for(dimension)]
    Stop stop = Stop::max_sweeps;
    std::uint32_t sweeps = 0; ///< sweeps (or synchronous steps) made, the quiet last one included
    std::uint32_t period = 0; ///< of a cycle; 0 otherwise
    DecisionCounts counts;
    bool operator==(const Trajectory&) const = default;
};

/// The order in which sweep `sweep` of probe `probe` asks the units. Shared by all settings, so
/// that comparisons are paired, and by the oracle.
///   async_permutation: a permutation;  async_random: N draws with replacement;  others: 0 … N-1
std::vector<std::uint32_t> update_order(Choice<Updates> update, const Key& scene_key,
                                        std::uint32_t probe, std::uint32_t sweep,
                                        std::uint32_t dimension);

/// The coin of tie rule `random` for the `decision`-th decision of `sweep`: true means +1.
bool tie_coin(const Key& scene_key, std::uint32_t probe, std::uint32_t sweep,
              std::uint32_t decision);

} // namespace basin
