// Images of a store recalled once more: by the program's report, and one by one.

#include "harness/recompute/image_examples.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::run_program;

constexpr std::uint8_t first_seed = 17;

/// An idx file of `count` patterns of 16 bytes, with these further axes.
std::string idx_bytes(char count, const std::string& axes, std::uint8_t seed) {
    std::string bytes{'\0', '\0', '\x08', static_cast<char>(1 + axes.size())};
    for (const char axis : count + axes)
        bytes += std::string(3, '\0') + axis;
    std::uint8_t value = seed;
    for (int i = 0; i < count * 16; ++i)
        bytes += static_cast<char>(value = static_cast<std::uint8_t>(value * 77 + 41 + i));
    return bytes;
}

const std::string gallery_sweep = R"(
[sweep]
name = "images"
seed = 3
replicates = 2
[patterns]
source = "idx"
binarize = "none"
pixel_range = "unit"
pattern_count = 5
[cue]
corruption = "gaussian"
cue_noise = 0.1
probe_count = 5
[model]
formulation = "softmax"
similarity = "negative_squared_euclidean"
beta = [0.0001, 1.0, 1000.0]
)";

class GalleryOfAStore : public testing::Test {
protected:
    std::string write_images(std::uint8_t seed = first_seed, const std::string& axes = "\x02\x08") {
        return folder_.write("images.idx", idx_bytes(6, axes, seed));
    }

    void run(const std::vector<std::string>& overrides = {}) {
        std::vector<std::string> arguments{
            "run",     folder_.write("images.toml", gallery_sweep),
            "--store", (folder_ / "store").string(),
            "--set",   "path=\"" + (folder_ / "images.idx").string() + "\""};
        for (const std::string& text : overrides)
            arguments.insert(arguments.end(), {"--set", text});
        const auto result = run_program(arguments);
        ASSERT_EQ(result.exit, 0) << result.err;
    }

    Gallery gallery(std::chrono::seconds limit = std::chrono::seconds(30)) const {
        return recalled_gallery(read_cells(Hypercube(folder_ / "store" / "results.h5")),
                                folder_ / "store", limit);
    }

    std::string page() const {
        const auto result = run_program({"report", "sweep", (folder_ / "store").string()});
        EXPECT_EQ(result.exit, 0) << result.err;
        return read_file(folder_ / "store" / "report.html");
    }

    tests::TempFolder folder_;
};

TEST_F(GalleryOfAStore, HoldsTheMeanAtSmallBetaAndTheOriginalAtLarge) {
    write_images();
    run();

    const Gallery found = gallery();

    EXPECT_EQ(found.note, "");
    EXPECT_EQ(found.image, (ImageShape{2, 8, 1, true}));
    ASSERT_EQ(found.probes.size(), gallery_probes);
    ASSERT_EQ(found.rows.size(), 3u);
    EXPECT_EQ(found.rows[0].setting, "negative squared euclidean, β = 0.0001");
    const GalleryRecall& blend = found.rows[0].probes[1];
    EXPECT_EQ(blend.k90, 5u);
    EXPECT_GT(blend.error, 0.01);
    const GalleryRecall& exact = found.rows[2].probes[1];
    EXPECT_EQ(exact.nearest, found.probes[1].original);
    EXPECT_EQ(exact.memory, found.probes[1].target);
    EXPECT_EQ(exact.k90, 1u);
    EXPECT_LT(exact.error, 1e-12);
    EXPECT_LT(exact.error_after_one, 1e-6);
    EXPECT_NE(found.probes[1].cue, found.probes[1].original);
}

TEST_F(GalleryOfAStore, IsInTheSweepReportAlone) {
    write_images();
    run();

    EXPECT_NE(page().find("alt=\"Probe 4: cue\""), std::string::npos);
    EXPECT_EQ(run_program({"report", "stability", (folder_ / "store").string()}).exit, 0);
    EXPECT_EQ(read_file(folder_ / "store" / "stability.html").find("id=\"gallery\""),
              std::string::npos);
}

TEST_F(GalleryOfAStore, SaysThatTheFileIsGone) {
    const std::string images = write_images();
    run();
    std::filesystem::remove(images);

    const std::string said = gallery().note;

    EXPECT_NE(said.find("The images cannot be shown: "), std::string::npos) << said;
    EXPECT_NE(said.find("images.idx"), std::string::npos) << said;
    EXPECT_NE(page().find("The images cannot be shown: "), std::string::npos);
}

TEST_F(GalleryOfAStore, SaysThatTheFileHasChanged) {
    write_images();
    run();
    write_images(first_seed + 1);

    EXPECT_TRUE(gallery().rows.empty());
    EXPECT_NE(page().find("holds something else than when results were computed"),
              std::string::npos);
}

TEST_F(GalleryOfAStore, SaysWhatTookTooLong) {
    write_images();
    run();

    const Gallery found = gallery(std::chrono::seconds(0));

    EXPECT_TRUE(found.rows.empty());
    EXPECT_EQ(found.note, "0 of 3 settings are shown: the others take too long.");
}

TEST_F(GalleryOfAStore, TakesASquareNumberOfBytesForAnImage) {
    write_images(first_seed, "\x10");
    run();

    EXPECT_EQ(gallery().image, (ImageShape{4, 4, 1, true}));
}

TEST_F(GalleryOfAStore, DrawsBinarisedImagesToo) {
    write_images();
    run({"binarize=above", "threshold=127", "corruption=flip"});

    const Gallery found = gallery();

    EXPECT_EQ(found.note, "");
    EXPECT_EQ(found.image, (ImageShape{2, 8, 1, true}));
    EXPECT_EQ(found.range.low, -1.0);
}

TEST_F(GalleryOfAStore, IsEmptyForBipolarNetworks) {
    write_images();
    run({"binarize=above", "threshold=127", "corruption=flip", "formulation=normalized",
         "similarity=dot"});

    EXPECT_TRUE(gallery().is_empty());
    EXPECT_EQ(page().find("gallery-title"), std::string::npos);
    EXPECT_EQ(page().find("single_exact_count"), std::string::npos);
}

} // namespace
} // namespace basin
