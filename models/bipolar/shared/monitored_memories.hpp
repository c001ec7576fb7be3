#pragma once

#include "models/bipolar/loops/byte_loops.hpp"
#include "models/bipolar/overlaps.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace basin {

/// Some memories of a state, the one that weighs most among them, kept up to date flip by flip:
/// they mostly show what every decision raises.
class Sample {
public:
    /// leader: the memory that weighs most.
    void take(const Overlaps& overlaps, std::uint32_t leader);

    /// To be called before `overlaps` flips the unit.
    void flip(const Overlaps& overlaps, std::uint32_t unit);

    std::uint32_t leader() const { return leader_; }
    std::uint32_t leader_matches() const { return leader_matches_; }

    /// Match counts of those that were nearest to the state, but for the leader, when this was
    /// asked for first: few are like them. Nothing where others() are all.
    std::span<const std::uint32_t> near(const Overlaps& overlaps);

    /// Match counts of some that are like most.
    std::span<const std::uint32_t> others() const {
        return std::span(matches_).first(first_count_);
    }

private:
    static constexpr std::size_t most_near = 16;
    static constexpr std::size_t most_first = 64; ///< the first memories, one word of a column

    std::uint32_t leader_ = 0;
    std::uint32_t leader_matches_ = 0;
    std::array<std::uint32_t, most_first> matches_{};
    std::size_t first_count_ = 0;
    bool has_near_ = false; ///< near() was asked for
    std::size_t near_count_ = 0;
    std::array<std::uint32_t, most_near> near_{}; ///< memories
    std::array<std::uint32_t, most_near> near_matches_{};
    const ByteLoops* loops_ = &loops_of(simd_path());
};

} // namespace basin
