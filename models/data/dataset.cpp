#include "models/data/dataset.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace basin {

std::string place_of(std::size_t value, std::size_t dimension) {
    return fmt::format("value {} of pattern {} (both counted from 0)", value % dimension,
                       value / dimension);
}

namespace {

template <class T>
Key digest_of(const xt::xtensor<T, 2>& values, const ValueRange& range) {
    const std::array<std::uint64_t, 2> shape{values.shape(0), values.shape(1)};
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                         &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    XXH3_128bits_update(state.get(), shape.data(), sizeof(shape));
    XXH3_128bits_update(state.get(), values.data(), values.size() * sizeof(T));
    const std::array<double, 2> ends{range.low + 0.0, range.high + 0.0}; // one zero: -0 is 0
    XXH3_128bits_update(state.get(), ends.data(), sizeof(ends));
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    return {.high = hash.high64, .low = hash.low64};
}

template <class T>
void require_finite(const xt::xtensor<T, 2>& values, const std::string& description) {
    const auto end = values.data() + values.size();
    const auto odd = std::find_if_not(values.data(), end, [](T v) { return std::isfinite(v); });
    if (odd == end) return;
    const auto place = static_cast<std::size_t>(odd - values.data());
    throw InputError(fmt::format("{}: {} is {}, not a finite number; repair or remove that pattern",
                                 description, place_of(place, values.shape(1)), *odd));
}

/// Squared lengths of patterns, and of states made of them, must neither overflow nor vanish.
void require_lengths(const xt::xtensor<double, 2>& values, const std::string& description) {
    constexpr double most = 0x1p400;
    constexpr double least = 0x1p-400;
    for (std::size_t row = 0; row < values.shape(0); ++row) {
        double largest = 0.0;
        for (std::size_t i = 0; i < values.shape(1); ++i)
            largest = std::max(largest, std::abs(values(row, i)));
        if (largest == 0.0 || (largest >= least && largest <= most)) continue;
        throw InputError(fmt::format("{}: the largest value of pattern {} (counted from 0) is {}, "
                                     "whose square float64 cannot hold; scale the patterns in the "
                                     "file to between {:.0e} and {:.0e}",
                                     description, row, largest, least, most));
    }
}

template <class T>
ValueRange extent_of(const xt::xtensor<T, 2>& values) {
    const auto [low, high] = std::minmax_element(values.data(), values.data() + values.size());
    return {*low, *high};
}

/// The first value outside of a range, or all of them.
template <class T>
std::size_t first_outside(const xt::xtensor<T, 2>& values, double low, double high) {
    const auto end = values.data() + values.size();
    const auto odd =
        std::find_if_not(values.data(), end, [&](double v) { return low <= v && v <= high; });
    return static_cast<std::size_t>(odd - values.data());
}

} // namespace

Key bank_digest(const xt::xtensor<float, 2>& values, const ValueRange& range) {
    return digest_of(values, range);
}

Key bank_digest(const xt::xtensor<double, 2>& values, const ValueRange& range) {
    return digest_of(values, range);
}

BankNumbers::BankNumbers(std::size_t count, std::size_t dimension)
    : values(xt::xtensor<float, 2>::from_shape({count, dimension})) {
    values.fill(0.0F); // places may come in any order
}

void BankNumbers::put(std::size_t place, double x) {
    const auto rounded = static_cast<float>(x);
    if (doubles.size() == 0 && rounded != x) {
        doubles = xt::xtensor<double, 2>::from_shape(values.shape());
        std::copy_n(values.data(), values.size(), doubles.data());
    }
    values.data()[place] = rounded;
    if (doubles.size() > 0) doubles.data()[place] = x;
}

ValueRange BankNumbers::extent() const {
    return doubles.size() > 0 ? extent_of(doubles) : extent_of(values);
}

Key content_digest(const PatternBank& bank) {
    return key_of(fmt::format("{};{};{};{};{}", to_string(bank.digest), bank.image.height,
                              bank.image.width, bank.image.channels, bank.image.planar));
}

std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels) {
    return static_cast<std::uint32_t>(units_of(channels, bank.image, bank.values.shape(1)));
}

PatternBank bank_of_numbers(BankNumbers numbers, std::string description, ImageShape image,
                            std::optional<DeclaredRange> declared) {
    if (numbers.values.size() == 0) throw InputError(description + ": holds no values");
    const bool is_rounded = numbers.doubles.size() > 0;
    if (is_rounded) {
        require_finite(numbers.doubles, description);
        require_lengths(numbers.doubles, description);
    } else {
        require_finite(numbers.values, description);
    }
    const ValueRange extent = numbers.extent();
    if (!declared)
        declared = {.range = {extent.low, extent.width() > 0 ? extent.high : extent.low + 1.0},
                    .basis = RangeBasis::whole_file};
    const Key digest = is_rounded ? bank_digest(numbers.doubles, declared->range)
                                  : bank_digest(numbers.values, declared->range);
    return {.values = std::move(numbers.values),
            .description = std::move(description),
            .digest = digest,
            .image = image,
            .extent = extent,
            .range = declared->range,
            .basis = declared->basis,
            .doubles = std::move(numbers.doubles)};
}

PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image,
                      std::optional<DeclaredRange> declared) {
    BankNumbers numbers(0, 0);
    numbers.values = std::move(values);
    return bank_of_numbers(std::move(numbers), std::move(description), image, declared);
}

PatternBank bank_of_doubles(const xt::xtensor<double, 2>& values, std::string description,
                            ImageShape image, std::optional<DeclaredRange> declared) {
    BankNumbers numbers(values.shape(0), values.shape(1));
    for (std::size_t place = 0; place < values.size(); ++place)
        numbers.put(place, values.data()[place]);
    return bank_of_numbers(std::move(numbers), std::move(description), image, declared);
}

PatternBank make_image_bank(std::span<const std::uint8_t> bytes, const ImageShape& image,
                            std::string description) {
    const std::size_t dimension = image.pixels() * image.channels;
    auto values = xt::xtensor<float, 2>::from_shape({bytes.size() / dimension, dimension});
    std::copy(bytes.begin(), bytes.end(), values.data());
    return make_bank(std::move(values), std::move(description), image,
                     DeclaredRange{{0.0, 255.0}, RangeBasis::element_type});
}

void give_range(PatternBank& bank, const ValueRange& range) {
    // A value that the file has as 0.1 in float32 is not above 0.1.
    const double low = std::min(range.low, double{static_cast<float>(range.low)});
    const double high = std::max(range.high, double{static_cast<float>(range.high)});
    const std::size_t odd = bank.is_rounded() ? first_outside(bank.doubles, range.low, range.high)
                                              : first_outside(bank.values, low, high);
    if (odd < bank.values.size())
        throw InputError(fmt::format("{}: {} is {}, outside of value_range = \"{} to {}\"; the "
                                     "file's values are from {} to {}: widen the range, or mend "
                                     "the file",
                                     bank.description, place_of(odd, bank.values.shape(1)),
                                     bank.is_rounded() ? fmt::format("{}", bank.doubles.data()[odd])
                                                       : fmt::format("{}", bank.values.data()[odd]),
                                     range.low, range.high, bank.extent.low, bank.extent.high));
    bank.range = range;
    bank.basis = RangeBasis::given;
}

void require_patterns(const PatternBank& bank) {
    if (bank.is_list)
        throw InputError(fmt::format("{}: holds a list of {} numbers, such as labels, and no "
                                     "patterns; name the file of the patterns, an array [patterns, "
                                     "units] (or [patterns, 1] for patterns of one unit)",
                                     bank.description, bank.values.shape(0)));
}

xt::xtensor<std::int8_t, 2> unpack(const BitMatrix& patterns) {
    auto values = xt::xtensor<std::int8_t, 2>::from_shape({patterns.rows, patterns.columns});
    for (std::size_t r = 0; r < patterns.rows; ++r)
        for (std::size_t c = 0; c < patterns.columns; ++c)
            values(r, c) = bit_at(patterns.row(r), c) ? 1 : -1;
    return values;
}

BitMatrix pack(const xt::xtensor<std::int8_t, 2>& values) {
    BitMatrix patterns(values.shape(0), values.shape(1));
    for (std::size_t r = 0; r < patterns.rows; ++r)
        for (std::size_t c = 0; c < patterns.columns; ++c)
            set_bit(patterns.row(r), c, values(r, c) > 0);
    return patterns;
}

} // namespace basin
