#pragma once
// Patterns as arrays: what files hold before binarisation, and the bipolar view of bit rows.
// The one header of this floor that brings in xtensor.

#include "models/base/bits.hpp"
#include "models/base/key.hpp"
#include "models/data/images.hpp"
#include "models/data/value_range.hpp"

#include <xtensor/xtensor.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace basin {

/// Real-valued patterns as read from a file.
struct PatternBank {
    /// [count, dimension], rounded to float32; images are flattened as `image` says
    xt::xtensor<float, 2> values;
    std::string description; ///< file, shape and element type, for provenance
    Key digest;              ///< of what the file says: shape, values, their range
    ImageShape image;        ///< of each pattern, where the format tells
    ValueRange extent;       ///< least and largest value of the whole file
    ValueRange range;        ///< what values may be; never empty
    RangeBasis basis = RangeBasis::whole_file; ///< what says the range
    bool is_list = false; ///< the file's array has one axis: a number each, such as labels
    /// The same numbers in float64, where float32 does not hold all of them; else empty.
    xt::xtensor<double, 2> doubles{};

    bool is_rounded() const { return doubles.size() > 0; } ///< whether `values` are
};

/// Units of this bank's patterns with their channels in this form.
std::uint32_t dimension_of(const PatternBank& bank, Choice<ChannelForms> channels);

/// Where in a bank of this dimension a value is, in words: errors of all readers name it so.
std::string place_of(std::size_t value, std::size_t dimension);

/// The digest of a bank's shape and values, as the file has them, and of the range that it
/// declares.
Key bank_digest(const xt::xtensor<float, 2>& values, const ValueRange& range);
Key bank_digest(const xt::xtensor<double, 2>& values, const ValueRange& range);

/// Numbers of a file as they come. Those of float64 are kept from the first on that float32 does
/// not hold.
struct BankNumbers {
    BankNumbers(std::size_t count, std::size_t dimension);
    void put(std::size_t place, double x); ///< places: row by row
    ValueRange extent() const;             ///< once all are there, one at least

    xt::xtensor<float, 2> values;
    xt::xtensor<double, 2> doubles; ///< as PatternBank::doubles
};

/// The digest of all that results can depend on of a file: its bank's digest and what else the file
/// says. A field that recall or metrics look at belongs in one of the two; a range that was given
/// does not, as points name it.
Key content_digest(const PatternBank& bank);

/// A bank of these values, with its digest. Readers of every file format end here. Where the file
/// declares no range, it is the extent, or of equal values v from v to v + 1.
/// Throws InputError when there is no value, or one is not finite: it could not be binarised
/// honestly.
PatternBank make_bank(xt::xtensor<float, 2> values, std::string description, ImageShape image = {},
                      std::optional<DeclaredRange> declared = {});

/// The same of numbers of float64. Throws InputError also for a pattern that is too large or too
/// small as a whole for squared lengths in float64.
PatternBank bank_of_numbers(BankNumbers numbers, std::string description, ImageShape image = {},
                            std::optional<DeclaredRange> declared = {});
PatternBank bank_of_doubles(const xt::xtensor<double, 2>& values, std::string description,
                            ImageShape image = {}, std::optional<DeclaredRange> declared = {});

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
