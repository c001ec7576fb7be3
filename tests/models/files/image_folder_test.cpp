#include "models/files/image_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/png_bytes.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using tests::grey_png;
using tests::refusal_of;
using tests::rgb_png;

class ImageFolder : public testing::Test {
protected:
    std::string folder() const { return folder_.path().string(); }
    std::string refusal() const { return refusal_of(read_image_folder, folder()); }

    tests::TempFolder folder_;
};

TEST_F(ImageFolder, IsReadInTheOrderOfItsNames) {
    folder_.write("b.png", grey_png(1, 2, "bb"));
    folder_.write("a10.png", grey_png(1, 2, "1a"));
    folder_.write("a9.PNG", grey_png(1, 2, "9a"));
    folder_.write("\xc3\xa4.png", grey_png(1, 2, "zz")); // ä: beyond every ASCII name
    folder_.write("Z.png", grey_png(1, 2, "ZZ"));        // before every lower case letter
    folder_.write("notes.txt", "not an image");
    std::filesystem::create_directory(folder_ / "c.png");

    const PatternBank bank = read_image_folder(folder() + "/");

    const xt::xtensor<float, 2> expected{
        {'Z', 'Z'}, {'1', 'a'}, {'9', 'a'}, {'b', 'b'}, {'z', 'z'}};
    EXPECT_EQ(bank.values, expected);
    EXPECT_EQ(bank.image, (ImageShape{1, 2, 1, true}));
    EXPECT_EQ(bank.digest, bank_digest(bank.values, bank.range));
    EXPECT_EQ(bank.description,
              folder_.path().filename().string() + ": PNG images, 5 x 1 x 1 x 2 uint8");
}

TEST_F(ImageFolder, HasTheFoldersInItAsClassesInTheOrderOfTheirNames) {
    for (const char* name : {"b", "a", "a/deep", ".thumbnails", "empty"})
        std::filesystem::create_directories(folder_ / name);
    folder_.write("b/0.png", grey_png(1, 2, "b0"));
    folder_.write("a/2.png", grey_png(1, 2, "a2"));
    folder_.write("a/10.png", grey_png(1, 2, "a1"));
    folder_.write("a/deep/0.png", grey_png(1, 2, "ad"));
    folder_.write("z.png", grey_png(1, 2, "zz"));
    folder_.write(".thumbnails/x.png", grey_png(2, 2, "xxxx"));
    folder_.write("a/._2.png", "what an archive leaves");

    const PatternBank bank = read_image_folder(folder());

    const xt::xtensor<float, 2> expected{
        {'z', 'z'}, {'a', '1'}, {'a', '2'}, {'a', 'd'}, {'b', '0'}};
    EXPECT_EQ(bank.values, expected);
    EXPECT_THAT(bank.description, HasSubstr("PNG images of 4 folders, 5 x 1 x 1 x 2 uint8"));

    folder_.write("b/1.png", grey_png(2, 1, "xx"));
    EXPECT_THAT(refusal(), HasSubstr("z.png is 1 x 2 grey and b/1.png is 2 x 1 grey"));
}

TEST_F(ImageFolder, WithALinkInACircleIsRefused) {
    std::filesystem::create_directory(folder_ / "a");
    std::filesystem::create_directory_symlink(folder_.path(), folder_ / "a" / "up");
    EXPECT_THAT(refusal(), HasSubstr("folders deeper than 8"));
}

TEST_F(ImageFolder, HoldsColoursAsPlanes) {
    folder_.write("a.png", rgb_png(2, 1, "RGBrgb"));

    const PatternBank bank = read_image_folder(folder());

    EXPECT_EQ(bank.values, (xt::xtensor<float, 2>{{'R', 'r', 'G', 'g', 'B', 'b'}}));
    EXPECT_EQ(bank.image, (ImageShape{2, 1, 3, true}));
}

TEST_F(ImageFolder, OfSeveralSizesNamesTwoImagesThatDiffer) {
    folder_.write("a.png", grey_png(1, 2, "ab"));
    folder_.write("b.png", grey_png(1, 2, "ab"));
    folder_.write("c.png", grey_png(2, 1, "ab"));

    EXPECT_THAT(refusal(), AllOf(StartsWith(folder()),
                                 HasSubstr("a.png is 1 x 2 grey and c.png is 2 x 1 grey")));
}

TEST_F(ImageFolder, OfGreyAndColourNamesOneOfEach) {
    folder_.write("a.png", rgb_png(1, 1, "RGB"));
    folder_.write("b.png", grey_png(1, 1, "a"));

    EXPECT_THAT(refusal(), HasSubstr("a.png is 1 x 1 RGB and b.png is 1 x 1 grey"));
}

TEST_F(ImageFolder, WithADamagedImageNamesIt) {
    folder_.write("a.png", grey_png(1, 1, "a"));
    folder_.write("b.png", "text");

    EXPECT_THAT(refusal(), StartsWith((folder_ / "b.png").string() + ": cannot be read as a PNG"));
}

TEST_F(ImageFolder, WithoutImagesIsRefused) {
    EXPECT_THAT(refusal(), AllOf(StartsWith(folder()), HasSubstr("a folder in it holds a *.png")));
    folder_.write("a.jpg", "text");
    EXPECT_THAT(refusal(), HasSubstr("a folder in it holds a *.png"));
}

TEST_F(ImageFolder, ThatIsNoneIsRefused) {
    EXPECT_THAT(refusal_of(read_image_folder, folder() + "/absent"),
                HasSubstr("absent: cannot be listed as a folder: No such file"));
    EXPECT_THAT(refusal_of(read_image_folder, folder_.write("a.png", grey_png(1, 1, "a"))),
                HasSubstr("a.png: cannot be listed as a folder: Not a directory"));
}

TEST_F(ImageFolder, WithALinkThatLeadsNowhereMissesNoImageInSilence) {
    folder_.write("a.png", grey_png(1, 1, "a"));
    std::filesystem::create_symlink("nowhere", folder_ / "b.png");

    EXPECT_THAT(refusal(), HasSubstr("b.png: not a file"));
}

} // namespace
} // namespace basin
