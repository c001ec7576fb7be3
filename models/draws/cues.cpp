#include "models/draws/cues.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

namespace basin {

namespace {

/// round(cue_level * dimension), halves away from zero.
std::uint32_t exact_count(const CueSpec& spec, std::size_t dimension) {
    return static_cast<std::uint32_t>(std::lround(spec.cue_level * static_cast<double>(dimension)));
}

/// Which units are touched: one row of bits.
BitMatrix draw_touched(const CueSpec& spec, std::size_t dimension, Stream& stream) {
    BitMatrix touched(1, dimension);
    if (spec.cue_count.is<BernoulliCount>()) {
        fill_bernoulli(stream, touched.row(0), dimension, spec.cue_level);
    } else {
        const auto bound = static_cast<std::uint32_t>(dimension);
        for (const std::uint32_t i : sample(stream, exact_count(spec, dimension), bound))
            set_bit(touched.row(0), i, true);
    }
    return touched;
}

// The rules: `state` holds the memory and becomes the cue; `dimension` is its number of units.

void corrupt(NoCorruption, const CueSpec&, Stream&, std::span<Word>, std::size_t) {}

void corrupt(FlipCorruption, const CueSpec& spec, Stream& stream, std::span<Word> state,
             std::size_t dimension) {
    const BitMatrix touched = draw_touched(spec, dimension, stream);
    for (std::size_t w = 0; w < state.size(); ++w)
        state[w] ^= touched.words[w];
}

void corrupt(MaskCorruption, const CueSpec& spec, Stream& stream, std::span<Word> state,
             std::size_t dimension) {
    const BitMatrix touched = draw_touched(spec, dimension, stream);
    BitMatrix noise(1, dimension);
    fill_fair(stream, noise.row(0), dimension);
    for (std::size_t w = 0; w < state.size(); ++w)
        state[w] = (state[w] & ~touched.words[w]) | (noise.words[w] & touched.words[w]);
}

void corrupt(EraseCorruption, const CueSpec& spec, Stream&, std::span<Word> state,
             std::size_t dimension) {
    for (std::size_t i = dimension - exact_count(spec, dimension); i < dimension; ++i)
        set_bit(state, i, false);
}

void corrupt(BlankCorruption, const CueSpec& spec, Stream& stream, std::span<Word> state,
             std::size_t dimension) {
    const BitMatrix touched = draw_touched(spec, dimension, stream);
    for (std::size_t w = 0; w < state.size(); ++w)
        state[w] &= ~touched.words[w];
}

void corrupt(RandomStart, const CueSpec&, Stream& stream, std::span<Word> state,
             std::size_t dimension) {
    fill_fair(stream, state, dimension);
}

template <class Corruption>
void corrupt(Corruption, const CueSpec&, Stream&, std::span<Word>, std::size_t) {
    static_assert(!Corruption::on_bipolar);
    throw std::logic_error("draw_cues: a corruption of real vectors");
}

} // namespace

bool are_from_file(const CueSpec& spec) {
    return spec.source.visit([](auto source) { return source.from_file; });
}

void corrupt(const CueSpec& spec, BitMatrix& states) {
    for (std::size_t p = 0; p < states.rows; ++p) {
        Stream stream(spec.key, StreamRole::cues, p);
        spec.corruption.visit([&](auto corruption) {
            corrupt(corruption, spec, stream, states.row(p), states.columns);
        });
    }
}

Cues draw_cues(const CueSpec& spec, const BitMatrix& memories) {
    Cues cues{.states = BitMatrix(spec.probe_count, memories.columns),
              .targets = std::vector<std::int32_t>(spec.probe_count, -1)};
    for (std::size_t p = 0; p < spec.probe_count; ++p) {
        const std::size_t origin = p % memories.rows;
        std::ranges::copy(memories.row(origin), cues.states.row(p).begin());
        if (!spec.corruption.is<RandomStart>()) cues.targets[p] = static_cast<std::int32_t>(origin);
    }
    corrupt(spec, cues.states);
    return cues;
}

} // namespace basin
