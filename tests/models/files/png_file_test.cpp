// PNG images of every kind against the pixels that libpng's writer was given, and damaged ones.

#include "models/files/png_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "support/png_bytes.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using tests::grey_png;
using tests::png_bytes;
using tests::PngSource;
using tests::refusal_of;
using tests::rgb_png;
using namespace std::string_literals;

class PngFile : public testing::Test {
protected:
    PngImage read(const std::string& bytes) const {
        return read_png(folder_.write("a.png", bytes));
    }
    std::string refusal(const std::string& bytes) const {
        return refusal_of(read_png, folder_.write("a.png", bytes));
    }

    tests::TempFolder folder_;
};

TEST_F(PngFile, OfGreyHoldsItsBytes) {
    const PngImage image = read(grey_png(2, 3, "\0\1\2\xff\x80\x7f"s));

    EXPECT_EQ(image.shape, (ImageShape{2, 3, 1, true}));
    EXPECT_THAT(image.values, ElementsAre(0, 1, 2, 255, 128, 127));
}

TEST_F(PngFile, OfColourBecomesPlanes) {
    const PngImage image = read(rgb_png(1, 2, "RGBrgb"));

    EXPECT_EQ(image.shape, (ImageShape{1, 2, 3, true}));
    EXPECT_THAT(image.values, ElementsAre('R', 'r', 'G', 'g', 'B', 'b'));
}

TEST_F(PngFile, OfAPaletteBecomesColours) {
    PngSource source{1,  4,      PNG_COLOR_TYPE_PALETTE,
                     2,  "\x1b", {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}},
                     "", false,  0};
    const std::vector<std::uint8_t> expected{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12};

    EXPECT_EQ(read(png_bytes(source)).values, expected); // indices 0 1 2 3
}

TEST_F(PngFile, OfFewBitsIsSpread) {
    EXPECT_THAT(read(png_bytes({1, 4, PNG_COLOR_TYPE_GRAY, 1, "\x50", {}, "", false, 0})).values,
                ElementsAre(0, 255, 0, 255));
    EXPECT_THAT(read(png_bytes({1, 4, PNG_COLOR_TYPE_GRAY, 2, "\x1b", {}, "", false, 0})).values,
                ElementsAre(0, 85, 170, 255));
    EXPECT_THAT(read(png_bytes({1, 2, PNG_COLOR_TYPE_GRAY, 4, "\x1f", {}, "", false, 0})).values,
                ElementsAre(17, 255));
}

TEST_F(PngFile, Of16BitsIsRoundedTo8) {
    // v * 255 / 65535 = v / 257: 128 is the last below one half, 129 the first above.
    const std::string rows = "\x00\x80\x00\x81\xff\xff\x12\x34"s;

    EXPECT_THAT(read(png_bytes({1, 4, PNG_COLOR_TYPE_GRAY, 16, rows, {}, "", false, 0})).values,
                ElementsAre(0, 1, 255, 18));
}

TEST_F(PngFile, LosesAnAlphaThatLeavesAllOpaque) {
    EXPECT_THAT(read(png_bytes({1,
                                2,
                                PNG_COLOR_TYPE_GRAY_ALPHA,
                                8,
                                "a\xff"
                                "b\xff"s,
                                {},
                                "",
                                false,
                                0}))
                    .values,
                ElementsAre('a', 'b'));
    EXPECT_THAT(
        read(png_bytes({1, 2, PNG_COLOR_TYPE_RGB_ALPHA, 8, "RGB\xffrgb\xff"s, {}, "", false, 0}))
            .values,
        ElementsAre('R', 'r', 'G', 'g', 'B', 'b'));
}

TEST_F(PngFile, OfTransparentPixelsIsRefusedWithThePlaceAndTheRemedy) {
    const auto refused = [&](int colour_type, const std::string& rows) {
        return refusal(png_bytes({1, 2, colour_type, 8, rows, {}, "", false, 0}));
    };
    EXPECT_THAT(refused(PNG_COLOR_TYPE_GRAY_ALPHA, "a\xff"
                                                   "b\x80"s),
                AllOf(StartsWith((folder_ / "a.png").string()),
                      HasSubstr("row 0, column 1 (counted from 0) has alpha 128 of 255"),
                      HasSubstr("-flatten")));
    EXPECT_THAT(refused(PNG_COLOR_TYPE_RGB_ALPHA, "RGB\0rgb\xff"s),
                HasSubstr("column 0 (counted from 0) has alpha 0"));
    PngSource palette{1,           4,      PNG_COLOR_TYPE_PALETTE,
                      2,           "\x1b", {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}},
                      "\xff\x07"s, false,  0};
    EXPECT_THAT(refusal(png_bytes(palette)), HasSubstr("column 1 (counted from 0) has alpha 7"));
    palette.palette_alpha = "\xff\xff"s;
    EXPECT_EQ(refusal(png_bytes(palette)), "accepted");
}

TEST_F(PngFile, OfAClearColourIsRefusedWhereItOccurs) {
    PngSource grey{1, 4, PNG_COLOR_TYPE_GRAY, 2, "\x1b", {}, "", false, 0};
    grey.clear_grey = 2;
    EXPECT_THAT(refusal(png_bytes(grey)), HasSubstr("column 2 (counted from 0) has alpha 0"));
    grey.rows = "\x05"; // grey 0 0 1 1
    EXPECT_THAT(read(png_bytes(grey)).values, ElementsAre(0, 0, 85, 85));
}

TEST_F(PngFile, MayBeInterlaced) {
    std::string pixels;
    for (int i = 0; i < 9 * 11 * 3; ++i)
        pixels += static_cast<char>(i % 253);
    PngSource source{9, 11, PNG_COLOR_TYPE_RGB, 8, pixels, {}, "", true, 0};

    EXPECT_EQ(read(png_bytes(source)).values, read(rgb_png(9, 11, pixels)).values);
}

TEST_F(PngFile, IsNotChangedByItsGamma) {
    EXPECT_THAT(
        read(png_bytes({1, 3, PNG_COLOR_TYPE_GRAY, 8, "\x10\x80\xf0", {}, "", false, 1.0})).values,
        ElementsAre(0x10, 0x80, 0xf0));
}

// Refusals ----------------------------------------------------------------------------------------

TEST_F(PngFile, CutAnywhereIsRefused) {
    for (const bool interlaced : {false, true}) {
        PngSource source{4,  5,  PNG_COLOR_TYPE_RGB, 8,  std::string(60, 'x'),
                         {}, "", interlaced,         0.5};
        const std::string whole = png_bytes(source);
        ASSERT_EQ(refusal(whole), "accepted");
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_THAT(refusal(whole.substr(0, size)),
                        AllOf(StartsWith((folder_ / "a.png").string()),
                              HasSubstr("cannot be read as a PNG image: ")))
                << size << " bytes";
    }
}

TEST_F(PngFile, WithAnyByteOfItsChunksChangedIsRefusedOrReadAsItWas) {
    const std::string whole = grey_png(4, 5, "abcdefghijklmnopqrst");
    const std::vector<std::uint8_t> pixels = read(whole).values;
    for (std::size_t place = 0; place < whole.size(); ++place) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 0x20);
        const std::string path = folder_.write("a.png", changed);
        if (refusal_of(read_png, path) != "accepted") continue;
        EXPECT_EQ(read_png(path).values, pixels) << "byte " << place;
    }
}

TEST_F(PngFile, OfAnotherFormatIsRefused) {
    EXPECT_THAT(refusal("GIF89a, not a PNG image"), HasSubstr("Not a PNG file"));
    EXPECT_THAT(refusal(""), HasSubstr("the file ends too early"));
    EXPECT_THAT(refusal_of(read_png, (folder_ / "absent").string()),
                HasSubstr("absent: cannot be opened: No such file"));
    EXPECT_THAT(refusal_of(read_png, folder_.path().string()), HasSubstr("a read failed"));
}

/// The header alone says another size, with a checksum that fits.
std::string with_size(std::string png, std::uint32_t width, std::uint32_t height) {
    const auto put = [&](std::size_t place, std::uint32_t number) {
        for (int b = 0; b < 4; ++b)
            png[place + static_cast<std::size_t>(b)] = static_cast<char>(number >> (24 - 8 * b));
    };
    put(16, width);
    put(20, height);
    // From the chunk's type to the end of its 13 bytes.
    put(29,
        static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(png.data()) + 12, 17)));
    return png;
}

TEST_F(PngFile, OfAnImplausibleSizeIsRefusedWithoutAskingForMemory) {
    const std::string small = rgb_png(1, 1, "RGB");
    ASSERT_EQ(refusal(with_size(small, 1, 1)), "accepted");

    EXPECT_THAT(refusal(with_size(small, 1'000'000, 1'000'000)),
                HasSubstr("implausible size 1000000 x 1000000: more than 2^31 - 1 values"));
    EXPECT_THAT(refusal(with_size(small, 20'000, 30'000)),
                HasSubstr("announces 30000 x 20000 pixels, more than "));
    EXPECT_THAT(refusal(with_size(small, 1'000'001, 1)),
                AllOf(HasSubstr("Invalid IHDR data"), HasSubstr("width exceeds user limit")));
    EXPECT_THAT(refusal(with_size(small, 0, 1)), HasSubstr("width is zero"));
    EXPECT_THAT(refusal(with_size(small, 100, 100)), HasSubstr("cannot be read as a PNG image"));
}

TEST_F(PngFile, OfOneColourMayHoldManyPixelsInFewBytes) {
    const std::string bytes = grey_png(3000, 3000, std::string(9'000'000, 'x'));
    ASSERT_LT(bytes.size(), 30'000U);

    EXPECT_EQ(read(bytes).values.size(), 9'000'000U);
}

} // namespace
} // namespace basin
