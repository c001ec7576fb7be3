#pragma once
// Patterns as arrays: what files hold before binarisation, and the bipolar view of bit rows.
// The one header of this floor that brings in xtensor.

#include "models/bits.hpp"
#include "models/images.hpp"
#include "models/key.hpp"
#include "models/value_range.hpp"

#include <xtensor/xtensor.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace basin {

/// Real-valued patterns as read from a file.
struct PatternBank {
    xt::xtensor<float, 2> values; ///< [count, dimension]; images are flattened as `image` says
    std::string description;      ///< file, shape and element type, for provenance
    Key digest;                   ///< of what the file says: shape, values, their range
    ImageShape image;             ///< of each pattern, where the format tells
    ValueRange extent;            ///< least and largest value of the whole file
    ValueRange range;             ///< what values may be; never empty
    RangeBasis basis = RangeBasis::whole_file; ///< what says the range
    bool is_list = false; ///< the file's array has one axis: a number each, such as labels
};

/// Units of this bank's patterns with their channels in this form.
std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels);

/// Where in a bank of this dimension a value is, in words: errors of all readers name it so.
std::string place_of(std::size_t value, std::size_t dimension);

/// The digest of a bank's shape and values and of the range that its file declares.
Key bank_digest(const xt::xtensor<float, 2>& values, const ValueRange& range);

/// A bank of these values, with its digest. Readers of every file format end here. Where the file
/// declares no range, it is the extent, or of equal values v from v to v + 1.
/// Throws InputError when there is no value, or one is not finite: it could not be binarised
/// honestly.
PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image = {},
                      std::optional<DeclaredRange> declared = {});

/// A bank of images of bytes, one after the other in the order that `image` tells: their type
/// declares the range 0 to 255.
PatternBank make_image_bank(std::span<const std::uint8_t> bytes, const ImageShape& image,
                            std::string description);

/// Gives the bank another range than its file declares; the digest stays that of the file.
/// Throws InputError, with the place, when a value is outside of it.
void give_range(PatternBank& bank, const ValueRange& range);

/// Throws InputError, with a hint, for a list: labels are no patterns.
void require_patterns(const PatternBank& bank);

/// Bipolar view of bit rows: +1 / -1, [rows, columns]; and back (values > 0 become +1).
xt::xtensor<std::int8_t, 2> unpack(const BitMatrix& patterns);
BitMatrix pack(const xt::xtensor<std::int8_t, 2>& values);

} // namespace basin
