#include "models/overlaps.hpp"

#include "models/masked.hpp"

#include <algorithm>

namespace basin {

Overlaps::Overlaps(const Scene& scene)
    : scene_(&scene), path_(simd_path()), matches_(64 * scene.columns.stride()),
      bins_(scene.dimension() + 1) {}

void Overlaps::move_to(BitRow state) {
    state_.assign(state.begin(), state.end());
    for (std::uint32_t mu = 0; mu < pattern_count(); ++mu)
        matches_[mu] = dimension() - distance(scene_->memories.row(mu), state);
    count_matches();
}

void Overlaps::flip(std::span<const std::uint32_t> units) {
    for (const std::uint32_t unit : units)
        move_matches(unit);
    count_matches();
}

void Overlaps::move_matches(std::uint32_t unit) {
    const auto [words, invert] = aligned(unit);
    masked_step(path_, matches_, words, invert);
    flip_bit(state_, unit);
}

void Overlaps::count_matches() {
    histogram_.clear();
    if (pattern_count() == 0) return;
    std::uint32_t lowest = dimension();
    std::uint32_t highest = 0;
    for (const std::uint32_t m : matches()) {
        lowest = std::min(lowest, m);
        highest = std::max(highest, m);
    }
    std::fill(bins_.begin() + lowest, bins_.begin() + highest + 1, std::array<std::uint32_t, 4>{});
    // Equal counts mostly follow each other: four bins keep the increments from waiting in line.
    for (std::size_t mu = 0; mu < pattern_count(); ++mu)
        ++bins_[matches_[mu]][mu % 4];
    for (std::uint32_t m = lowest; m <= highest; ++m) {
        const auto& bin = bins_[m];
        const std::uint32_t memories = (bin[0] + bin[1]) + (bin[2] + bin[3]);
        if (memories > 0) histogram_.push_back({m, memories});
    }
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
    for (std::size_t mu = 0; mu < pattern_count(); ++mu) {
        const Word aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        ++(aligned ? counts.aligned[matches_[mu]] : counts.opposed[matches_[mu] + 1]);
    }
}

} // namespace basin
