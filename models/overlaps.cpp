#include "models/overlaps.hpp"

#include "models/masked.hpp"
#include "models/match_counts.hpp"

#include <algorithm>

namespace basin {

Overlaps::Overlaps(const Scene& scene)
    : scene_(&scene), path_(simd_path()), matches_(64 * scene.columns.stride()),
      bins_(scene.dimension() + 1) {}

void Overlaps::move_to(BitRow state) {
    state_.assign(state.begin(), state.end());
    late_.clear();
    basin::count_matches(path_, scene_->memories, state_, matches_);
    lowest_ = 0;
    highest_ = dimension();
    counted_ = false;
}

void Overlaps::flip(std::span<const std::uint32_t> units) {
    for (const std::uint32_t unit : units) {
        late_.push_back({unit, bit_at(state_, unit)});
        flip_bit(state_, unit);
    }
    counted_ = false;
}

/// Makes up for flips that the match counts do not know of.
void Overlaps::catch_up() const {
    for (const Flip& flip : late_)
        masked_step(path_, matches_, scene_->columns.row(flip.unit), flip.was_set ? 0 : ~Word{0});
    const auto flips = static_cast<std::uint32_t>(late_.size());
    lowest_ -= std::min(lowest_, flips);
    highest_ = std::min(highest_ + flips, dimension());
    late_.clear();
}

/// Fills the histogram. Equal counts mostly follow each other: four bins keep the increments from
/// waiting in line.
void Overlaps::count_matches() const {
    if (!late_.empty()) catch_up();
    counted_ = true;
    histogram_.clear();
    std::fill(bins_.begin() + lowest_, bins_.begin() + highest_ + 1, Bins{});
    const std::uint32_t* m = matches_.data();
    Bins* const bins = bins_.data();
    const std::size_t count = pattern_count();
    std::size_t mu = 0;
    for (; mu + 4 <= count; mu += 4)
        for (std::size_t j = 0; j < 4; ++j)
            ++bins[m[mu + j]][j];
    for (; mu < count; ++mu)
        ++bins[m[mu]][0];
    for (std::uint32_t k = lowest_; k <= highest_; ++k) {
        const Bins& bin = bins_[k];
        const std::uint32_t memories = (bin[0] + bin[1]) + (bin[2] + bin[3]);
        if (memories > 0) histogram_.push_back({k, memories});
    }
}

void Overlaps::count_steps(std::uint32_t unit, StepCounts& counts) const {
    for (const std::uint32_t k : counts.present)
        counts.aligned[k] = counts.opposed[k] = 0;
    counts.present.clear();
    counts.aligned.resize(dimension() + 2, 0);
    counts.opposed.resize(dimension() + 2, 0);
    for (const MatchCount& entry : histogram()) {
        if (counts.present.empty() || counts.present.back() != entry.matches)
            counts.present.push_back(entry.matches);
        counts.present.push_back(entry.matches + 1);
    }
    const auto matches = this->matches();
    for (std::size_t mu = 0; mu < matches.size(); ++mu) {
        const Word aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        ++(aligned ? counts.aligned[matches[mu]] : counts.opposed[matches[mu] + 1]);
    }
}

} // namespace basin
