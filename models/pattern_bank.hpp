#pragma once
// Patterns as arrays: what files hold before binarisation, and the bipolar view of bit rows.
// The one header of this floor that brings in xtensor.

#include "models/bits.hpp"
#include "models/images.hpp"
#include "models/key.hpp"

#include <xtensor/xtensor.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace basin {

/// Real-valued patterns as read from a file.
struct PatternBank {
    xt::xtensor<float, 2> values; ///< [count, dimension]; images are flattened as `image` says
    std::string description;      ///< file, shape and element type, for provenance
    Key digest;                   ///< of shape and values: results name what they were made from
    ImageShape image;             ///< of each pattern, where the format tells
    double full_scale = 0.0;      ///< white, where the format tells: 255 of bytes; 0: it does not
};

/// Units of this bank's patterns with their channels in this form.
std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels);

/// The digest of a bank's shape and values.
Key bank_digest(const xt::xtensor<float, 2>& values);

/// A bank of these values, with its digest. Readers of every file format end here.
/// Throws InputError when a value is not finite: it could not be binarised honestly.
PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image = {});

/// A bank of images of bytes, one after the other in the order that `image` tells.
PatternBank make_image_bank(std::span<const std::uint8_t> bytes, const ImageShape& image,
                            std::string description);

/// Bipolar view of bit rows: +1 / -1, [rows, columns]; and back (values > 0 become +1).
xt::xtensor<std::int8_t, 2> unpack(const BitMatrix& patterns);
BitMatrix pack(const xt::xtensor<std::int8_t, 2>& values);

} // namespace basin
