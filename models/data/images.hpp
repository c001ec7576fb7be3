#pragma once
// Patterns that are images: their layout, and their colours made grey.
// To add a form of the channels: one struct here, its line in ChannelForms and its rules in
// images.cpp.

#include "models/base/catalog.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace basin {

/// How the values of one pattern are an image; all zero: they are none.
struct ImageShape {
    std::uint32_t height = 0;
    std::uint32_t width = 0;
    std::uint32_t channels = 0; ///< 1: grey; 3: red, green, blue
    bool planar = true;         ///< [channel, row, column]; else [row, column, channel]

    constexpr std::size_t pixels() const { return std::size_t{height} * width; }
    bool operator==(const ImageShape&) const = default;
};

/// The images of an array with these axes, the first of which counts patterns:
/// [count, height, width] grey; [count, height, width, 1 or 3] channels last;
/// [count, 1 or 3, height, width] planar, where the last axis is neither 1 nor 3. Other arrays
/// hold none. A pattern has less than 2^31 values, so that lengths fit.
ImageShape image_shape(std::span<const std::uint64_t> axes);

struct ChannelsAsStored {
    static constexpr std::string_view name = "as_stored";
    static constexpr std::string_view help = "every value of the file is a unit";
};

struct ChannelsGrey {
    static constexpr std::string_view name = "grey";
    static constexpr std::string_view help =
        "colour images become their luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), one unit a "
        "pixel; other patterns stay as they are";
};

using ChannelForms = Catalog<ChannelsAsStored, ChannelsGrey>;

/// Units of a pattern of `stored` values in this form.
std::size_t units_of(Choice<ChannelForms> channels, const ImageShape& image, std::size_t stored);

/// The layout of patterns in this form.
ImageShape image_in_form(Choice<ChannelForms> channels, const ImageShape& image);

/// The pattern in this form: `values` themselves or, made in `scratch`, [row, column].
/// The luma is computed in double and rounded once to the format of the values.
std::span<const float> in_form(Choice<ChannelForms> channels, const ImageShape& image,
                               std::span<const float> values, std::vector<float>& scratch);
std::span<const double> in_form(Choice<ChannelForms> channels, const ImageShape& image,
                                std::span<const double> values, std::vector<double>& scratch);

} // namespace basin
