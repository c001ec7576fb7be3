#pragma once
// PNG files made by libpng's writer.

#include <cstdint>
#include <png.h>
#include <string>
#include <utility>
#include <vector>

namespace basin::tests {

/// What a PNG file is made of: rows as they go to the file, before compression.
struct PngSource {
    std::uint32_t height = 1;
    std::uint32_t width = 1;
    int colour_type = PNG_COLOR_TYPE_GRAY;
    int bit_depth = 8;
    std::string rows; ///< all of one length
    std::vector<png_color> palette;
    std::string palette_alpha; ///< of its first entries
    bool interlaced = false;   ///< the rows still are those of the whole image
    double gamma = 0;          ///< 0: none is written
    int clear_grey = -1;       ///< the grey that is transparent; -1: none
};

inline std::string png_bytes(PngSource source) {
    std::string bytes;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png, &bytes,
        [](png_structp to, png_bytep part, std::size_t count) {
            const auto* text = reinterpret_cast<const char*>(part);
            static_cast<std::string*>(png_get_io_ptr(to))->append(text, count);
        },
        nullptr);
    png_set_IHDR(png, info, source.width, source.height, source.bit_depth, source.colour_type,
                 source.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!source.palette.empty())
        png_set_PLTE(png, info, source.palette.data(), static_cast<int>(source.palette.size()));
    if (!source.palette_alpha.empty())
        png_set_tRNS(png, info, reinterpret_cast<png_bytep>(source.palette_alpha.data()),
                     static_cast<int>(source.palette_alpha.size()), nullptr);
    if (source.clear_grey >= 0) {
        png_color_16 clear{};
        clear.gray = static_cast<png_uint_16>(source.clear_grey);
        png_set_tRNS(png, info, nullptr, 0, &clear);
    }
    if (source.gamma != 0) png_set_gAMA(png, info, source.gamma);
    std::vector<png_bytep> rows;
    for (std::size_t r = 0; r < source.height; ++r)
        rows.push_back(reinterpret_cast<png_bytep>(source.rows.data()) +
                       r * (source.rows.size() / source.height));
    png_write_info(png, info);
    png_write_image(png, rows.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return bytes;
}

inline std::string grey_png(std::uint32_t height, std::uint32_t width, std::string pixels) {
    PngSource source;
    source.height = height;
    source.width = width;
    source.rows = std::move(pixels);
    return png_bytes(std::move(source));
}

/// Pixels: red, green, blue of the first, then of the next.
inline std::string rgb_png(std::uint32_t height, std::uint32_t width, std::string pixels) {
    PngSource source;
    source.height = height;
    source.width = width;
    source.colour_type = PNG_COLOR_TYPE_RGB;
    source.rows = std::move(pixels);
    return png_bytes(std::move(source));
}

} // namespace basin::tests
