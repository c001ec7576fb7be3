#include "models/overlaps.hpp"

#include <algorithm>

namespace basin {

Overlaps::Overlaps(const Scene& scene)
    : scene_(&scene), matches_(scene.pattern_count()), bins_(scene.dimension() + 1) {}

void Overlaps::move_to(BitRow state) {
    state_.assign(state.begin(), state.end());
    for (std::uint32_t mu = 0; mu < pattern_count(); ++mu)
        matches_[mu] = dimension() - distance(scene_->memories.row(mu), state);
    count_matches();
}

void Overlaps::flip(std::uint32_t unit) {
    move_matches(unit);
    count_matches();
}

void Overlaps::flip(std::span<const std::uint32_t> units) {
    for (const std::uint32_t unit : units)
        move_matches(unit);
    count_matches();
}

void Overlaps::move_matches(std::uint32_t unit) {
    for (std::size_t word = 0; word < scene_->columns.stride(); ++word) {
        const Word bits = aligned_word(unit, word);
        const std::size_t first = 64 * word;
        const std::size_t count = std::min<std::size_t>(64, matches_.size() - first);
        for (std::size_t j = 0; j < count; ++j)
            matches_[first + j] += 1U - 2U * static_cast<std::uint32_t>((bits >> j) & 1U);
    }
    flip_bit(state_, unit);
}

void Overlaps::count_matches() {
    // Bins are cleared through the old histogram: N may be far larger than K.
    for (const MatchCount& entry : histogram_)
        bins_[entry.matches] = 0;
    histogram_.clear();
    std::uint32_t low = dimension();
    std::uint32_t high = 0;
    for (const std::uint32_t m : matches_) {
        ++bins_[m];
        low = std::min(low, m);
        high = std::max(high, m);
    }
    for (std::uint32_t m = low; m <= high; ++m)
        if (bins_[m] > 0) histogram_.push_back({m, bins_[m]});
}

void Overlaps::count_steps(std::uint32_t unit, StepCounts& counts) const {
    for (const std::uint32_t k : counts.present)
        counts.aligned[k] = counts.opposed[k] = 0;
    counts.present.clear();
    counts.aligned.resize(dimension() + 2, 0);
    counts.opposed.resize(dimension() + 2, 0);
    for (const MatchCount& entry : histogram_) {
        if (counts.present.empty() || counts.present.back() != entry.matches)
            counts.present.push_back(entry.matches);
        counts.present.push_back(entry.matches + 1);
    }
    for (std::size_t mu = 0; mu < matches_.size(); ++mu) {
        const Word aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        ++(aligned ? counts.aligned[matches_[mu]] : counts.opposed[matches_[mu] + 1]);
    }
}

} // namespace basin
