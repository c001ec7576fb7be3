#include "models/draws/real_patterns.hpp"

#include "models/base/errors.hpp"
#include "models/data/duplicate_rows.hpp"
#include "models/draws/normal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace basin {

namespace {

RealMatrix room_for(const PatternSpec& spec) {
    return {spec.pattern_count, spec.dimension};
}

/// Calls `fill(row, stream)` for each memory with the memory's own stream.
template <class Fill>
RealMatrix filled(const PatternSpec& spec, const Fill& fill) {
    RealMatrix memories = room_for(spec);
    for (std::size_t mu = 0; mu < memories.rows; ++mu) {
        Stream stream = pattern_stream(spec, mu);
        fill(memories.row(mu), stream);
    }
    return memories;
}

RealPatterns draw(GaussianSource, const PatternSpec& spec, const PatternBank*) {
    return {filled(spec,
                   [](std::span<float> row, Stream& stream) {
                       NormalStream normal(stream);
                       for (float& x : row)
                           x = static_cast<float>(normal.next());
                   }),
            {0.0, 1.0},
            {}};
}

RealPatterns draw(UniformSource, const PatternSpec& spec, const PatternBank*) {
    return {filled(spec,
                   [](std::span<float> row, Stream& stream) {
                       for (float& x : row)
                           x = static_cast<float>(stream.below(1U << 24U)) * 0x1p-24F;
                   }),
            {0.0, 1.0},
            {}};
}

RealPatterns draw(SphereSource, const PatternSpec& spec, const PatternBank*) {
    std::vector<double> values(spec.dimension);
    return {filled(spec,
                   [&values](std::span<float> row, Stream& stream) {
                       NormalStream normal(stream);
                       double square = 0.0;
                       for (double& x : values) {
                           x = normal.next();
                           square += x * x;
                       }
                       const double length = std::sqrt(square);
                       for (std::size_t i = 0; i < row.size(); ++i)
                           row[i] = static_cast<float>(values[i] / length);
                   }),
            {-1.0, 1.0},
            {}};
}

void require_axes(const PatternSpec& spec, std::uint64_t needed) {
    if (spec.dimension < needed)
        throw InputError(fmt::format("source {} needs one dimension for each orthonormal vector: "
                                     "dimension must be {} at least, but is {}",
                                     spec.source.name(), needed, spec.dimension));
}

RealPatterns draw(OrthonormalSource, const PatternSpec& spec, const PatternBank*) {
    require_axes(spec, spec.pattern_count);
    RealMatrix memories = room_for(spec);
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        memories.row(mu)[mu] = 1.0F;
    return {std::move(memories), {-1.0, 1.0}, {}};
}

RealPatterns draw(ClustersSource, const PatternSpec& spec, const PatternBank*) {
    require_axes(spec, std::uint64_t{spec.group_count} + spec.pattern_count);
    RealMatrix memories = room_for(spec);
    for (std::size_t mu = 0; mu < memories.rows; ++mu) {
        memories.row(mu)[mu % spec.group_count] = static_cast<float>(std::sqrt(spec.correlation));
        memories.row(mu)[spec.group_count + mu] =
            static_cast<float>(std::sqrt(1 - spec.correlation));
    }
    return {std::move(memories), {-1.0, 1.0}, {}};
}

RealPatterns draw(BrightnessSource, const PatternSpec& spec, const PatternBank*) {
    return {filled(spec,
                   [&spec](std::span<float> row, Stream& stream) {
                       const double mean =
                           0.5 + spec.brightness_spread * (2 * stream.uniform() - 1);
                       NormalStream normal(stream);
                       for (float& x : row)
                           x = static_cast<float>(
                               std::clamp(mean + spec.contrast * normal.next(), 0.0, 1.0));
                   }),
            {0.0, 1.0},
            {}};
}

/// From the file's numbers to units: (x - black) / divisor * factor, and their range then.
struct Scaling {
    double black = 0.0;
    double divisor = 1.0;
    double factor = 1.0;
    ValueRange range{};
};

Scaling scaling_of(const PatternSpec& spec, const PatternBank& bank) {
    if (spec.pixel_range.is<RangeAsStored>()) return {0.0, 1.0, 1.0, bank.range};
    if (bank.basis == RangeBasis::whole_file)
        throw InputError(fmt::format("pixel_range {} needs a declared range of values, but the "
                                     "file's numbers are not bytes and nothing declares one ({}); "
                                     "give value_range, or use pixel_range as_stored",
                                     spec.pixel_range.name(), bank.description));
    const double high = spec.pixel_range.is<RangeUnit>() ? 1.0 : 255.0;
    return {bank.range.low, bank.range.width(), high, {0.0, high}};
}

/// Writes some rows of `numbers`, which are all of the bank, one after the other.
template <class Real>
void take_rows(const PatternSpec& spec, const PatternBank& bank,
               const xt::xtensor<Real, 2>& numbers, std::span<const std::uint32_t> rows,
               const Scaling& scaling, std::vector<Real>& to) {
    const std::size_t stored = numbers.shape(1);
    std::vector<Real> scratch;
    auto end = to.begin();
    for (const std::uint32_t r : rows) {
        const std::span row(numbers.data() + r * stored, stored);
        const auto scaled = [&](double x) {
            return static_cast<Real>((x - scaling.black) / scaling.divisor * scaling.factor);
        };
        end = std::ranges::transform(in_form(spec.channels, bank.image, row, scratch), end, scaled)
                  .out;
    }
}

template <class Source>
RealPatterns draw(Source, const PatternSpec& spec, const PatternBank* bank) {
    static_assert(Source::from_file || !Source::is_real, "a drawn source needs a rule of its own");
    if (!is_real(spec)) throw std::logic_error("draw_real_patterns: the patterns are bipolar");
    const std::vector<std::uint32_t> chosen = chosen_rows(spec, bank);
    return {real_rows(spec, *bank, chosen), scaling_of(spec, *bank).range,
            image_in_form(spec.channels, bank->image)};
}

} // namespace

RealMatrix real_rows(const PatternSpec& spec, const PatternBank& bank,
                     std::span<const std::uint32_t> rows, const PatternBank* patterns) {
    const bool is_given = bank.basis == RangeBasis::whole_file && patterns != nullptr &&
                          patterns->basis == RangeBasis::given;
    const Scaling scaling = scaling_of(spec, is_given ? *patterns : bank);
    const std::size_t dimension = dimension_of(bank, spec.channels);
    if (bank.is_rounded()) {
        std::vector<double> numbers(rows.size() * dimension);
        take_rows(spec, bank, bank.doubles, rows, scaling, numbers);
        return real_matrix(rows.size(), dimension, std::move(numbers));
    }
    RealMatrix vectors(rows.size(), dimension);
    take_rows(spec, bank, bank.values, rows, scaling, vectors.values);
    return vectors;
}

RealPatterns draw_real_patterns(const PatternSpec& spec, const PatternBank* bank) {
    return spec.source.visit([&](auto source) { return draw(source, spec, bank); });
}

RealPatterns real_patterns(const BitMatrix& memories) {
    RealPatterns patterns{{memories.rows, memories.columns}, {-1.0, 1.0}, {}};
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        for (std::size_t i = 0; i < memories.columns; ++i)
            patterns.memories.row(mu)[i] = bit_at(memories.row(mu), i) ? 1.0F : -1.0F;
    return patterns;
}

std::uint32_t count_duplicates(const RealMatrix& patterns) {
    struct Doubles {
        const RealMatrix& matrix;
        std::size_t rows = matrix.rows;
        std::span<const double> row(std::size_t r) const {
            return {matrix.doubles.data() + r * matrix.columns, matrix.columns};
        }
    };
    return patterns.is_rounded() ? count_duplicate_rows(Doubles{patterns})
                                 : count_duplicate_rows(patterns);
}

} // namespace basin
