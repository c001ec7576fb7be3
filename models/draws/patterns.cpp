#include "models/draws/patterns.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"
#include "models/data/duplicate_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <stdexcept>
#include <vector>

namespace basin {

namespace {

// Pattern mu has the stream mu; what the patterns share has streams beyond any mu.
constexpr std::uint64_t prototype_streams = std::uint64_t{1} << 32;
constexpr std::uint64_t choice_stream = std::uint64_t{1} << 33;

/// Noisy copies of `prototype_count` fair prototypes, dealt to the patterns in turn.
BitMatrix draw_around_prototypes(const PatternSpec& spec, std::uint32_t prototype_count) {
    BitMatrix prototypes(std::min(prototype_count, spec.pattern_count), spec.dimension);
    for (std::size_t g = 0; g < prototypes.rows; ++g) {
        Stream stream = pattern_stream(spec, prototype_streams + g);
        fill_fair(stream, prototypes.row(g), spec.dimension);
    }
    BitMatrix patterns(spec.pattern_count, spec.dimension);
    for (std::size_t mu = 0; mu < patterns.rows; ++mu) {
        Stream stream = pattern_stream(spec, mu);
        const std::span<Word> pattern = patterns.row(mu);
        fill_bernoulli(stream, pattern, spec.dimension, (1 - spec.correlation) / 2);
        const BitRow prototype = std::as_const(prototypes).row(mu % prototype_count);
        for (std::size_t w = 0; w < pattern.size(); ++w)
            pattern[w] ^= prototype[w];
    }
    return patterns;
}

BitMatrix draw(RandomBipolarSource, const PatternSpec& spec, const PatternBank*) {
    BitMatrix patterns(spec.pattern_count, spec.dimension);
    for (std::size_t mu = 0; mu < patterns.rows; ++mu) {
        Stream stream = pattern_stream(spec, mu);
        if (spec.bias == 0)
            fill_fair(stream, patterns.row(mu), spec.dimension);
        else
            fill_bernoulli(stream, patterns.row(mu), spec.dimension, (1 + spec.bias) / 2);
    }
    return patterns;
}

BitMatrix draw(CorrelatedSource, const PatternSpec& spec, const PatternBank*) {
    return draw_around_prototypes(spec, 1);
}

BitMatrix draw(HierarchicalSource, const PatternSpec& spec, const PatternBank*) {
    return draw_around_prototypes(spec, spec.group_count);
}

/// The value a pattern's own values must exceed to become +1.
template <class Real>
double level_of(BinarizeAbove, std::span<const Real>, double threshold) {
    // In the format of the values: 0.1 from a file of float32 must not exceed a threshold of 0.1.
    return static_cast<Real>(threshold);
}

template <class Real>
double level_of(BinarizeMean, std::span<const Real> values, double) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

template <class Real>
double level_of(BinarizeMedian, std::span<const Real> values, double) {
    std::vector<Real> sorted(values.begin(), values.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    if (sorted.size() % 2 == 1) return *middle;
    const double below = *std::max_element(sorted.begin(), middle);
    return (below + *middle) / 2;
}

template <class Real>
double level_of(BinarizeNone, std::span<const Real>, double) {
    throw std::logic_error("no level to binarise at");
}

void require_usable(const PatternSpec& spec, const PatternBank* bank) {
    if (bank == nullptr)
        throw InputError(
            fmt::format("source {} needs a pattern file and none was given", spec.source.name()));
    const std::size_t count = bank->values.shape(0);
    const std::uint32_t dimension = dimension_of(*bank, spec.channels);
    if (count < spec.pattern_count)
        throw InputError(fmt::format("pattern_count is {}, but the file holds {} patterns ({})",
                                     spec.pattern_count, count, bank->description));
    if (spec.dimension != 0 && spec.dimension != dimension)
        throw InputError(fmt::format("dimension is {}, but the file's patterns have {} units ({}); "
                                     "leave dimension at 0 to take the file's",
                                     spec.dimension, dimension, bank->description));
}

template <class Source>
BitMatrix draw(Source, const PatternSpec& spec, const PatternBank* bank) {
    static_assert(Source::from_file || Source::is_real, "a drawn source needs a rule of its own");
    if (is_real(spec)) throw std::logic_error("draw_patterns: the patterns are real vectors");
    const std::vector<std::uint32_t> chosen = chosen_rows(spec, bank); // there must be a bank
    return binarized_rows(spec, *bank, chosen);
}

/// `numbers`: all of the bank.
template <class Real>
BitMatrix binarized(const PatternSpec& spec, const PatternBank& bank,
                    const xt::xtensor<Real, 2>& numbers, std::span<const std::uint32_t> rows) {
    const std::size_t stored = numbers.shape(1);
    const std::size_t dimension = dimension_of(bank, spec.channels);
    BitMatrix bits(rows.size(), dimension);
    std::vector<Real> scratch;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::span row(numbers.data() + rows[r] * stored, stored);
        const std::span<const Real> values = in_form(spec.channels, bank.image, row, scratch);
        const double level = spec.binarize.visit(
            [&](auto binarize) { return level_of(binarize, values, spec.threshold); });
        for (std::size_t i = 0; i < dimension; ++i)
            set_bit(bits.row(r), i, values[i] > level);
    }
    return bits;
}

} // namespace

bool is_real(const PatternSpec& spec) {
    return spec.source.visit([&](auto source) {
        return source.is_real || (source.from_file && spec.binarize.is<BinarizeNone>());
    });
}

BitMatrix binarized_rows(const PatternSpec& spec, const PatternBank& bank,
                         std::span<const std::uint32_t> rows) {
    return bank.is_rounded() ? binarized(spec, bank, bank.doubles, rows)
                             : binarized(spec, bank, bank.values, rows);
}

Stream pattern_stream(const PatternSpec& spec, std::uint64_t first) {
    return {spec.key, StreamRole::patterns, first};
}

std::vector<std::uint32_t> chosen_rows(const PatternSpec& spec, const PatternBank* bank) {
    require_usable(spec, bank);
    Stream stream = pattern_stream(spec, choice_stream);
    return sample(stream, spec.pattern_count, static_cast<std::uint32_t>(bank->values.shape(0)));
}

BitMatrix draw_patterns(const PatternSpec& spec, const PatternBank* bank) {
    return spec.source.visit([&](auto source) { return draw(source, spec, bank); });
}

std::uint32_t count_duplicates(const BitMatrix& patterns) {
    return count_duplicate_rows(patterns);
}

} // namespace basin
