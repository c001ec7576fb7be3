#include "analysis/figures/png_image.hpp"

#include "models/data/image_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <png.h>
#include <stdexcept>

namespace basin {
namespace {

std::uint8_t byte_of(double value, const ValueRange& range) {
    const double share = (value - range.low) / range.width();
    if (std::isnan(share)) return 0;
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
}

} // namespace

Picture picture_of(std::span<const double> values, const ImageShape& image,
                   const ValueRange& range) {
    if (values.size() != image.pixels() * image.channels)
        throw std::invalid_argument(fmt::format("picture_of: {} values for {} x {} x {} pixels",
                                                values.size(), image.height, image.width,
                                                image.channels));
    const std::uint32_t block =
        (std::max(image.height, image.width) + longest_side - 1) / longest_side;
    Picture picture{
        (image.height + block - 1) / block, (image.width + block - 1) / block, image.channels, {}};
    for (std::uint32_t y = 0; y < image.height; y += block)
        for (std::uint32_t x = 0; x < image.width; x += block)
            for (std::uint32_t c = 0; c < image.channels; ++c) {
                const std::uint32_t bottom = std::min(y + block, image.height);
                const std::uint32_t right = std::min(x + block, image.width);
                double sum = 0.0;
                for (std::size_t row = y; row < bottom; ++row)
                    for (std::size_t column = x; column < right; ++column)
                        sum += values[unit_of(image, c, row * image.width + column)];
                picture.pixels.push_back(
                    byte_of(sum / static_cast<double>((bottom - y) * (right - x)), range));
            }
    return picture;
}

std::string png_bytes(const Picture& picture) {
    // libpng's simplified interface: errors are return values, no longjmp.
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    header.width = picture.width;
    header.height = picture.height;
    header.format = picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    const auto write = [&](void* memory, png_alloc_size_t& size) {
        if (png_image_write_to_memory(&header, memory, &size, 0, picture.pixels.data(), 0,
                                      nullptr) == 0)
            throw std::runtime_error(fmt::format("a picture of {} x {} pixels cannot be written: "
                                                 "{}",
                                                 picture.height, picture.width,
                                                 std::string_view(header.message)));
    };
    png_alloc_size_t size = 0;
    write(nullptr, size);
    std::string bytes(size, '\0');
    write(bytes.data(), size);
    bytes.resize(size);
    return bytes;
}

std::string data_uri(const Picture& picture) {
    return "data:image/png;base64," + base64(png_bytes(picture));
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0; // three bytes, zeros where there are no more
        for (std::size_t i = at; i < at + 3; ++i)
            group = group << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += at + i > bytes.size() ? '=' : digits[group >> (18 - 6 * i) & 63U];
    }
    return text;
}

} // namespace basin
