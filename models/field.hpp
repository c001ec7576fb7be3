#pragma once
// A state of the network with everything a unit decision needs kept up to date.

#include "models/decision_table.hpp"
#include "models/scene.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// The outcome of asking one unit.
struct Decision {
    double value = 0.0; ///< has the sign of sigma_i d_i: < 0 wants a flip, 0 is a tie; may be NaN
    Flags flags = 0;
};

class Field {
public:
    /// `state` is copied: [words_for(dimension)]. Scene and table must outlive the field.
    Field(const Scene& scene, const DecisionTable& table, BitRow state);

    Decision ask(std::uint32_t unit) const;

    void flip(std::uint32_t unit);                       ///< and refresh
    void flip_all(std::span<const std::uint32_t> units); ///< at once, one refresh

    bool unit(std::uint32_t i) const { return bit_at(state_, i); }
    const std::vector<Word>& state() const { return state_; }

private:
    void move_matches(std::uint32_t unit);
    void refresh();
    double sum_in_double(std::uint32_t unit) const;
    Flags selected_flags(std::uint32_t unit) const;
    Decision decide_exactly(std::uint32_t unit, unsigned raised) const;
    Word aligned_word(std::uint32_t unit, std::size_t word) const {
        const Word column = scene_.columns.row(unit)[word];
        return bit_at(state_, unit) ? column : ~column;
    }

    /// Terms of one memory at its present match count: [0] if opposed, [1] if aligned. An array, so
    /// that a decision picks by index: a branch would be mispredicted every other time.
    using Weights = std::array<double, 2>;

    const Scene& scene_;
    const DecisionTable& table_;
    std::vector<Word> state_;
    std::vector<std::uint32_t> matches_; ///< [pattern_count] units in which memory and state agree
    std::vector<Weights> weights_;       ///< [pattern_count]
    double error_ = 0.0;   ///< bound on the rounding error of any decision's sum in double
    double floor_ = 0.0;   ///< b times a sum surely above it in magnitude is not 0 in the format
    double ceiling_ = 0.0; ///< a sum surely below it in magnitude, and b times it, stay finite
    Flags sure_flags_ = 0; ///< raised by every decision in this state
    Flags possible_flags_ = 0; ///< raised by some decision in this state
};

} // namespace basin
