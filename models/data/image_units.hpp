#pragma once

#include "models/data/images.hpp"

#include <cstddef>

namespace basin {

/// The unit that holds a channel of a pixel; pixels count row by row.
constexpr std::size_t unit_of(const ImageShape& image, std::size_t channel, std::size_t pixel) {
    return image.planar ? channel * image.pixels() + pixel : pixel * image.channels + channel;
}

} // namespace basin
