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

Key bank_digest(const xt::xtensor<float, 2>& values) {
    const std::array<std::uint64_t, 2> shape{values.shape(0), values.shape(1)};
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                         &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    XXH3_128bits_update(state.get(), shape.data(), sizeof(shape));
    XXH3_128bits_update(state.get(), values.data(), values.size() * sizeof(float));
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    return {.high = hash.high64, .low = hash.low64};
}

std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels) {
    return static_cast<std::uint32_t>(units_of(channels, bank.image, bank.values.shape(1)));
}

PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image) {
    const auto end = values.data() + values.size();
    const auto odd = std::find_if_not(values.data(), end, [](float v) { return std::isfinite(v); });
    if (odd != end) {
        const auto place = static_cast<std::size_t>(odd - values.data());
        throw InputError(
            fmt::format("{}: value {} of pattern {} (both counted from 0) is {}, not a "
                        "finite float32 number; repair or remove that pattern",
                        description, place % values.shape(1), place / values.shape(1), *odd));
    }
    const Key digest = bank_digest(values);
    return {.values = std::move(values),
            .description = std::move(description),
            .digest = digest,
            .image = image,
            .full_scale = 0.0};
}

PatternBank make_image_bank(std::span<const std::uint8_t> bytes, const ImageShape& image,
                            std::string description) {
    const std::size_t dimension = image.pixels() * image.channels;
    auto values = xt::xtensor<float, 2>::from_shape({bytes.size() / dimension, dimension});
    std::copy(bytes.begin(), bytes.end(), values.data());
    PatternBank bank = make_bank(std::move(values), std::move(description), image);
    bank.full_scale = 255.0;
    return bank;
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
