#include "analysis/figures/png_image.hpp"
#include "models/files/png_file.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

constexpr ValueRange unit{0.0, 1.0};
using Bytes = std::vector<std::uint8_t>;

/// The image as a PNG reader finds it in the bytes of the picture.
PngImage read_back(const Picture& picture) {
    const tests::TempFolder folder;
    folder.write("picture.png", png_bytes(picture));
    return read_png((folder.path() / "picture.png").string());
}

TEST(PictureOf, MapsTheRangeToBytesAndClips) {
    const std::vector<double> values{-1.0, 0.0, 0.5, 1.0, 7.0, std::nan("")};

    EXPECT_EQ(picture_of(values, {2, 3, 1, true}, unit).pixels, (Bytes{0, 0, 128, 255, 255, 0}));
    EXPECT_EQ(picture_of(values, {2, 3, 1, true}, {-1.0, 1.0}).pixels,
              (Bytes{0, 128, 191, 255, 255, 0}));
}

TEST(PictureOf, PutsTheColoursOfAPixelSideBySide) {
    const std::vector<double> planar{0, 1, 0, 1, 1, 0}; // two reds, two greens, two blues
    const std::vector<double> mixed{0, 0, 1, 1, 1, 0};
    const Bytes pixels{0, 0, 255, 255, 255, 0};

    EXPECT_EQ(picture_of(planar, {1, 2, 3, true}, unit).pixels, pixels);
    EXPECT_EQ(picture_of(mixed, {1, 2, 3, false}, unit).pixels, pixels);
}

TEST(PictureOf, ShrinksLargeImagesToMeansOfBlocks) {
    constexpr std::uint32_t width = 2 * longest_side - 1; // the last block is half a block
    std::vector<double> values(2 * width, 0.0);
    values[0] = values[1] = values[width - 1] = 1.0;

    const Picture picture = picture_of(values, {2, width, 1, true}, unit);

    EXPECT_EQ(picture.height, 1u);
    ASSERT_EQ(picture.width, longest_side);
    EXPECT_EQ(picture.pixels.front(), 128);
    EXPECT_EQ(picture.pixels[1], 0);
    EXPECT_EQ(picture.pixels.back(), 128);
}

TEST(PictureOf, RefusesAnotherNumberOfValues) {
    EXPECT_THROW(picture_of(std::vector<double>(5), {2, 3, 1, true}, unit), std::invalid_argument);
}

TEST(PngBytes, AreReadAsTheyWereMade) {
    const Picture grey{2, 3, 1, {0, 1, 127, 128, 254, 255}};
    const Picture colour{1, 2, 3, {10, 20, 30, 40, 50, 60}};

    EXPECT_EQ(read_back(grey).shape, (ImageShape{2, 3, 1, true}));
    EXPECT_EQ(read_back(grey).values, grey.pixels);
    EXPECT_EQ(read_back(colour).values, (Bytes{10, 40, 20, 50, 30, 60}));
}

TEST(Base64, IsThatOfTheStandard) { // RFC 4648, section 10
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

} // namespace
} // namespace basin
