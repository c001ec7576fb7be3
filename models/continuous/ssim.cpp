#include "models/continuous/ssim.hpp"

#include "models/data/image_units.hpp"
#include "models/draws/blur.hpp"

#include <algorithm>
#include <vector>

namespace basin {

namespace {

constexpr double sigma = 1.5;
constexpr std::size_t most_reach = 5;

/// [height, width]
struct Plane {
    std::size_t height;
    std::size_t width;
    std::vector<double> values;
};

/// Weighted means over windows that fit, first along the rows, then along the columns.
Plane means(const Plane& plane, std::span<const double> weights) {
    const std::size_t reach = weights.size() - 1;
    const auto weight = [&](std::size_t place) {
        return weights[place > reach ? place - reach : reach - place];
    };
    Plane along{plane.height, plane.width - 2 * reach, {}};
    for (std::size_t y = 0; y < along.height; ++y)
        for (std::size_t x = 0; x < along.width; ++x) {
            double sum = 0.0;
            for (std::size_t d = 0; d <= 2 * reach; ++d)
                sum += weight(d) * plane.values[y * plane.width + x + d];
            along.values.push_back(sum);
        }
    Plane result{plane.height - 2 * reach, along.width, {}};
    for (std::size_t y = 0; y < result.height; ++y)
        for (std::size_t x = 0; x < result.width; ++x) {
            double sum = 0.0;
            for (std::size_t d = 0; d <= 2 * reach; ++d)
                sum += weight(d) * along.values[(y + d) * along.width + x];
            result.values.push_back(sum);
        }
    return result;
}

} // namespace

double structural_similarity(std::span<const double> a, std::span<const double> b,
                             const ImageShape& image, double range) {
    const double c1 = 0.01 * range * 0.01 * range;
    const double c2 = 0.03 * range * 0.03 * range;
    const std::size_t side = std::min(image.height, image.width);
    const auto weights = gaussian_weights(sigma, std::min(most_reach, (side - 1) / 2));
    double total = 0.0;
    std::size_t windows = 0;
    for (std::size_t channel = 0; channel < image.channels; ++channel) {
        std::vector<double> x;
        std::vector<double> y;
        for (std::size_t pixel = 0; pixel < image.pixels(); ++pixel) {
            x.push_back(a[unit_of(image, channel, pixel)]);
            y.push_back(b[unit_of(image, channel, pixel)]);
        }
        const auto mean_of = [&](const std::vector<double>& u, const std::vector<double>& v) {
            Plane plane{image.height, image.width, u};
            for (std::size_t pixel = 0; pixel < v.size(); ++pixel)
                plane.values[pixel] *= v[pixel];
            return means(plane, weights).values;
        };
        const std::vector<double> mx = mean_of(x, {});
        const std::vector<double> my = mean_of(y, {});
        const std::vector<double> xx = mean_of(x, x);
        const std::vector<double> yy = mean_of(y, y);
        const std::vector<double> xy = mean_of(x, y);
        for (std::size_t w = 0; w < mx.size(); ++w) {
            const double luminance =
                (2 * mx[w] * my[w] + c1) / (mx[w] * mx[w] + my[w] * my[w] + c1);
            const double structure = (2 * (xy[w] - mx[w] * my[w]) + c2) /
                                     (xx[w] - mx[w] * mx[w] + yy[w] - my[w] * my[w] + c2);
            total += luminance * structure;
        }
        windows += mx.size();
    }
    return total / static_cast<double>(windows);
}

} // namespace basin
