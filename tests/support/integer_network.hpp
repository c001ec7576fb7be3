#pragma once
// The exact network once more, from its definition: spins, overlaps counted anew for each state, a
// sum of integers. It shares nothing with models/ but the scene.

#include "models/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace basin::tests {

template <class Integer>
Integer integer_power(Integer x, std::uint32_t n) {
    Integer result = 1;
    for (std::uint32_t i = 0; i < n; ++i)
        result *= x;
    return result;
}

/// What the network says about a unit, sigma_i d_i, times a positive constant.
template <class Integer>
struct IntegerDecision {
    Integer sum = 0;
    Integer magnitude = 0; ///< of the terms in total
    int sign() const { return sum > 0 ? 1 : sum < 0 ? -1 : 0; }
};

/// `values` holds F at the overlaps -N ... N, or F' for the gradient rule, as integers: multiplied
/// by one positive constant.
template <class Integer>
class IntegerNetwork {
public:
    IntegerNetwork(std::vector<Integer> values, bool gradient)
        : values_(std::move(values)), gradient_(gradient) {}

    /// Turns to a scene and its first cue.
    void move_to(const Scene& scene) {
        dimension_ = static_cast<int>(scene.dimension());
        state_ = spins(scene.cues.row(0));
        memories_.clear();
        overlaps_.clear();
        for (std::size_t mu = 0; mu < scene.memories.rows; ++mu) {
            memories_.push_back(spins(scene.memories.row(mu)));
            int overlap = 0;
            for (std::size_t i = 0; i < state_.size(); ++i)
                overlap += memories_[mu][i] * state_[i];
            overlaps_.push_back(overlap);
        }
    }

    IntegerDecision<Integer> decide(std::size_t unit) const {
        IntegerDecision<Integer> decision;
        const int sigma = state_[unit];
        for (std::size_t mu = 0; mu < memories_.size(); ++mu) {
            const int zeta = memories_[mu][unit];
            const int h = overlaps_[mu];
            const Integer term =
                gradient_ ? Integer(zeta * value(h - zeta * sigma))
                          : Integer(value(h + zeta * (1 - sigma)) - value(h - zeta * (1 + sigma)));
            decision.sum += sigma * term;
            decision.magnitude += term < 0 ? Integer(-term) : term;
        }
        return decision;
    }

private:
    std::vector<int> spins(BitRow row) const {
        std::vector<int> out(static_cast<std::size_t>(dimension_));
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = bit_at(row, i) ? 1 : -1;
        return out;
    }
    const Integer& value(int overlap) const {
        return values_[static_cast<std::size_t>(overlap + dimension_)];
    }

    std::vector<Integer> values_;
    bool gradient_;
    int dimension_ = 0;
    std::vector<int> state_;
    std::vector<std::vector<int>> memories_;
    std::vector<int> overlaps_;
};

} // namespace basin::tests
