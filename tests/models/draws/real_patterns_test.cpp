// What the sources of real vectors draw. Tolerance of shares: support/shares.hpp; of moments 5
// standard errors.

#include "models/base/errors.hpp"
#include "models/continuous/nearest.hpp"
#include "models/draws/real_patterns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "support/real_scenes.hpp"
#include "support/shares.hpp"

namespace basin {
namespace {

using namespace tests;

PatternSpec spec_of(std::string_view source, std::uint32_t dimension, std::uint32_t count) {
    PatternSpec spec;
    spec.source = Choice<PatternSources>::named(source).value();
    spec.dimension = dimension;
    spec.pattern_count = count;
    spec.correlation = 0.6;
    spec.group_count = 3;
    spec.key = key_of("real patterns");
    return spec;
}

double product(const RealMatrix& matrix, std::size_t a, std::size_t b) {
    return std::inner_product(matrix.row(a).begin(), matrix.row(a).end(), matrix.row(b).begin(),
                              0.0);
}

/// Mean of x^power over all units.
double moment(const RealMatrix& matrix, int power) {
    double sum = 0.0;
    for (const float x : matrix.values)
        sum += std::pow(double{x}, power);
    return sum / static_cast<double>(matrix.values.size());
}

class RealSourceOf : public testing::TestWithParam<std::string_view> {};

TEST_P(RealSourceOf, DrawsAFunctionOfTheKeyThatDoesNotDependOnHowManyAreDrawn) {
    PatternSpec spec = spec_of(GetParam(), 40, 20);
    ASSERT_TRUE(is_real(spec));
    const RealPatterns many = draw_real_patterns(spec, nullptr);
    EXPECT_EQ(many.memories.rows, 20U);
    EXPECT_EQ(many.memories.columns, 40U);
    EXPECT_EQ(many.image, ImageShape{});
    EXPECT_EQ(draw_real_patterns(spec, nullptr).memories.values, many.memories.values);
    EXPECT_EQ(count_duplicates(many.memories), 0U);

    spec.pattern_count = 7;
    const RealPatterns few = draw_real_patterns(spec, nullptr);
    for (std::size_t mu = 0; mu < 7; ++mu)
        EXPECT_TRUE(std::ranges::equal(few.memories.row(mu), many.memories.row(mu)));

    spec.key = key_of("another key");
    const bool is_random = GetParam() != "orthonormal" && GetParam() != "clusters";
    EXPECT_EQ(draw_real_patterns(spec, nullptr).memories.values != few.memories.values, is_random);
}

INSTANTIATE_TEST_SUITE_P(Sources, RealSourceOf,
                         testing::Values("gaussian", "uniform", "sphere", "orthonormal", "clusters",
                                         "brightness"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(RealSource, Gaussian) {
    const RealMatrix drawn = draw_real_patterns(spec_of("gaussian", 400, 500), nullptr).memories;
    const double error = 5 / std::sqrt(200000.0);
    EXPECT_NEAR(moment(drawn, 1), 0, error);
    EXPECT_NEAR(moment(drawn, 2), 1, std::sqrt(2.0) * error);
    EXPECT_NEAR(moment(drawn, 4), 3, std::sqrt(96.0) * error);
    EXPECT_NEAR(product(drawn, 0, 1) / std::sqrt(400.0), 0, 5); // rows are independent
}

TEST(RealSource, Uniform) {
    const RealPatterns drawn = draw_real_patterns(spec_of("uniform", 400, 500), nullptr);
    const auto [low, high] = std::ranges::minmax(drawn.memories.values);
    EXPECT_GE(low, 0.0F);
    EXPECT_LT(high, 1.0F);
    const double error = 5 / std::sqrt(200000.0);
    EXPECT_NEAR(moment(drawn.memories, 1), 0.5, error * std::sqrt(1.0 / 12));
    EXPECT_NEAR(moment(drawn.memories, 2), 1.0 / 3, error * std::sqrt(4.0 / 45));
    EXPECT_EQ(drawn.range.low, 0.0);
    EXPECT_EQ(drawn.range.high, 1.0);
}

TEST(RealSource, Sphere) {
    const RealPatterns drawn = draw_real_patterns(spec_of("sphere", 25, 4000), nullptr);
    for (std::size_t mu = 0; mu < drawn.memories.rows; ++mu)
        EXPECT_NEAR(length(drawn.memories.row(mu)), 1, 1e-6);
    // Units of variance 1 / N and, as on no cube, of fourth moment 3 / (N (N + 2)).
    EXPECT_NEAR(moment(drawn.memories, 1), 0, 5 * std::sqrt(1.0 / 25 / 100000));
    EXPECT_NEAR(moment(drawn.memories, 2), 1.0 / 25, 1e-7);
    EXPECT_NEAR(moment(drawn.memories, 4), 3.0 / (25 * 27), 1e-4);
}

TEST(RealSource, Orthonormal) {
    const RealMatrix drawn = draw_real_patterns(spec_of("orthonormal", 7, 7), nullptr).memories;
    for (std::size_t a = 0; a < 7; ++a)
        for (std::size_t b = 0; b < 7; ++b)
            EXPECT_EQ(product(drawn, a, b), a == b ? 1.0 : 0.0);
    EXPECT_THROW(draw_real_patterns(spec_of("orthonormal", 6, 7), nullptr), InputError);
}

TEST(RealSource, Clusters) {
    const RealMatrix drawn = draw_real_patterns(spec_of("clusters", 15, 12), nullptr).memories;
    for (std::size_t a = 0; a < 12; ++a)
        for (std::size_t b = 0; b < 12; ++b)
            EXPECT_NEAR(product(drawn, a, b),
                        a == b           ? 1.0
                        : a % 3 == b % 3 ? 0.6
                                         : 0.0,
                        1e-6)
                << a << ", " << b;
    EXPECT_THROW(draw_real_patterns(spec_of("clusters", 14, 12), nullptr), InputError);
}

TEST(RealSource, Brightness) {
    PatternSpec spec = spec_of("brightness", 900, 400);
    const RealPatterns drawn = draw_real_patterns(spec, nullptr);
    const auto [low, high] = std::ranges::minmax(drawn.memories.values);
    EXPECT_EQ(low, 0.0F); // some are cut off
    EXPECT_EQ(high, 1.0F);
    EXPECT_EQ(drawn.range.low, 0.0);
    EXPECT_EQ(drawn.range.high, 1.0);

    spec.contrast = 0.0; // then an image is its mean: uniform in 0.2 ... 0.8
    const RealMatrix flat = draw_real_patterns(spec, nullptr).memories;
    std::vector<float> means;
    for (std::size_t mu = 0; mu < flat.rows; ++mu) {
        means.push_back(flat.row(mu)[0]);
        for (const float x : flat.row(mu))
            ASSERT_EQ(x, means.back());
    }
    EXPECT_GE(std::ranges::min(means), 0.2F);
    EXPECT_LE(std::ranges::max(means), 0.8F);
    expect_share(
        static_cast<std::size_t>(std::ranges::count_if(means, [](float m) { return m < 0.35F; })),
        means.size(), 0.25);

    spec.contrast = 0.05; // none is cut off: a normal of this width about the mean
    spec.brightness_spread = 0.0;
    const RealMatrix narrow = draw_real_patterns(spec, nullptr).memories;
    EXPECT_NEAR(moment(narrow, 1), 0.5, 5 * 0.05 / 600);
    EXPECT_NEAR(moment(narrow, 2), 0.25 + 0.0025, 5 * 0.05 / 600);
}

// Files -------------------------------------------------------------------------------------------

PatternSpec file_spec(std::uint32_t count, std::string_view range) {
    PatternSpec spec = spec_of("npy", 0, count);
    spec.binarize = Choice<Binarizations>::of<BinarizeNone>();
    spec.pixel_range = Choice<PixelRanges>::named(range).value();
    return spec;
}

/// 10 images of 2 x 2 pixels in colours; units of pattern mu are 12 mu ... 12 mu + 11.
PatternBank byte_bank(bool planar) {
    std::vector<std::uint8_t> bytes(120);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    PatternBank bank = make_image_bank(bytes, {2, 2, 3, planar}, "bytes");
    EXPECT_EQ(bank.range, (ValueRange{0.0, 255.0}));
    return bank;
}

TEST(RealFile, RowsAreThoseThatBipolarPatternsTake) {
    const PatternBank bank = byte_bank(true);
    const PatternSpec spec = file_spec(6, "byte");
    const RealPatterns drawn = draw_real_patterns(spec, &bank);
    const auto rows = chosen_rows(spec, &bank);
    EXPECT_EQ(std::set<std::uint32_t>(rows.begin(), rows.end()).size(), 6U);
    for (std::size_t mu = 0; mu < 6; ++mu)
        for (std::size_t i = 0; i < 12; ++i)
            EXPECT_EQ(drawn.memories.row(mu)[i], static_cast<float>(12 * rows[mu] + i));
    EXPECT_EQ(drawn.image, bank.image);
    EXPECT_EQ(drawn.range.high, 255.0);
}

TEST(RealFile, PixelRangesAreUnits) {
    const PatternBank bank = byte_bank(false);
    const RealPatterns byte = draw_real_patterns(file_spec(10, "byte"), &bank);
    const RealPatterns unit = draw_real_patterns(file_spec(10, "unit"), &bank);
    const RealPatterns stored = draw_real_patterns(file_spec(10, "as_stored"), &bank);
    EXPECT_EQ(unit.range.high, 1.0);
    EXPECT_EQ(stored.range.high, 255.0);
    EXPECT_EQ(stored.memories.values, byte.memories.values);
    for (std::size_t i = 0; i < byte.memories.values.size(); ++i)
        EXPECT_EQ(unit.memories.values[i],
                  static_cast<float>(double{byte.memories.values[i]} / 255.0));
}

TEST(RealFile, NumbersWithoutADeclaredRangeHaveThatOfTheWholeFile) {
    PatternBank bank = make_bank(xt::xtensor<float, 2>{{-3.0F, 2.0F}, {5.0F, 0.5F}}, "floats");
    const RealPatterns drawn = draw_real_patterns(file_spec(2, "as_stored"), &bank);
    EXPECT_EQ(drawn.range.low, -3.0);
    EXPECT_EQ(drawn.range.high, 5.0);
    // One memory alone: the other's numbers count too, or draws would be measured in many units.
    EXPECT_EQ(draw_real_patterns(file_spec(1, "as_stored"), &bank).range, drawn.range);
    EXPECT_THROW(draw_real_patterns(file_spec(2, "unit"), &bank), InputError);
    EXPECT_THROW(draw_real_patterns(file_spec(2, "byte"), &bank), InputError);
    EXPECT_THROW(draw_real_patterns(file_spec(3, "as_stored"), &bank), InputError);

    PatternBank flat = make_bank(xt::xtensor<float, 2>{{2.0F, 2.0F}}, "constant");
    EXPECT_EQ(draw_real_patterns(file_spec(1, "as_stored"), &flat).range.width(), 1.0);
}

TEST(RealFile, PixelRangesStretchTheDeclaredRange) {
    const PatternBank bank = make_bank(xt::xtensor<float, 2>{{-1.0F, 0.0F}, {1.0F, 0.5F}}, "floats",
                                       {}, DeclaredRange{{-1.0, 1.0}, RangeBasis::attributes});
    RealPatterns unit = draw_real_patterns(file_spec(2, "unit"), &bank);
    EXPECT_EQ(unit.range, (ValueRange{0.0, 1.0}));
    std::ranges::sort(unit.memories.values);
    EXPECT_EQ(unit.memories.values, (std::vector<float>{0.0F, 0.5F, 0.75F, 1.0F}));
    EXPECT_EQ(draw_real_patterns(file_spec(2, "as_stored"), &bank).range, bank.range);
}

TEST(RealFile, ColoursBecomeGrey) {
    const PatternBank bank = byte_bank(true);
    PatternSpec spec = file_spec(10, "unit");
    spec.channels = Choice<ChannelForms>::of<ChannelsGrey>();
    const RealPatterns drawn = draw_real_patterns(spec, &bank);
    EXPECT_EQ(drawn.memories.columns, 4U);
    EXPECT_EQ(drawn.image, (ImageShape{2, 2, 1, true}));
    const auto row = chosen_rows(spec, &bank)[0];
    for (std::size_t i = 0; i < 4; ++i) {
        const double red = 12.0 * row + static_cast<double>(i); // green is 4 more, blue 8
        EXPECT_NEAR(drawn.memories.row(0)[i], (red + 0.587 * 4 + 0.114 * 8) / 255, 1e-7);
    }
}

TEST(RealPatterns, OfBits) {
    BitMatrix bits(2, 3);
    set_bit(bits.row(0), 1, true);
    const RealPatterns real = real_patterns(bits);
    EXPECT_EQ(real.memories.values, (std::vector<float>{-1, 1, -1, -1, -1, -1}));
    EXPECT_EQ(real.range.low, -1.0);
    EXPECT_EQ(real.range.high, 1.0);
}

TEST(RealPatterns, DuplicatesAreCounted) {
    EXPECT_EQ(count_duplicates(matrix_of({{1, 2}, {3, 4}, {1, 2}, {1, 2}, {3, 4}, {2, 1}})), 3U);
    EXPECT_EQ(count_duplicates(matrix_of({{1, 2}})), 0U);
}

} // namespace
} // namespace basin
