#pragma once
// One PNG image, by libpng.

#include "models/data/images.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// The pixels of an image as their file holds them: no gamma, profile or background is applied.
struct PngImage {
    ImageShape shape; ///< of 1 or 3 channels, planar
    std::vector<std::uint8_t> values;
};

/// Reads a PNG image. Palettes become RGB, grey of fewer than 8 bits is spread over 0 to 255, 16
/// bits are scaled to 8 (v * 255 / 65535, rounded to nearest). An alpha channel, or a transparent
/// colour, must leave every pixel opaque. Throws InputError naming the file: cannot be opened, no
/// PNG, truncated or damaged, a pixel that is not opaque, more than 10^6 pixels along a side or
/// 2^31 - 1 values, or more pixels than its bytes could give.
PngImage read_png(const std::string& path);

} // namespace basin
