#include "models/pattern_bank.hpp"

#include "models/errors.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace basin {

Key bank_digest(const xt::xtensor<float, 2>& values, const ValueRange& range) {
    const std::array<std::uint64_t, 2> shape{values.shape(0), values.shape(1)};
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                         &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    XXH3_128bits_update(state.get(), shape.data(), sizeof(shape));
    XXH3_128bits_update(state.get(), values.data(), values.size() * sizeof(float));
    const std::array<double, 2> ends{range.low + 0.0, range.high + 0.0}; // one zero: -0 is 0
    XXH3_128bits_update(state.get(), ends.data(), sizeof(ends));
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    return {.high = hash.high64, .low = hash.low64};
}

std::string place_of(std::size_t value, std::size_t dimension) {
    return fmt::format("value {} of pattern {} (both counted from 0)", value % dimension,
                       value / dimension);
}

std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels) {
    return static_cast<std::uint32_t>(units_of(channels, bank.image, bank.values.shape(1)));
}

PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image,
                      std::optional<DeclaredRange> declared) {
    if (values.size() == 0) throw InputError(description + ": holds no values");
    const auto end = values.data() + values.size();
    const auto odd = std::find_if_not(values.data(), end, [](float v) { return std::isfinite(v); });
    if (odd != end)
        throw InputError(fmt::format(
            "{}: {} is {}, not a finite float32 number; repair or remove "
            "that pattern",
            description, place_of(static_cast<std::size_t>(odd - values.data()), values.shape(1)),
            *odd));
    const auto [low, high] = std::minmax_element(values.data(), end);
    const ValueRange extent{*low, *high};
    if (!declared)
        declared = {.range = {extent.low, extent.width() > 0 ? extent.high : extent.low + 1.0},
                    .basis = RangeBasis::whole_file};
    const Key digest = bank_digest(values, declared->range);
    return {.values = std::move(values),
            .description = std::move(description),
            .digest = digest,
            .image = image,
            .extent = extent,
            .range = declared->range,
            .basis = declared->basis};
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
    const auto end = bank.values.data() + bank.values.size();
    // A value that the file has as 0.1 in float32 is not above 0.1.
    const double low = std::min(range.low, double{static_cast<float>(range.low)});
    const double high = std::max(range.high, double{static_cast<float>(range.high)});
    const auto odd =
        std::find_if_not(bank.values.data(), end, [&](double v) { return low <= v && v <= high; });
    if (odd != end)
        throw InputError(fmt::format(
            "{}: {} is {}, outside of value_range = \"{} to {}\"; the "
            "file's values are from {} to {}: widen the range, or mend "
            "the file",
            bank.description,
            place_of(static_cast<std::size_t>(odd - bank.values.data()), bank.values.shape(1)),
            *odd, range.low, range.high, bank.extent.low, bank.extent.high));
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
