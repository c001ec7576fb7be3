#include "models/draws/blur.hpp"

#include "models/arithmetic/precisions.hpp"
#include "models/data/image_units.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace basin {

namespace {

/// Place of pixel `at` of a line of `length`, mirrored as often as it takes: b a | a b c | c b.
std::size_t mirrored(std::ptrdiff_t at, std::ptrdiff_t length) {
    const std::ptrdiff_t period = 2 * length;
    const std::ptrdiff_t place = ((at % period) + period) % period;
    return static_cast<std::size_t>(place < length ? place : period - 1 - place);
}

std::vector<double> blurred(std::span<const double> line, std::span<const double> weights) {
    std::vector<double> result(line.size());
    const auto length = static_cast<std::ptrdiff_t>(line.size());
    for (std::ptrdiff_t x = 0; x < length; ++x) {
        double sum = weights[0] * line[static_cast<std::size_t>(x)];
        for (std::ptrdiff_t d = 1; d < std::ssize(weights); ++d)
            sum += weights[static_cast<std::size_t>(d)] *
                   (line[mirrored(x - d, length)] + line[mirrored(x + d, length)]);
        result[static_cast<std::size_t>(x)] = sum;
    }
    return result;
}

} // namespace

std::vector<double> gaussian_weights(double sigma, std::size_t reach) {
    const Arithmetic exact{Float64::format, {}}; // the same bits on every machine
    std::vector<double> weights(reach + 1);
    double sum = 0.0;
    for (std::size_t d = 0; d <= reach; ++d) {
        const double x = static_cast<double>(d) / sigma;
        weights[d] = exact.exponential(-0.5 * x * x);
        sum += d == 0 ? weights[d] : 2 * weights[d];
    }
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

namespace {

template <class Real>
void blur_channels(std::span<Real> state, const ImageShape& image, double sigma) {
    const auto weights = gaussian_weights(sigma, static_cast<std::size_t>(std::ceil(4 * sigma)));
    const std::size_t height = image.height;
    const std::size_t width = image.width;
    std::vector<double> plane(height * width);
    std::vector<double> column(height);
    for (std::size_t channel = 0; channel < image.channels; ++channel) {
        for (std::size_t pixel = 0; pixel < plane.size(); ++pixel)
            plane[pixel] = state[unit_of(image, channel, pixel)];
        for (std::size_t y = 0; y < height; ++y)
            std::ranges::copy(blurred(std::span(plane).subspan(y * width, width), weights),
                              plane.begin() + static_cast<std::ptrdiff_t>(y * width));
        for (std::size_t x = 0; x < width; ++x) {
            for (std::size_t y = 0; y < height; ++y)
                column[y] = plane[y * width + x];
            const std::vector<double> result = blurred(column, weights);
            for (std::size_t y = 0; y < height; ++y)
                plane[y * width + x] = result[y];
        }
        for (std::size_t pixel = 0; pixel < plane.size(); ++pixel)
            state[unit_of(image, channel, pixel)] = static_cast<Real>(plane[pixel]);
    }
}

} // namespace

void blur(std::span<float> state, const ImageShape& image, double sigma) {
    blur_channels(state, image, sigma);
}

void blur(std::span<double> state, const ImageShape& image, double sigma) {
    blur_channels(state, image, sigma);
}

} // namespace basin
