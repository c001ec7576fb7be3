#include "models/draws/real_cues.hpp"

#include "models/base/errors.hpp"
#include "models/data/image_units.hpp"
#include "models/draws/blur.hpp"
#include "models/draws/normal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

namespace basin {

namespace {

struct Canvas {
    const CueSpec& spec;
    const RealPatterns& patterns;

    double black() const { return patterns.range.low; }

    /// round(cue_level * whole), halves away from zero.
    std::uint32_t share_of(std::size_t whole) const {
        return static_cast<std::uint32_t>(std::lround(spec.cue_level * static_cast<double>(whole)));
    }

    const ImageShape& image() const {
        if (patterns.image.height == 0)
            throw InputError(fmt::format("corruption {} is for images, but source patterns of {} "
                                         "units are no images of a known height and width",
                                         spec.corruption.name(), patterns.memories.columns));
        return patterns.image;
    }

    double uniform(Stream& stream) const {
        return patterns.range.low + patterns.range.width() * stream.uniform();
    }
};

/// Which units are touched, in ascending order of the draw.
std::vector<std::uint32_t> touched_units(const Canvas& canvas, Stream& stream, std::size_t units) {
    if (canvas.spec.cue_count.is<ExactCount>())
        return sample(stream, canvas.share_of(units), static_cast<std::uint32_t>(units));
    std::vector<std::uint32_t> touched;
    for (std::uint32_t i = 0; i < units; ++i)
        if (stream.bernoulli(canvas.spec.cue_level)) touched.push_back(i);
    return touched;
}

// The rules: `state` holds the memory and becomes the cue, in the memory's own format.

template <class Real>
void corrupt(NoCorruption, const Canvas&, Stream&, std::span<Real>) {}

template <class Real>
void corrupt(MaskCorruption, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    for (const std::uint32_t i : touched_units(canvas, stream, state.size()))
        state[i] = static_cast<Real>(canvas.uniform(stream));
}

template <class Real>
void corrupt(BlankCorruption, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    for (const std::uint32_t i : touched_units(canvas, stream, state.size()))
        state[i] = static_cast<Real>(canvas.black());
}

/// Of an image, the last share of each channel: its lower part.
template <class Real>
void corrupt(EraseCorruption, const Canvas& canvas, Stream&, std::span<Real> state) {
    const ImageShape& image = canvas.patterns.image;
    if (image.height == 0) {
        std::ranges::fill(state.last(canvas.share_of(state.size())),
                          static_cast<Real>(canvas.black()));
        return;
    }
    const std::size_t pixels = std::size_t{image.height} * image.width;
    for (std::size_t pixel = pixels - canvas.share_of(pixels); pixel < pixels; ++pixel)
        for (std::size_t channel = 0; channel < image.channels; ++channel)
            state[unit_of(image, channel, pixel)] = static_cast<Real>(canvas.black());
}

template <class Real>
void corrupt(RandomStart, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    for (Real& x : state)
        x = static_cast<Real>(canvas.uniform(stream));
}

double bounded(const Canvas& canvas, double x) {
    const ValueRange& range = canvas.patterns.range;
    if (canvas.spec.cue_bound.is<BoundNone>()) return x;
    if (canvas.spec.cue_bound.is<BoundReflect>() && x < range.low) x = 2 * range.low - x;
    return std::clamp(x, range.low, range.high);
}

template <class Real>
void corrupt(GaussianCorruption, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    NormalStream normal(stream);
    for (Real& x : state)
        x = static_cast<Real>(bounded(canvas, x + canvas.spec.cue_noise * normal.next()));
}

template <class Real>
void corrupt(BlurCorruption, const Canvas& canvas, Stream&, std::span<Real> state) {
    blur(state, canvas.image(), canvas.spec.cue_blur);
}

template <class Real>
void corrupt(RowsCorruption, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    const ImageShape& image = canvas.image();
    for (const std::uint32_t row : touched_units(canvas, stream, image.height))
        for (std::size_t channel = 0; channel < image.channels; ++channel)
            for (std::size_t x = 0; x < image.width; ++x)
                state[unit_of(image, channel, std::size_t{row} * image.width + x)] =
                    static_cast<Real>(canvas.black());
}

template <class Real>
void corrupt(SquareCorruption, const Canvas& canvas, Stream& stream, std::span<Real> state) {
    const ImageShape& image = canvas.image();
    const double area = canvas.spec.cue_level * image.height * image.width;
    const auto side = static_cast<std::uint32_t>(
        std::min<long>(std::lround(std::sqrt(area)), std::min(image.height, image.width)));
    const std::uint64_t top = stream.below(image.height - side + 1U);
    const std::uint64_t left = stream.below(image.width - side + 1U);
    for (std::size_t channel = 0; channel < image.channels; ++channel)
        for (std::uint64_t y = top; y < top + side; ++y)
            for (std::uint64_t x = left; x < left + side; ++x)
                state[unit_of(image, channel, y * image.width + x)] =
                    static_cast<Real>(canvas.black());
}

template <class Real, class Corruption>
void corrupt(Corruption, const Canvas&, Stream&, std::span<Real>) {
    static_assert(!Corruption::on_real);
    throw std::logic_error("draw_real_cues: a corruption of bipolar vectors");
}

/// Corrupts states of `units` units, one after the other.
template <class Real>
void corrupt_all(const CueSpec& spec, const RealPatterns& patterns, std::size_t units,
                 std::span<Real> states) {
    const Canvas canvas{spec, patterns};
    for (std::size_t p = 0; p < states.size() / units; ++p) {
        Stream stream(spec.key, StreamRole::cues, p);
        spec.corruption.visit([&](auto corruption) {
            corrupt(corruption, canvas, stream, states.subspan(p * units, units));
        });
    }
}

} // namespace

void corrupt(const CueSpec& spec, const RealPatterns& patterns, RealMatrix& states) {
    if (!states.is_rounded()) {
        corrupt_all<float>(spec, patterns, states.columns, states.values);
        return;
    }
    std::vector<double> numbers = std::move(states.doubles);
    corrupt_all<double>(spec, patterns, states.columns, numbers);
    states = real_matrix(states.rows, states.columns, std::move(numbers));
}

RealCues draw_real_cues(const CueSpec& spec, const RealPatterns& patterns) {
    const RealMatrix& memories = patterns.memories;
    RealCues cues{{}, std::vector<std::int32_t>(spec.probe_count, -1)};
    const auto deal = [&](const auto& numbers, auto& to) {
        for (std::size_t p = 0; p < spec.probe_count; ++p)
            std::copy_n(numbers.data() + p % memories.rows * memories.columns, memories.columns,
                        to.data() + p * memories.columns);
    };
    if (memories.is_rounded()) {
        std::vector<double> states(std::size_t{spec.probe_count} * memories.columns);
        deal(memories.doubles, states);
        cues.states = real_matrix(spec.probe_count, memories.columns, std::move(states));
    } else {
        cues.states = RealMatrix(spec.probe_count, memories.columns);
        deal(memories.values, cues.states.values);
    }
    corrupt(spec, patterns, cues.states);
    if (!spec.corruption.is<RandomStart>())
        for (std::size_t p = 0; p < spec.probe_count; ++p)
            cues.targets[p] = static_cast<std::int32_t>(p % memories.rows);
    return cues;
}

RealMatrix real_states(const BitMatrix& states) {
    return real_patterns(states).memories;
}

} // namespace basin
