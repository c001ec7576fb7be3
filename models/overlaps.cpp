#include "models/overlaps.hpp"

#include "models/byte_loops.hpp"
#include "models/match_counts.hpp"

#include <algorithm>

namespace basin {

Overlaps::Overlaps(const Scene& scene) : scene_(&scene), path_(simd_path()) {
    const std::size_t padded = 64 * scene.columns.stride();
    if (is_narrow())
        narrow_.resize(padded);
    else
        wide_.resize(padded);
}

void Overlaps::count_set_bits() const {
    for (std::uint32_t unit = 0; unit < dimension(); ++unit)
        set_bits_.push_back(set_bits(scene_->columns.row(unit)));
}

void Overlaps::move_to(BitRow state) {
    state_.assign(state.begin(), state.end());
    late_.clear();
    if (is_narrow())
        basin::count_matches(path_, scene_->memories, state_, std::span(narrow_));
    else
        basin::count_matches(path_, scene_->memories, state_, std::span(wide_));
    lowest_ = 0;
    highest_ = dimension();
    counted_ = false;
}

void Overlaps::move_to(const Overlaps& other) {
    if (!other.late_.empty()) other.catch_up();
    state_ = other.state_;
    narrow_ = other.narrow_;
    wide_ = other.wide_;
    late_.clear();
    lowest_ = other.lowest_;
    highest_ = other.highest_;
    counted_ = other.counted_;
    histogram_ = other.histogram_;
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
    const ByteLoops& loops = loops_of(path_);
    for (const Flip& flip : late_) {
        const BitRow column = scene_->columns.row(flip.unit);
        const Word invert = flip.was_set ? 0 : ~Word{0};
        if (is_narrow())
            loops.step(narrow_.data(), column.data(), column.size(), invert);
        else
            loops.step_wide(wide_.data(), column.data(), column.size(), invert);
    }
    const auto flips = static_cast<std::uint32_t>(late_.size());
    lowest_ -= std::min(lowest_, flips);
    highest_ = std::min(highest_ + flips, dimension());
    late_.clear();
}

/// Fills the histogram.
void Overlaps::count_matches() const {
    if (!late_.empty()) catch_up();
    counted_ = true;
    histogram_.clear();
    const std::size_t entries = highest_ - lowest_ + 1;
    const auto quick = loops_of(path_).count;
    if (quick && is_narrow() && entries <= 128) {
        const std::size_t words = words_for(pattern_count());
        const Word valid = ~Word{0} >> (64 * words - pattern_count());
        std::array<std::uint32_t, 128> bins;
        quick(narrow_.data(), words, valid, static_cast<std::uint8_t>(lowest_), entries,
              bins.data());
        list_counts([&](std::uint32_t k) { return bins[k - lowest_]; });
    } else {
        count_one_by_one();
        list_counts([&](std::uint32_t k) {
            return (bins_[k][0] + bins_[k][1]) + (bins_[k][2] + bins_[k][3]);
        });
    }
    if (histogram_.empty()) return; // no memory
    lowest_ = histogram_.front().matches;
    highest_ = histogram_.back().matches;
}

/// Fills the bins. Equal counts mostly follow each other: four bins keep the increments from
/// waiting in line.
void Overlaps::count_one_by_one() const {
    bins_.resize(dimension() + 1);
    std::fill(bins_.begin() + lowest_, bins_.begin() + highest_ + 1, Bins{});
    visit_matches([&](auto matches) {
        const auto* m = matches.data();
        Bins* const bins = bins_.data();
        std::size_t mu = 0;
        for (; mu + 4 <= matches.size(); mu += 4)
            for (std::size_t j = 0; j < 4; ++j)
                ++bins[m[mu + j]][j];
        for (; mu < matches.size(); ++mu)
            ++bins[m[mu]][0];
    });
}

/// memories_of(k): how many memories match in k units.
template <class MemoriesOf>
void Overlaps::list_counts(const MemoriesOf& memories_of) const {
    for (std::uint32_t k = lowest_; k <= highest_; ++k)
        if (const std::uint32_t memories = memories_of(k); memories > 0)
            histogram_.push_back({k, memories});
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
    // Picked by index: a branch would be mispredicted every other time.
    const std::array<std::uint32_t*, 2> tables{counts.opposed.data() + 1, counts.aligned.data()};
    visit_matches([&](auto matches) {
        for (std::size_t mu = 0; mu < matches.size(); ++mu)
            ++tables[(aligned_word(unit, mu / 64) >> (mu % 64)) & 1U][matches[mu]];
    });
}

} // namespace basin
