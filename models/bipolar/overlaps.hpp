#pragma once
// A state of the network and how it matches every memory, kept up to date flip by flip.

#include "models/base/simd.hpp"
#include "models/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// How often each step occurs in one decision: [N + 2] by step, as the tables number them. Unit i's
/// memory of m matches uses step m if unit i matches, else minus step m + 1.
struct StepCounts {
    std::vector<std::uint32_t> aligned; ///< memories that use +step
    std::vector<std::uint32_t> opposed; ///< memories that use -step
    std::vector<std::uint32_t> present; ///< steps that may occur, ascending; all others are 0
};

/// A match count and how many memories have it.
struct MatchCount {
    std::uint32_t matches;
    std::uint32_t memories;
};

/// Match counts from lowest to highest.
struct MatchRange {
    std::uint32_t lowest = 0;
    std::uint32_t highest = 0;

    std::size_t size() const { return highest - lowest + 1; }
    bool is_empty() const { return lowest > highest; }
    void add(const MatchRange& other) {
        lowest = std::min(lowest, other.lowest);
        highest = std::max(highest, other.highest);
    }
    bool holds(std::uint32_t m) const { return lowest <= m && m <= highest; }
    bool holds(const MatchRange& inner) const {
        return lowest <= inner.lowest && inner.highest <= highest;
    }
};

/// Counts are made when they are first asked for: const members may change them, so an object
/// belongs to one thread.
class Overlaps {
public:
    /// The scene must outlive the object; the state is the first cue until move_to().
    explicit Overlaps(const Scene& scene);

    void move_to(BitRow state);          ///< copied: [words_for(dimension)]
    void move_to(const Overlaps& other); ///< the same scene's; takes over what is counted there
    void flip(std::span<const std::uint32_t> units); ///< at once

    const std::vector<Word>& state() const { return state_; }
    bool unit(std::uint32_t i) const { return bit_at(state_, i); }
    std::uint32_t dimension() const { return scene_->dimension(); }
    std::uint32_t pattern_count() const { return scene_->pattern_count(); }

    /// Calls use(matches): [pattern_count] units in which memory and state agree, as bytes where N
    /// is at most 255, else as numbers of 32 bits. Brought up to date when asked for.
    template <class Use>
    decltype(auto) visit_matches(Use&& use) const {
        if (!late_.empty()) catch_up();
        return is_narrow() ? use(std::span(narrow_).first(pattern_count()))
                           : use(std::span(wide_).first(pattern_count()));
    }
    std::uint32_t matches(std::size_t memory) const {
        return visit_matches([&](auto all) { return std::uint32_t{all[memory]}; });
    }

    /// The bytes, filled up to whole words with numbers that mean nothing; none where N > 255.
    std::span<const std::uint8_t> padded_matches() const {
        if (!late_.empty()) catch_up();
        return narrow_;
    }

    /// The match counts that occur, ascending. Made when first asked for in a state.
    std::span<const MatchCount> histogram() const {
        if (!counted_) count_matches();
        return histogram_;
    }

    /// The largest match counts that memories can come to on the way to one of them, if no unit
    /// flips but those in which that one is not reached yet: the memory itself comes to N.
    /// Ascending. A memory agrees now with the state in m units, at the end in m' of them, and of
    /// the q flips it follows b and loses q - b: m' = m + 2 b - q. So it never has more than m + b
    /// = (m + m' + q) / 2, nor less than q under that.
    std::vector<MatchCount> reach_towards(std::uint32_t memory) const;

    /// Memories that agree with the state in the unit.
    std::uint32_t aligned_count(std::uint32_t unit) const {
        if (set_bits_.empty()) count_set_bits();
        return bit_at(state_, unit) ? set_bits_[unit] : pattern_count() - set_bits_[unit];
    }

    /// Bit mu - 64 word: whether memory mu and the state agree in the unit.
    Word aligned_word(std::uint32_t unit, std::size_t word) const {
        const Word column = scene_->columns.row(unit)[word];
        return bit_at(state_, unit) ? column : ~column;
    }

    bool agrees(std::uint32_t memory, std::uint32_t unit) const {
        return bit_at(scene_->memories.row(memory), unit) == bit_at(state_, unit);
    }

    /// Whether memories and state agree in the unit: bits of `words` ^ `invert`.
    struct Aligned {
        std::span<const Word> words;
        Word invert;
    };
    Aligned aligned(std::uint32_t unit) const {
        return {scene_->columns.row(unit), bit_at(state_, unit) ? Word{0} : ~Word{0}};
    }

    /// Fills `counts` for one unit's decision.
    void count_steps(std::uint32_t unit, StepCounts& counts) const;

private:
    struct Flip {
        std::uint32_t unit;
        bool was_set;
    };

    bool is_narrow() const { return dimension() <= 255; }
    void catch_up() const;
    void count_set_bits() const;
    void count_matches() const;
    template <class Count>
    void list_counts(const std::vector<Count>& counts, const MatchRange& range,
                     std::vector<MatchCount>& list) const;

    const Scene* scene_;
    std::vector<Word> state_;
    SimdPath path_;
    mutable std::vector<std::uint32_t> set_bits_; ///< [N] memories that have +1, once asked for
    mutable std::vector<std::uint8_t> narrow_;    ///< match counts, filled up to whole words,
    mutable std::vector<std::uint32_t> wide_;     ///< in one of these two
    mutable std::vector<Flip> late_;              ///< flips that they do not know of
    mutable std::uint32_t lowest_ = 0;            ///< all of them are in lowest_ ... highest_
    mutable std::uint32_t highest_ = 0;

    mutable bool counted_ = false;
    mutable std::vector<std::uint32_t> bins_; ///< [N + 1, or 128] room to count in
    mutable std::vector<MatchCount> histogram_;
};

} // namespace basin
