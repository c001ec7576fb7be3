#include "analysis/figures/gallery.hpp"
#include "analysis/sweep/report.hpp"

#include <gtest/gtest.h>

#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::continuous_cells;
using tests::number_axis;
using tests::small_gallery;
using tests::text_axis;

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

/// With the config of a store whose memories are in a file.
Cells of_a_file(Cells cells) {
    cells.provenance["config_resolved"] =
        R"({"blocks":[{"axes":{"source":["idx"],"path":["images.gz"],"formulation":["softmax"]}}]})";
    return cells;
}

/// Values of an axis in the chosen cells.
std::vector<std::uint32_t> values(const Cells& cells, const GalleryChoice& choice,
                                  const char* axis) {
    std::vector<std::uint32_t> all;
    for (const std::size_t row : choice.rows)
        all.push_back(cells.coordinate[*cells.axis(axis)][row]);
    return all;
}

TEST(GalleryChoice, TakesEndsAndMiddleOfBetaForEachSimilarityInOneScene) {
    const Cells cells = of_a_file(continuous_cells({number_axis("pattern_count", {5, 20, 80}),
                                                    number_axis("beta", {0.01, 0.1, 1, 10, 100}),
                                                    text_axis("similarity", {"dot", "cosine"})},
                                                   2));

    const GalleryChoice choice = gallery_choice(cells);

    EXPECT_EQ(values(cells, choice, "beta"), (std::vector<std::uint32_t>{0, 2, 4, 0, 2, 4}));
    EXPECT_EQ(values(cells, choice, "similarity"), (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}));
    EXPECT_EQ(values(cells, choice, "pattern_count"), (std::vector<std::uint32_t>(6, 2)));
    EXPECT_EQ(choice.scene, "pattern count K = 80");
}

TEST(GalleryChoice, TakesFewerBetasOfManySimilarities) {
    const Cells cells = of_a_file(continuous_cells(
        {number_axis("beta", {0.1, 1, 10}),
         text_axis("similarity",
                   {"dot", "cosine", "euclidean_overlap", "manhattan_overlap",
                    "negative_squared_euclidean", "negative_manhattan", "mean_normalized_dot",
                    "negative_euclidean", "inverse_manhattan", "published_cosine"})},
        1));

    const GalleryChoice choice = gallery_choice(cells);

    EXPECT_EQ(choice.rows.size(), 9u);
    EXPECT_EQ(values(cells, choice, "beta"), (std::vector<std::uint32_t>(9, 1)));
    EXPECT_EQ(values(cells, choice, "similarity").front(), 0u);
    EXPECT_EQ(values(cells, choice, "similarity").back(), 9u);
}

TEST(GalleryChoice, ShowsSoftmaxOnceWhateverTheSeparation) {
    const Cells cells = of_a_file(continuous_cells(
        {text_axis("formulation", {"softmax", "universal"}), number_axis("beta", {0.1, 1, 10}),
         text_axis("separation", {"softmax", "max"})},
        1));

    const GalleryChoice choice = gallery_choice(cells);

    EXPECT_EQ(values(cells, choice, "beta"), (std::vector<std::uint32_t>{0, 1, 2, 0, 1, 2}));
    EXPECT_EQ(values(cells, choice, "formulation"), (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}));
    EXPECT_EQ(values(cells, choice, "separation"), (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}));
}

TEST(GalleryChoice, LeavesOutWhatIsNotDone) {
    Cells cells = of_a_file(continuous_cells({number_axis("beta", {0.1, 1, 10})}, 1));
    cells.state[2] = CellState::failed;

    EXPECT_EQ(gallery_choice(cells).rows, (std::vector<std::size_t>{0, 1}));
}

TEST(GalleryChoice, IsEmptyForBipolarNetworksAndForDrawnPatterns) {
    const std::vector<CubeAxis> axes{number_axis("beta", {0.1, 1, 10})};

    EXPECT_TRUE(gallery_choice(of_a_file(tests::synthetic_cells(axes, 2))).rows.empty());
    EXPECT_TRUE(gallery_choice(continuous_cells(axes, 2)).rows.empty());
    EXPECT_TRUE(gallery_choice(Cells{}).rows.empty());
}

TEST(GalleryHtml, ShowsEveryImageWithWhatItIs) {
    const std::string html = gallery_html(small_gallery());

    EXPECT_EQ(times(html, "<img src=\"data:image/png;base64,"), 2u + 2 * 3);
    EXPECT_NE(html.find("alt=\"Probe 1: original\""), std::string::npos);
    EXPECT_NE(html.find("alt=\"Probe 1, dot, β = 0.1: recalled after 7 steps\""),
              std::string::npos);
    EXPECT_NE(html.find("nearest stored, memory 4, not the original\""), std::string::npos);
    EXPECT_NE(html.find("nearest stored, memory 3, the original\""), std::string::npos);
    EXPECT_NE(html.find("MSE 0.12\nk90 5\n7 steps"), std::string::npos);
    EXPECT_NE(html.find("pattern count K = 5"), std::string::npos);
}

TEST(GalleryHtml, JudgesNoProbeWithoutAnOriginal) {
    Gallery gallery = small_gallery();
    gallery.probes[0].original.clear();
    for (GalleryRow& row : gallery.rows)
        row.probes[0].error = row.probes[0].error_after_one = std::nan("");

    const std::string html = gallery_html(gallery);

    EXPECT_EQ(times(html, "<img"), 1u + 2 * 3);
    EXPECT_EQ(html.find("✓ #"), std::string::npos);
    EXPECT_EQ(html.find("✗"), std::string::npos);
    EXPECT_EQ(html.find("MSE nan"), std::string::npos);
}

TEST(GalleryHtml, SaysWhyThereIsNone) {
    Gallery gallery;
    gallery.note = "'a<b' is gone";

    EXPECT_NE(gallery_html(gallery).find("&#39;a&lt;b&#39; is gone"), std::string::npos);
    EXPECT_EQ(gallery_html(Gallery{}), "");
}

TEST(SweepReport, HasTheGalleryBeforeTheTables) {
    const Cells cells = continuous_cells({number_axis("beta", {0.1, 1})}, 2);
    const std::string page = sweep_report(cells, {}, small_gallery());

    EXPECT_LT(page.find("id=\"gallery\""), page.find("id=\"tables\""));
    EXPECT_EQ(sweep_report(cells, {}).find("id=\"gallery\""), std::string::npos);
}

} // namespace
} // namespace basin
