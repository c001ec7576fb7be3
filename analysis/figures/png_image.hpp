#pragma once
// Patterns as pictures inside a page.

#include "models/data/images.hpp"
#include "models/data/real_matrix.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// 8 bits a channel, [row, column, channel].
struct Picture {
    std::uint32_t height = 0;
    std::uint32_t width = 0;
    std::uint32_t channels = 1; ///< 1: grey; 3: red, green, blue
    std::vector<std::uint8_t> pixels;
};

/// Pixels along the longer side of a picture, at most: pages stay small.
inline constexpr std::uint32_t longest_side = 64;

/// The values of an image, the range's low as 0 and its high as 255, others clipped to it and NaN
/// as 0. An image with a side above longest_side shrinks by a whole factor: means of square blocks.
/// Throws std::invalid_argument unless there are as many values as the shape has.
Picture picture_of(std::span<const double> values, const ImageShape& image,
                   const ValueRange& range);

/// The bytes of a PNG file.
std::string png_bytes(const Picture& picture);

/// As the src of an <img>: "data:image/png;base64,...".
std::string data_uri(const Picture& picture);

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

} // namespace basin
