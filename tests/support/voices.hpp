#pragma once
// Scenes with one cue: drawn around it, or with memories that say about one unit what a test wants.

#include "models/base/random.hpp"
#include "models/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/hand_scene.hpp"

namespace basin::tests {

/// What one memory says about a unit.
struct Voice {
    int others;  ///< its overlap with the state in the N - 1 other units, of their parity
    bool agrees; ///< with the state in the unit itself
};

inline BitMatrix random_rows(Stream& stream, std::size_t rows, std::size_t columns) {
    BitMatrix matrix(rows, columns);
    for (std::size_t r = 0; r < rows; ++r)
        fill_fair(stream, matrix.row(r), columns);
    return matrix;
}

/// Memories that have the voices for `unit` of the state, in otherwise random units. The state is
/// the scene's only cue. The dimension is at least 2.
inline Scene scene_of_voices(Stream& stream, const BitMatrix& state, std::uint32_t unit,
                             std::span<const Voice> voices) {
    const auto others = static_cast<std::uint32_t>(state.columns - 1);
    BitMatrix memories(voices.size(), state.columns);
    for (std::size_t mu = 0; mu < voices.size(); ++mu) {
        std::ranges::copy(state.row(0), memories.row(mu).begin());
        const auto apart =
            static_cast<std::uint32_t>((static_cast<int>(others) - voices[mu].others) / 2);
        for (const std::uint32_t other : sample(stream, apart, others))
            flip_bit(memories.row(mu), other + (other >= unit ? 1 : 0));
        if (!voices[mu].agrees) flip_bit(memories.row(mu), unit);
    }
    return hand_scene(memories, state, {-1});
}

/// Random memories and a cue near one of them, far from all, or in the middle of three.
inline Scene drawn_scene(Stream& stream, std::uint32_t dimension, std::uint32_t pattern_count) {
    const BitMatrix memories = random_rows(stream, pattern_count, dimension);
    BitMatrix state = random_rows(stream, 1, dimension);
    switch (stream.below(3)) {
    case 0: {
        std::ranges::copy(memories.row(stream.below(pattern_count)), state.row(0).begin());
        const auto flips = static_cast<std::uint32_t>(stream.below(dimension / 4 + 1));
        for (const std::uint32_t unit : sample(stream, flips, dimension))
            flip_bit(state.row(0), unit);
        break;
    }
    case 1: {
        std::array<std::size_t, 3> parts{};
        for (std::size_t& part : parts)
            part = stream.below(pattern_count);
        for (std::size_t i = 0; i < dimension; ++i) {
            int plus = 0;
            for (const std::size_t part : parts)
                plus += bit_at(memories.row(part), i);
            set_bit(state.row(0), i, plus >= 2);
        }
        break;
    }
    default:
        break;
    }
    return hand_scene(memories, state, {-1});
}

} // namespace basin::tests
