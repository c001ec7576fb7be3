#include "models/overlaps.hpp"

#include "models/masked.hpp"

#include <algorithm>
#include <bit>

namespace basin {

namespace {

/// matches[mu] of every memory. Rows of one or two words, the usual case, without an inner loop.
void match_all(const BitMatrix& memories, BitRow state, std::uint32_t* matches) {
    const auto units = static_cast<std::uint32_t>(memories.columns);
    const Word* row = memories.words.data();
    const Word* const end = row + memories.words.size();
    const auto differing = [](Word a, Word b) {
        return static_cast<std::uint32_t>(std::popcount(a ^ b));
    };
    if (memories.stride() == 1) {
        const Word only = state[0];
        for (; row != end; ++row)
            *matches++ = units - differing(row[0], only);
    } else if (memories.stride() == 2) {
        const Word first = state[0];
        const Word second = state[1];
        for (; row != end; row += 2)
            *matches++ = units - differing(row[0], first) - differing(row[1], second);
    } else {
        for (std::size_t mu = 0; mu < memories.rows; ++mu)
            *matches++ = units - distance(memories.row(mu), state);
    }
}

} // namespace

Overlaps::Overlaps(const Scene& scene)
    : scene_(&scene), path_(simd_path()), matches_(64 * scene.columns.stride()),
      bins_(scene.dimension() + 1) {}

void Overlaps::move_to(BitRow state) {
    state_.assign(state.begin(), state.end());
    match_all(scene_->memories, state_, matches_.data());
    lowest_ = 0;
    highest_ = dimension();
    counted_ = false;
}

void Overlaps::flip(std::span<const std::uint32_t> units) {
    for (const std::uint32_t unit : units)
        move_matches(unit);
    const auto flips = static_cast<std::uint32_t>(units.size());
    lowest_ -= std::min(lowest_, flips);
    highest_ = std::min(highest_ + flips, dimension());
    counted_ = false;
}

void Overlaps::move_matches(std::uint32_t unit) {
    const auto [words, invert] = aligned(unit);
    masked_step(path_, matches_, words, invert);
    flip_bit(state_, unit);
}

/// Fills the histogram. Equal counts mostly follow each other: four bins keep the increments from
/// waiting in line.
void Overlaps::count_matches() const {
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
    for (std::size_t mu = 0; mu < pattern_count(); ++mu) {
        const Word aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        ++(aligned ? counts.aligned[matches_[mu]] : counts.opposed[matches_[mu] + 1]);
    }
}

} // namespace basin
