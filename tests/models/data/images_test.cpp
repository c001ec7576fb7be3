// Layouts of images, and colours made grey: against the formula, computed here by hand.

#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"
#include "models/data/images.hpp"
#include "models/draws/patterns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace basin {
namespace {

constexpr auto as_stored = Choice<ChannelForms>::of<ChannelsAsStored>();
constexpr auto grey_channels = Choice<ChannelForms>::of<ChannelsGrey>();
constexpr bool planar = true;
constexpr bool interleaved = false;

ImageShape shape_of(std::vector<std::uint64_t> axes) {
    return image_shape(axes);
}

TEST(ImageShape, FollowsFromTheAxes) {
    const ImageShape none;

    EXPECT_EQ(shape_of({7}), none);
    EXPECT_EQ(shape_of({7, 100}), none);
    EXPECT_EQ(shape_of({7, 5, 4}), (ImageShape{5, 4, 1, planar}));
    EXPECT_EQ(shape_of({7, 5, 4, 3}), (ImageShape{5, 4, 3, interleaved}));
    EXPECT_EQ(shape_of({7, 5, 4, 1}), (ImageShape{5, 4, 1, interleaved}));
    EXPECT_EQ(shape_of({7, 3, 5, 4}), (ImageShape{5, 4, 3, planar}));
    EXPECT_EQ(shape_of({7, 1, 5, 4}), (ImageShape{5, 4, 1, planar}));
    EXPECT_EQ(shape_of({7, 3, 5, 3}), (ImageShape{3, 5, 3, interleaved})); // last axis first
    EXPECT_EQ(shape_of({7, 5, 4, 2}), none);
    EXPECT_EQ(shape_of({7, 5, 4, 3, 1}), none);
}

std::vector<float> formed(Choice<ChannelForms> channels, const ImageShape& image,
                          const std::vector<float>& values) {
    std::vector<float> scratch{99, 99, 99, 99, 99, 99, 99, 99}; // of an earlier pattern
    const auto result = in_form(channels, image, values, scratch);
    EXPECT_EQ(result.size(), units_of(channels, image, values.size()));
    return {result.begin(), result.end()};
}

TEST(Grey, IsTheLumaOfBt601) {
    const ImageShape image{1, 4, 3, planar};
    const std::vector<float> values{255, 0,   0,   10,  // red
                                    0,   255, 0,   20,  // green
                                    0,   0,   255, 30}; // blue

    const std::vector<float> expected{76.245F, 149.685F, 29.07F, 18.15F};

    EXPECT_EQ(formed(grey_channels, image, values), expected);
}

TEST(Grey, IsTheSameForBothOrdersOfTheValues) {
    const std::vector<float> planes{1,   2,   3,   4, 5, 6,  70, 80, 90,
                                    100, 110, 120, 7, 9, 11, 13, 15, 17};
    std::vector<float> pixels;
    for (std::size_t p = 0; p < 6; ++p)
        for (std::size_t c = 0; c < 3; ++c)
            pixels.push_back(planes[c * 6 + p]);

    const std::vector<float> luma = formed(grey_channels, {2, 3, 3, planar}, planes);

    EXPECT_EQ(luma.size(), 6U);
    EXPECT_EQ(luma[5], 74.172F); // 0.299 * 6 + 0.587 * 120 + 0.114 * 17
    EXPECT_EQ(formed(grey_channels, {2, 3, 3, interleaved}, pixels), luma);
}

TEST(Grey, OfAGreyColourIsItself) {
    for (int level = 0; level < 256; ++level) {
        const auto value = static_cast<float>(level);
        EXPECT_EQ(formed(grey_channels, {1, 1, 3, planar}, {value, value, value}),
                  std::vector<float>{value});
    }
}

TEST(Grey, LeavesWhatHasNoColoursAsItIs) {
    const std::vector<float> values{1, 2, 3, 4, 5, 6};

    EXPECT_EQ(formed(grey_channels, {}, values), values);
    EXPECT_EQ(formed(grey_channels, {2, 3, 1, planar}, values), values);
    EXPECT_EQ(formed(as_stored, {1, 2, 3, planar}, values), values);
}

// Drawn patterns ----------------------------------------------------------------------------------

PatternSpec spec_of(Choice<ChannelForms> channels, std::uint32_t dimension) {
    PatternSpec spec;
    spec.source = Choice<PatternSources>::of<Cifar10Source>();
    spec.pattern_count = 1;
    spec.dimension = dimension;
    spec.channels = channels;
    spec.binarize = Choice<Binarizations>::of<BinarizeMean>();
    spec.key = key_of("a scene");
    return spec;
}

/// One image of two pixels: a bright blue and a dim green one, whose luma is larger.
PatternBank two_pixels() {
    const std::array<std::uint8_t, 6> planes{0, 0, 0, 120, 255, 0};
    return make_image_bank(planes, {1, 2, 3, planar}, "two pixels");
}

TEST(DrawnImages, AreBinarizedAfterTheirChannels) {
    const PatternBank bank = two_pixels();

    const BitMatrix stored = draw_patterns(spec_of(as_stored, 0), &bank);
    const BitMatrix luma = draw_patterns(spec_of(grey_channels, 0), &bank);

    EXPECT_EQ(stored.columns, 6U);
    EXPECT_EQ(stored.words, std::vector<Word>{0b011000}); // mean 62.5
    EXPECT_EQ(luma.columns, 2U);
    EXPECT_EQ(luma.words, std::vector<Word>{0b10}); // 29.07 and 70.44
}

TEST(DrawnImages, HaveTheDimensionOfTheirForm) {
    const PatternBank bank = two_pixels();

    EXPECT_EQ(dimension_of(bank, as_stored), 6U);
    EXPECT_EQ(dimension_of(bank, grey_channels), 2U);
    EXPECT_EQ(draw_patterns(spec_of(grey_channels, 2), &bank).columns, 2U);
    EXPECT_THROW(draw_patterns(spec_of(grey_channels, 6), &bank), InputError);
}

} // namespace
} // namespace basin
