#pragma once
// The path of one probe: from its cue to where it stops.
//
// Sweeps count from 0, and so do the decisions of a sweep: the position in update_order, or the
// unit's index in a synchronous step. max_sweeps sweeps are made at most; one_shot makes one.
//   async_permutation, async_sequential  a unit takes its value at once. A sweep without a flip is
//               the last one.
//   async_random  after a sweep without a flip all N units are asked in index order, and none is
//               moved: decisions N ... 2 N - 1 of that sweep, counted like any other. If none would
//               move, that sweep is the last one.
//   sync        all units are decided from one state. A step that moves nothing is the last one; so
//               is (but for tie rule `random`) one that leads to a state visited before, the cue
//               included: a cycle, even where the limit is reached with the same step.
// A quiet end is `undecided` if one of its own decisions was NaN (of the last sweep or step; of the
// N decisions in index order for async_random).

#include "models/base/bits.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"

#include <array>
#include <cstddef>
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

inline constexpr std::size_t stop_count = 5;

/// Unit decisions along a path, counted. The last two compare each decision with what exact
/// arithmetic decides in the same state: a decision that is neither, nor NaN, agrees.
struct DecisionCounts {
    std::uint64_t decisions = 0;
    std::uint64_t flips = 0;
    std::uint64_t ties = 0; ///< exactly zero after rounding, NaN excluded
    std::uint64_t nans = 0;
    std::uint64_t overflows = 0;                           ///< touched by any of flag::any_overflow
    std::array<std::uint64_t, all_flags.size()> flagged{}; ///< by flag, in the order of all_flags
    std::uint64_t numerical_flips = 0; ///< d is not 0, and its sign not that of the exact d
    std::uint64_t numerical_ties = 0;  ///< d is 0, the exact d is not
    /// Updates (flips; synchronous: steps) after which the exact energy is larger.
    std::uint64_t energy_rises = 0;
    Flags flags = 0; ///< OR of all decisions' flags
    bool operator==(const DecisionCounts&) const = default;
    DecisionCounts& operator+=(const DecisionCounts& other);

    /// Adds that `times` decisions all raised `raised`.
    void raise(unsigned raised, std::uint64_t times);
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

/// The orders of one probe, each made once, for those who walk from its cue one after the other.
class UpdateOrders {
public:
    /// To another probe.
    void move_to(const Key& scene_key, std::uint32_t probe, std::uint32_t dimension);

    std::vector<std::uint32_t> of(Choice<Updates> update, std::uint32_t sweep);

private:
    /// Sweeps beyond these are not kept: few probes take more.
    static constexpr std::uint32_t most_kept = 8;

    Key scene_key_;
    std::uint32_t probe_ = 0;
    std::uint32_t dimension_ = 0;
    Choice<Updates> update_;                       ///< of those kept
    std::vector<std::vector<std::uint32_t>> kept_; ///< [sweep]; empty if not made yet
};

/// The coin of tie rule `random` for the `decision`-th decision of `sweep`: true means +1.
bool tie_coin(const Key& scene_key, std::uint32_t probe, std::uint32_t sweep,
              std::uint32_t decision);

} // namespace basin
