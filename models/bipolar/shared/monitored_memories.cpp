#include "models/bipolar/shared/monitored_memories.hpp"

#include <algorithm>

namespace basin {

namespace {

/// The match count from which on, but for the leader, there are at most so many memories.
std::uint32_t threshold(std::span<const MatchCount> histogram, std::uint32_t leader_matches,
                        std::size_t most) {
    std::size_t count = 0;
    for (auto entry = histogram.rbegin(); entry != histogram.rend(); ++entry) {
        count += entry->memories - (entry->matches == leader_matches ? 1U : 0U);
        if (count > most) return entry->matches + 1;
    }
    return 0;
}

/// Calls use(memory) for all with at least so many matches. Blocks without one are passed without
/// a branch for each memory.
template <class Count, class Use>
void for_those_from(std::span<Count> matches, std::uint32_t least, const Use& use) {
    constexpr std::size_t block = 64;
    for (std::size_t first = 0; first < matches.size(); first += block) {
        const auto here = matches.subspan(first, std::min(block, matches.size() - first));
        std::uint32_t highest = 0;
        for (const std::uint32_t m : here)
            highest = std::max(highest, m);
        if (highest < least) continue;
        for (std::size_t j = 0; j < here.size(); ++j)
            if (here[j] >= least) use(static_cast<std::uint32_t>(first + j));
    }
}

} // namespace

void Sample::take(const Overlaps& overlaps, std::uint32_t leader) {
    leader_ = leader;
    leader_matches_ = overlaps.matches(leader);
    overlaps.visit_matches([&](auto matches) {
        first_count_ = std::min(most_first, matches.size());
        std::ranges::copy(matches.first(first_count_), matches_.begin());
    });
    near_count_ = 0;
    has_near_ = overlaps.pattern_count() <= most_first;
}

std::span<const std::uint32_t> Sample::near(const Overlaps& overlaps) {
    if (!has_near_) {
        const std::uint32_t least = threshold(overlaps.histogram(), leader_matches_, most_near);
        overlaps.visit_matches([&](auto matches) {
            for_those_from(matches, least, [&](std::uint32_t memory) {
                if (memory == leader_ || near_count_ == most_near) return;
                near_matches_[near_count_] = matches[memory];
                near_[near_count_++] = memory;
            });
        });
        has_near_ = true;
    }
    return std::span(near_matches_).first(near_count_);
}

void Sample::flip(const Overlaps& overlaps, std::uint32_t unit) {
    const auto step = [&](std::uint32_t memory) { // -1 or +1
        return overlaps.agrees(memory, unit) ? ~std::uint32_t{0} : 1U;
    };
    leader_matches_ += step(leader_);
    for (std::size_t i = 0; i < near_count_; ++i)
        near_matches_[i] += step(near_[i]);
    const auto [words, invert] = overlaps.aligned(unit);
    loops_->step_wide(matches_.data(), words.data(), 1, invert);
}

} // namespace basin
