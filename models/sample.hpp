#pragma once

#include "models/byte_loops.hpp"
#include "models/overlaps.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace basin {

/// Some memories of a state, the one that weighs most among them, kept up to date flip by flip:
/// they mostly show what every decision raises.
class Sample {
public:
    /// leader: the memory that weighs most.
    void take(const Overlaps& overlaps, std::uint32_t leader) {
        leader_ = leader;
        leader_matches_ = overlaps.matches(leader);
        overlaps.visit_matches([&](auto matches) {
            size_ = std::min(matches_.size(), matches.size());
            std::ranges::copy(matches.first(size_), matches_.begin());
        });
    }

    /// To be called before `overlaps` flips the unit.
    void flip(const Overlaps& overlaps, std::uint32_t unit) {
        leader_matches_ += overlaps.agrees(leader_, unit) ? ~std::uint32_t{0} : 1U; // -1 or +1
        const auto [words, invert] = overlaps.aligned(unit);
        loops_->step_wide(matches_.data(), words.data(), 1, invert);
    }

    std::uint32_t leader() const { return leader_; }
    std::uint32_t leader_matches() const { return leader_matches_; }

    /// Of the first memories.
    std::span<const std::uint32_t> matches() const { return std::span(matches_).first(size_); }

private:
    std::uint32_t leader_ = 0;
    std::uint32_t leader_matches_ = 0;
    std::array<std::uint32_t, 64> matches_{};
    std::size_t size_ = 0;
    const ByteLoops* loops_ = &loops_of(simd_path());
};

} // namespace basin
