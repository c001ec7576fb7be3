#include "models/bipolar/overlaps.hpp"

#include "models/bipolar/loops/byte_loops.hpp"
#include "models/bipolar/match_counts.hpp"

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

void Overlaps::count_matches() const {
    if (!late_.empty()) catch_up();
    counted_ = true;
    if (is_narrow())
        list_counts(narrow_, {lowest_, highest_}, histogram_);
    else
        list_counts(wide_, {lowest_, highest_}, histogram_);
    if (histogram_.empty()) return; // no memory
    lowest_ = histogram_.front().matches;
    highest_ = histogram_.back().matches;
}

/// Fills `list` with the counts that occur, all of which are in `range`.
template <class Count>
void Overlaps::list_counts(const std::vector<Count>& counts, const MatchRange& range,
                           std::vector<MatchCount>& list) const {
    bins_.resize(std::max<std::size_t>(dimension() + 1, 128));
    const auto quick = loops_of(path_).count;
    if (sizeof(Count) == 1 && quick && range.size() <= 128) {
        const std::size_t words = words_for(pattern_count());
        const Word valid = ~Word{0} >> (64 * words - pattern_count());
        quick(reinterpret_cast<const std::uint8_t*>(counts.data()), words, valid,
              static_cast<std::uint8_t>(range.lowest), range.size(), bins_.data());
    } else {
        std::fill_n(bins_.begin(), range.size(), 0U);
        for (std::size_t mu = 0; mu < pattern_count(); ++mu)
            ++bins_[counts[mu] - range.lowest];
    }
    list.clear();
    for (std::uint32_t k = range.lowest; k <= range.highest; ++k)
        if (const std::uint32_t memories = bins_[k - range.lowest]; memories > 0)
            list.push_back({k, memories});
}

std::vector<MatchCount> Overlaps::reach_towards(std::uint32_t memory) const {
    const MatchRange range{histogram().front().matches, dimension()};
    const std::uint32_t flips = dimension() - matches(memory);
    const auto list = [&](const auto& here) {
        auto there = here; // match counts when the memory has been reached
        basin::count_matches(path_, scene_->memories, scene_->memories.row(memory),
                             std::span(there));
        for (std::size_t mu = 0; mu < there.size(); ++mu)
            there[mu] = static_cast<typename std::decay_t<decltype(there)>::value_type>(
                (std::uint32_t{here[mu]} + there[mu] + flips) / 2);
        std::vector<MatchCount> counts;
        list_counts(there, range, counts);
        return counts;
    };
    return is_narrow() ? list(narrow_) : list(wide_);
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
