// Gaussian blur against its formula written out.

#include "models/base/random.hpp"
#include "models/draws/blur.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace basin {
namespace {

TEST(GaussianWeights, AreThoseOfTheFormula) {
    const auto weights = gaussian_weights(1.5, 5);
    ASSERT_EQ(weights.size(), 6U);
    double sum = 0.0;
    for (int d = -5; d <= 5; ++d)
        sum += std::exp(-d * d / (2 * 1.5 * 1.5));
    for (std::size_t d = 0; d <= 5; ++d)
        EXPECT_NEAR(weights[d], std::exp(-static_cast<double>(d * d) / 4.5) / sum, 1e-16);
    EXPECT_EQ(gaussian_weights(2.0, 0), std::vector<double>{1.0});
}

/// Place `at` of a line mirrored at its borders, the border pixel twice, by walking.
int mirrored(int at, int length) {
    while (at < 0 || at >= length)
        at = at < 0 ? -1 - at : 2 * length - 1 - at;
    return at;
}

double blurred_at(const std::vector<float>& image, int height, int width, int y, int x,
                  double sigma) {
    const int reach = static_cast<int>(std::ceil(4 * sigma));
    double sum = 0.0;
    double weights = 0.0;
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            const double w = std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
            const int at = mirrored(y + dy, height) * width + mirrored(x + dx, width);
            sum += w * static_cast<double>(image[static_cast<std::size_t>(at)]);
            weights += w;
        }
    return sum / weights;
}

TEST(Blur, IsTheFormula) {
    Stream stream(key_of("blur"), StreamRole::patterns);
    for (const double sigma : {0.3, 1.0, 3.7})
        for (const auto& [height, width] : {std::pair{9, 12}, {1, 7}, {2, 2}, {1, 1}}) {
            std::vector<float> image(static_cast<std::size_t>(height * width));
            for (float& x : image)
                x = static_cast<float>(stream.uniform());
            std::vector<float> state = image;
            blur(state,
                 {static_cast<std::uint32_t>(height), static_cast<std::uint32_t>(width), 1, true},
                 sigma);
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                    EXPECT_NEAR(state[static_cast<std::size_t>(y * width + x)],
                                blurred_at(image, height, width, y, x, sigma), 1e-7)
                        << height << " x " << width << " sigma " << sigma;
        }
}

TEST(Blur, KeepsConstantImages) {
    std::vector<float> state(30, 0.75F);
    blur(state, {5, 6, 1, true}, 2.0);
    for (const float x : state)
        EXPECT_EQ(x, 0.75F);
}

TEST(Blur, TreatsEachChannelByItself) {
    Stream stream(key_of("channels"), StreamRole::patterns);
    constexpr std::size_t pixels = 4 * 5;
    std::vector<float> planar(3 * pixels);
    for (float& x : planar)
        x = static_cast<float>(stream.uniform());
    std::vector<float> interleaved(3 * pixels);
    std::vector<float> grey[3];
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t p = 0; p < pixels; ++p) {
            interleaved[3 * p + c] = planar[c * pixels + p];
            grey[c].push_back(planar[c * pixels + p]);
        }
    blur(planar, {4, 5, 3, true}, 1.0);
    blur(interleaved, {4, 5, 3, false}, 1.0);
    for (std::size_t c = 0; c < 3; ++c) {
        blur(grey[c], {4, 5, 1, true}, 1.0);
        for (std::size_t p = 0; p < pixels; ++p) {
            EXPECT_EQ(planar[c * pixels + p], grey[c][p]);
            EXPECT_EQ(interleaved[3 * p + c], grey[c][p]);
        }
    }
}

} // namespace
} // namespace basin
