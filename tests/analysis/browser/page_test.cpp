// The page in a real browser: opened from a file, without network, under its own CSP.

#include "analysis/stability/stability.hpp"
#include "analysis/sweep/report.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

#include "support/arithmetic_cells.hpp"
#include "support/browser.hpp"
#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::text_axis;

// Counts what the figures drew, turns every selector once and tells whether the drawing changed.
constexpr const char* probe = R"js(
  answer.views = [];
  for (const view of window.basinViews || []) {
    const figure = view.container().closest("figure");
    const image = () => figure.querySelector("canvas").toDataURL();
    const result = { id: figure.id, marks: countMarks(view), selectors: {} };
    for (const select of figure.querySelectorAll("select")) {
      const before = image();
      const initial = select.selectedIndex;
      select.selectedIndex = (initial + 1) % select.options.length;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await view.runAsync();
      await new Promise((done) => setTimeout(done, 50));
      result.selectors[select.name] = image() !== before;
      select.selectedIndex = initial;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await view.runAsync();
    }
    answer.views.push(result);
  }
  answer.images = [...document.querySelectorAll(".gallery img")].map((image) => image.naturalWidth);
  answer.saved = {};
  for (const button of document.querySelectorAll("[data-save-figure]")) {
    const lines = (await savedBy(button)).trimEnd().split("\n");
    answer.saved[button.dataset.saveFigure] = { lines: lines.length, first: lines[0] };
  }
  const heading = document.querySelector("#tables thead button");
  heading.click();
  heading.click();
  answer.sorted = heading.closest("th").getAttribute("aria-sort");
)js";

class PageInBrowser : public tests::InBrowser {
protected:
    nlohmann::json probed(const std::string& page) { return looked_at(page, probe); }
};

TEST_F(PageInBrowser, DrawsEveryFigureAndObeysEverySelector) {
    const Cells cells = tests::synthetic_cells(
        {number_axis("pattern_count", {10, 30, 100}), number_axis("cue_level", {0, 0.1}),
         text_axis("formulation", {"original", "normalized"}),
         number_axis("interaction_vertex", {3, 20, 30}), number_axis("beta", {0.1, 1, 10, 100}),
         text_axis("similarity", {"dot", "cosine"})},
        3);

    const nlohmann::json answer = probed(sweep_report(cells, {}));

    ASSERT_EQ(answer["figures"], "ready");
    ASSERT_EQ(answer["views"].size(), 3u);
    const nlohmann::json& recall = answer["views"][0];
    EXPECT_EQ(recall["id"], "recall");
    EXPECT_EQ(recall["marks"]["line"], 2 * 3 * 3);             // panels, vertices, pattern counts
    EXPECT_EQ(recall["marks"]["symbol"], 2 * (2 * 3 * 3) + 3); // filled, open; legend
    EXPECT_EQ(recall["selectors"].size(), 4u);
    // 2 panels of 3 vertices and 4 betas, and the legend; the overflow map has two rows of them.
    EXPECT_EQ(answer["views"][1]["marks"]["rect"], 24 + 1);
    EXPECT_GE(answer["views"][1]["marks"]["rule"], 3) << "hatching";
    EXPECT_EQ(answer["views"][2]["marks"]["rect"], 48 + 1);
    for (const nlohmann::json& view : answer["views"])
        for (const auto& [name, changed] : view["selectors"].items())
            EXPECT_TRUE(changed) << view["id"] << " ignores " << name;
    EXPECT_EQ(answer["sorted"], "descending");
}

TEST_F(PageInBrowser, DrawsTheFrontiersOfTheory) {
    const nlohmann::json answer = probed(stability_report(tests::arithmetic_cells(), {}));

    ASSERT_EQ(answer["figures"], "ready");
    ASSERT_EQ(answer["views"].size(), 2u);
    for (const nlohmann::json& view : answer["views"]) {
        // Two formulations by two precisions, of seven vertices and three betas; the legend.
        EXPECT_EQ(view["marks"]["rect"], 4 * 21 + 1);
        // At cue level 0.1, float32, each line drawn twice, white below and coloured above.
        // original: three left edges of NaN and three of overflow. normalized: NaN 1 left and 2
        // lower, overflow the same; zero 1 left and 1 upper at beta 0.1, the same at beta 1.
        EXPECT_EQ(view["marks"]["rule"], 2 * (3 + 3 + 3 + 3 + 4));
        EXPECT_EQ(view["selectors"].size(), 1u);
        EXPECT_TRUE(view["selectors"]["pick_cue_level"]) << "the lines move with the cue level";
    }
    EXPECT_EQ(answer["sorted"], "descending");
}

TEST_F(PageInBrowser, ShowsTheImagesAndRegimesOfContinuousMemories) {
    const Cells cells = tests::continuous_cells({number_axis("pattern_count", {5, 20}),
                                                 number_axis("beta", {0.1, 1, 10}),
                                                 text_axis("similarity", {"dot", "cosine"})},
                                                3);

    const nlohmann::json answer = probed(sweep_report(cells, {}, tests::small_gallery()));

    ASSERT_EQ(answer["figures"], "ready");
    EXPECT_EQ(answer["images"], nlohmann::json(std::vector<int>(2 + 2 * 3, 3)))
        << "their width in pixels";
    ASSERT_EQ(answer["views"].size(), 4u) << "nothing overflows";
    const nlohmann::json& error = answer["views"][1];
    EXPECT_EQ(error["id"], "error-beta");
    EXPECT_EQ(error["marks"]["line"], 2 * 3); // similarities, betas
    const nlohmann::json& regimes = answer["views"][2];
    EXPECT_EQ(regimes["id"], "regimes");
    EXPECT_EQ(regimes["marks"]["area"], 2 * 5 * 3); // panels, regimes, betas
    EXPECT_EQ(error["selectors"]["quantity"], true);
}

TEST_F(PageInBrowser, DrawsHistogramsOfSimilaritiesAndSavesTheirNumbers) {
    const Cells cells = tests::continuous_cells(
        {number_axis("beta", {0.1, 1, 10}), text_axis("similarity", {"dot", "cosine"})}, 3);

    const nlohmann::json answer = probed(sweep_report(cells, {}, {}, tests::small_separability()));

    ASSERT_EQ(answer["figures"], "ready");
    const nlohmann::json& histograms = answer["views"].back();
    EXPECT_EQ(histograms["id"], "separability");
    EXPECT_EQ(histograms["marks"]["rect"], 2 * 3); // panels, bins that hold some
    const nlohmann::json& saved = answer["saved"]["separability"];
    EXPECT_EQ(saved["lines"], 1 + 2 * 2 * 64);
    EXPECT_EQ(saved["first"], "similarity,kind,bin_low,bin_high,count,share");
}

TEST_F(PageInBrowser, DrawsEveryState) {
    Cells cells = tests::synthetic_cells(
        {number_axis("interaction_vertex", {2, 3, 30}), number_axis("beta", {0.1, 1, 10})}, 2);
    cells.state[0] = CellState::not_run;
    cells.state[1] = CellState::failed;
    cells.state[2] = CellState::not_applicable;

    const nlohmann::json answer = probed(sweep_report(cells, {}));

    ASSERT_EQ(answer["figures"], "ready");
    for (const nlohmann::json& view : answer["views"])
        if (view["id"] == "error-map") {
            EXPECT_EQ(view["marks"]["rect"], 9 + 1); // a tile per cell in any state, and the legend
            EXPECT_EQ(view["marks"]["symbol"], 2);   // the cross and the dot
            EXPECT_EQ(view["marks"]["rule"], 9);     // three strokes on each of three cells
        }
}

TEST_F(PageInBrowser, SurvivesHostileText) {
    const std::string attack = "</script><script>alert(1)</script>'\"\\`${x}";
    Cells cells = tests::synthetic_cells({text_axis("source", {attack, "b"}),
                                          number_axis("interaction_vertex", {3, 30}),
                                          number_axis("beta", {0.1, 1, 10})},
                                         2);
    cells.provenance["sweep_name"] = attack;

    EXPECT_EQ(probed(sweep_report(cells, {attack}))["figures"], "ready");
}

} // namespace
} // namespace basin
