#pragma once
// What a final state is among the memories.

#include "models/base/bits.hpp"
#include "models/bipolar/overlaps.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// What an attractor is (decision procedure of classify()).
enum class Attractor : std::uint8_t {
    memory,      ///< a stored memory
    inverted,    ///< the negative of one
    near_memory, ///< overlap with a memory >= 0.9 (within 5 % of the units)
    mixture_3,   ///< within 5 % of the sign of the sum of the 3 nearest memories
    mixture_5,
    mixture_7,
    spurious,    ///< any other fixed point
    cycle,       ///< not a fixed point: a cycle
    unconverged, ///< not a fixed point: stopped by the limit or undecided
};

inline constexpr std::size_t attractor_count = 9;

/// A state and its distances to all memories, computed when first asked for and then kept. One
/// object serves many states one after another without allocating.
class Surroundings {
public:
    /// `memories`: [K >= 1, N]; must outlive the object.
    explicit Surroundings(const BitMatrix& memories) : memories_(&memories) {}

    /// Turns to another state, [words_for(N)]; it must outlive its use here.
    void move_to(BitRow state);

    /// Hamming distance to the nearest memory.
    std::uint32_t nearest_distance();

    /// The match counts that occur, ascending.
    std::vector<MatchCount> match_counts();

    /// What the state is if it is a fixed point; see classify() in
    /// models/bipolar/evaluation/evaluation.hpp.
    Attractor attractor();

private:
    void look();
    std::size_t mixture_size() const;

    const BitMatrix* memories_;
    BitRow state_;
    std::vector<std::uint32_t> distances_; // to each memory; empty: not looked yet
    std::uint32_t smallest_ = 0;
    std::uint32_t largest_ = 0;
    std::optional<Attractor> attractor_;
};

} // namespace basin
