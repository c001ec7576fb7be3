// Structural similarity by hand and against the formula written out (Wang et al. 2004, eq. 13).

#include "models/base/random.hpp"
#include "models/continuous/ssim.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace basin {
namespace {

using Image = std::vector<double>;

constexpr ImageShape grey(std::uint32_t height, std::uint32_t width) {
    return {height, width, 1, true};
}

Image random_image(Stream& stream, std::size_t units) {
    Image image(units);
    for (double& x : image)
        x = stream.uniform();
    return image;
}

struct Window {
    double weight, a, b;
};

double similarity_in(const std::vector<Window>& window, double range) {
    const double c1 = std::pow(0.01 * range, 2);
    const double c2 = std::pow(0.03 * range, 2);
    double weights = 0, ma = 0, mb = 0, va = 0, vb = 0, vab = 0;
    for (const auto& [w, a, b] : window)
        weights += w, ma += w * a, mb += w * b;
    ma /= weights;
    mb /= weights;
    for (const auto& [w, a, b] : window) {
        va += w / weights * (a - ma) * (a - ma);
        vb += w / weights * (b - mb) * (b - mb);
        vab += w / weights * (a - ma) * (b - mb);
    }
    return (2 * ma * mb + c1) * (2 * vab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
}

/// One window after the other, with weights of two dimensions.
double written_out(const Image& a, const Image& b, int height, int width, int reach, double range) {
    double total = 0.0;
    int windows = 0;
    for (int y = reach; y + reach < height; ++y)
        for (int x = reach; x + reach < width; ++x) {
            std::vector<Window> window;
            for (int dy = -reach; dy <= reach; ++dy)
                for (int dx = -reach; dx <= reach; ++dx) {
                    const auto at = static_cast<std::size_t>((y + dy) * width + x + dx);
                    window.push_back(
                        {std::exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5)), a[at], b[at]});
                }
            total += similarity_in(window, range);
            ++windows;
        }
    return total / windows;
}

TEST(StructuralSimilarity, OfAnImageWithItselfIsOne) {
    Stream stream(key_of("itself"), StreamRole::patterns);
    const Image image = random_image(stream, 20 * 17);
    EXPECT_NEAR(structural_similarity(image, image, grey(20, 17), 1.0), 1, 1e-14);
    const Image flat(20 * 17, 0.4);
    EXPECT_NEAR(structural_similarity(flat, flat, grey(20, 17), 1.0), 1, 1e-12);
}

TEST(StructuralSimilarity, OfConstantImagesIsThatOfTheirLuminance) {
    const Image a(144, 0.25);
    const Image b(144, 0.75);
    const double expected = (2 * 0.25 * 0.75 + 1e-4) / (0.0625 + 0.5625 + 1e-4);
    EXPECT_NEAR(structural_similarity(a, b, grey(12, 12), 1.0), expected, 1e-12);
    // Bytes: the constants are of the range.
    const Image c(144, 0.25 * 255);
    const Image d(144, 0.75 * 255);
    EXPECT_NEAR(structural_similarity(c, d, grey(12, 12), 255.0), expected, 1e-12);
}

TEST(StructuralSimilarity, OfOnePixelByHand) {
    // The window is the pixel: no variance, luminance alone.
    const double expected = (2 * 0.5 * 1 + 1e-4) / (0.25 + 1 + 1e-4);
    EXPECT_NEAR(structural_similarity(Image{0.5}, Image{1.0}, grey(1, 1), 1.0), expected, 1e-15);
}

TEST(StructuralSimilarity, OfANegativeIsNegative) {
    Image a;
    Image b;
    for (int i = 0; i < 15 * 15; ++i) {
        a.push_back(i % 2);
        b.push_back(1 - i % 2);
    }
    EXPECT_LT(structural_similarity(a, b, grey(15, 15), 1.0), -0.9);
}

TEST(StructuralSimilarity, IsTheFormula) {
    Stream stream(key_of("formula"), StreamRole::patterns);
    struct SsimCase {
        int height, width, reach;
    };
    // Windows of 11 x 11, or the largest odd ones that fit.
    for (const auto& [height, width, reach] :
         {SsimCase{11, 11, 5}, SsimCase{19, 14, 5}, SsimCase{28, 28, 5}, SsimCase{10, 30, 4},
          SsimCase{6, 5, 2}, SsimCase{2, 9, 0}}) {
        const auto units = static_cast<std::size_t>(height * width);
        const Image a = random_image(stream, units);
        Image b = random_image(stream, units);
        for (std::size_t i = 0; i < units; ++i)
            b[i] = 0.7 * a[i] + 0.3 * b[i];
        const ImageShape shape =
            grey(static_cast<std::uint32_t>(height), static_cast<std::uint32_t>(width));
        const double found = structural_similarity(a, b, shape, 1.0);
        EXPECT_NEAR(found, written_out(a, b, height, width, reach, 1.0), 1e-11)
            << height << " x " << width;
        EXPECT_NEAR(found, structural_similarity(b, a, shape, 1.0), 1e-14) << "symmetric";
    }
}

TEST(StructuralSimilarity, OfColoursIsTheMeanOverChannels) {
    Stream stream(key_of("colours"), StreamRole::patterns);
    constexpr std::size_t pixels = 13 * 12;
    Image planar[2];
    Image interleaved[2] = {Image(3 * pixels), Image(3 * pixels)};
    double mean = 0.0;
    for (auto& image : planar)
        image = random_image(stream, 3 * pixels);
    for (std::size_t c = 0; c < 3; ++c) {
        Image plane[2];
        for (int i = 0; i < 2; ++i)
            for (std::size_t p = 0; p < pixels; ++p) {
                plane[i].push_back(planar[i][c * pixels + p]);
                interleaved[i][3 * p + c] = planar[i][c * pixels + p];
            }
        mean += structural_similarity(plane[0], plane[1], grey(13, 12), 1.0) / 3;
    }
    EXPECT_NEAR(structural_similarity(planar[0], planar[1], {13, 12, 3, true}, 1.0), mean, 1e-14);
    EXPECT_NEAR(structural_similarity(interleaved[0], interleaved[1], {13, 12, 3, false}, 1.0),
                mean, 1e-14);
}

} // namespace
} // namespace basin
