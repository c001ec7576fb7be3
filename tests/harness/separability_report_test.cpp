// What the sweep report says of similarities, computed once more.

#include "harness/recompute/separability.hpp"
#include "results/cube/result_cube.hpp"

#include <filesystem>

#include "support/real_stores.hpp"

namespace basin {
namespace {

using tests::contains;
using tests::Row;
using tests::run_program;

class SeparabilityReport : public tests::RealStores {};

TEST_F(SeparabilityReport, NeedsThePatternFile) {
    const std::string images =
        texts_.write("images.idx", std::string("\0\0\x08\2\0\0\0\3\0\0\0\4", 12) + "abcdbcdacdab");
    run_real("store", {"source=idx", "binarize=none", "path=\"" + images + "\"", "pattern_count=3",
                       "dimension=4", "probe_count=3"});
    EXPECT_EQ(run_program({"separability", path("store")}).exit, 0);
    EXPECT_TRUE(contains(page("store"), "data-save-figure=\"separability\""));

    texts_.write("images.idx", std::string("\0\0\x08\2\0\0\0\3\0\0\0\4", 12) + "zyxwabcdefgh");
    EXPECT_TRUE(contains(page("store"), "holds something else than when results were computed"));
    EXPECT_FALSE(contains(page("store"), "data-save-figure=\"separability\""));

    std::filesystem::remove(images);
    const auto result = run_program({"separability", path("store")});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(contains(result.err, "images.idx")) << result.err;
    EXPECT_TRUE(contains(page("store"), "Similarities cannot be shown: "));
}

TEST_F(SeparabilityReport, ShowsTheSceneItStartsWith) {
    run_real("store");
    const Cells cells = read_cells(Hypercube(path("store") + "/results.h5"));
    const SceneSeparability found = chosen_separability(cells, path("store"));
    EXPECT_EQ(found.note, "");
    EXPECT_EQ(found.scene, "pattern count K = 60 · cue noise = 0.05");
    ASSERT_EQ(found.similarities.size(), 3U);
    EXPECT_EQ(found.similarities[1].name, "negative squared euclidean");

    ASSERT_EQ(run_program({"separability", path("store")}).exit, 0);
    for (const Row& row : table("store"))
        if (row.at("pattern_count") == "60" && row.at("cue_noise") == "0.05" &&
            row.at("replicate") == "0" && row.at("similarity") == "dot") {
            EXPECT_EQ(std::stod(row.at("delta_min")),
                      found.similarities[0].found.memory_gaps.least);
            EXPECT_EQ(std::stoul(row.at("extreme")), found.hull.extreme);
        }
    EXPECT_TRUE(contains(page("store"), "data-save-figure=\"separability\""));
}

TEST_F(SeparabilityReport, SaysWhatTookTooLong) {
    run_real("store");
    const SceneSeparability found =
        chosen_separability(read_cells(Hypercube(path("store") + "/results.h5")), path("store"),
                            std::chrono::seconds(0));
    EXPECT_TRUE(found.similarities.empty());
    EXPECT_TRUE(contains(found.note, "0 of 3 similarities are shown: the others take too long."))
        << found.note;
}

TEST_F(SeparabilityReport, OfBipolarNetworksIsAsItWas) {
    run("store");
    EXPECT_TRUE(
        chosen_separability(read_cells(Hypercube(path("store") + "/results.h5")), path("store"))
            .is_empty());
    EXPECT_FALSE(contains(page("store"), "separability-title"));
}

} // namespace
} // namespace basin
