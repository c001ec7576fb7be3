#include "models/data/images.hpp"

namespace basin {

namespace {

bool is_grey_or_colour(std::uint64_t channels) {
    return channels == 1 || channels == 3;
}

std::size_t units(ChannelsAsStored, const ImageShape&, std::size_t stored) {
    return stored;
}

std::size_t units(ChannelsGrey, const ImageShape& image, std::size_t stored) {
    return image.channels == 3 ? image.pixels() : stored;
}

template <class Real>
std::span<const Real> form(ChannelsAsStored, const ImageShape&, std::span<const Real> values,
                           std::vector<Real>&) {
    return values;
}

template <class Real>
std::span<const Real> form(ChannelsGrey, const ImageShape& image, std::span<const Real> values,
                           std::vector<Real>& scratch) {
    if (image.channels != 3) return values;
    const std::size_t pixels = image.pixels();
    const std::size_t between_pixels = image.planar ? 1 : 3;
    const std::size_t between_channels = image.planar ? pixels : 1;
    scratch.resize(pixels);
    for (std::size_t p = 0; p < pixels; ++p) {
        const Real* pixel = values.data() + p * between_pixels;
        const double red = pixel[0];
        const double green = pixel[between_channels];
        const double blue = pixel[2 * between_channels];
        scratch[p] = static_cast<Real>(0.299 * red + 0.587 * green + 0.114 * blue);
    }
    return scratch;
}

} // namespace

ImageShape image_shape(std::span<const std::uint64_t> axes) {
    const auto length = [&](std::size_t axis) { return static_cast<std::uint32_t>(axes[axis]); };
    if (axes.size() == 3) return {length(1), length(2), 1, true};
    if (axes.size() != 4) return {};
    if (is_grey_or_colour(axes[3])) return {length(1), length(2), length(3), false};
    if (is_grey_or_colour(axes[1])) return {length(2), length(3), length(1), true};
    return {};
}

std::size_t units_of(Choice<ChannelForms> channels, const ImageShape& image, std::size_t stored) {
    return channels.visit([&](auto entry) { return units(entry, image, stored); });
}

ImageShape image_in_form(Choice<ChannelForms> channels, const ImageShape& image) {
    if (!channels.is<ChannelsGrey>() || image.channels != 3) return image;
    return {image.height, image.width, 1, true};
}

std::span<const float> in_form(Choice<ChannelForms> channels, const ImageShape& image,
                               std::span<const float> values, std::vector<float>& scratch) {
    return channels.visit([&](auto entry) { return form(entry, image, values, scratch); });
}

std::span<const double> in_form(Choice<ChannelForms> channels, const ImageShape& image,
                                std::span<const double> values, std::vector<double>& scratch) {
    return channels.visit([&](auto entry) { return form(entry, image, values, scratch); });
}

} // namespace basin
