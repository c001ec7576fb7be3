#include "analysis/sweep/findings.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::stability_cells;
using tests::synthetic_cells;
using tests::text_axis;

bool says(const std::vector<std::string>& sentences, const std::string& part) {
    return std::any_of(sentences.begin(), sentences.end(), [&](const std::string& sentence) {
        return sentence.find(part) != std::string::npos;
    });
}

TEST(Findings, SayWhereTheOriginalFormulationOverflows) {
    const std::vector<std::string> sentences = findings(stability_cells());

    // 5 pattern counts, 3 cue levels, 17 betas: 255 cells a vertex. Vertices 20 and 30 overflow.
    // At 30 all sums are NaN: only the cue without flips, one in three, is recalled.
    EXPECT_TRUE(says(sentences,
                     "Original formulation, dot similarity: 510 of 1,530 cells overflow, "
                     "first at n = 20; from n = 20 on every cell does (510 of 510); from "
                     "n = 30 on sums are NaN; exact recall at n = 30 is 0.333."));
}

TEST(Findings, SayUpToWhichBetaTheNormalizedFormulationIsSafe) {
    const std::vector<std::string> sentences = findings(stability_cells());

    // beta^30 > 10^38.53 needs beta > 19.2: the grid's next values are 17.8 and 31.6.
    EXPECT_TRUE(says(sentences, "Normalized formulation, dot similarity: none of 1,260 cells with "
                                "β ≤ 17.8 overflows, and exact recall at n = 30 is 1 there"));
}

TEST(Findings, SayHowMuchIsRecalled) {
    const std::vector<std::string> sentences = findings(stability_cells());

    EXPECT_TRUE(says(sentences, "Normalized formulation, dot similarity: at the best β the recall "
                                "error stays at or below 0.01 up to K = 10 at n = 3, K = 1000 at "
                                "n = 5, 10, 20 and 30 (run: K = 10 to 1000); not even up to the "
                                "smallest at n = 2."));
}

TEST(Findings, CompareOnlyWhatDiffers) {
    const std::vector<std::string> sentences = findings(stability_cells());

    // Cosine spares the original formulation the NaN; the euclidean overlap equals dot.
    EXPECT_TRUE(says(sentences, "Against dot, cosine lowers the recall error in the original"));
    EXPECT_FALSE(says(sentences, "cosine lowers the recall error in the normalized"));
    EXPECT_FALSE(says(sentences, "Against dot, euclidean overlap"));
}

TEST(Findings, CompareNothingWithoutReplicates) {
    const std::vector<std::string> sentences = findings(synthetic_cells(
        {text_axis("similarity", {"dot", "cosine"}), number_axis("interaction_vertex", {3, 30})},
        1));

    EXPECT_FALSE(says(sentences, "Against"));
}

TEST(Findings, DoNotCompareACellThatIsDoneOnOneSideOnly) {
    Cells cells = synthetic_cells(
        {number_axis("interaction_vertex", {3, 30}), text_axis("similarity", {"dot", "cosine"})},
        4);
    // Vertex 30 is where the two differ. Take cosine's half away.
    cells.state[3] = CellState::not_run;
    std::vector<double>& errors = cells.measures[0].each;
    std::fill(errors.begin() + 12, errors.end(), std::nan(""));

    EXPECT_FALSE(says(findings(cells), "Against dot"));
}

TEST(Findings, BeginWithWhatIsMissing) {
    Cells cells = stability_cells();
    cells.points[static_cast<std::size_t>(Status::failed)] = 3;
    cells.points[static_cast<std::size_t>(Status::timed_out)] = 1;
    cells.points[static_cast<std::size_t>(Status::not_run)] = 12;
    cells.points[static_cast<std::size_t>(Status::done)] = 84;

    const std::vector<std::string> sentences = findings(cells);

    EXPECT_EQ(sentences[0].rfind("4 of 100 points failed", 0), 0u) << sentences[0];
    EXPECT_EQ(sentences[1].rfind("12 of 100 points have not been run", 0), 0u) << sentences[1];
}

TEST(Findings, WarnWhereTheTieRuleDecides) {
    Cells cells = synthetic_cells({number_axis("beta", {0.1, 1})}, 2);
    cells.flags[0] = flag::all_zero;

    EXPECT_TRUE(says(findings(cells), "All cells: in 1 of 2 cells some decision had every term at "
                                      "zero"));
}

TEST(Findings, WorkForAnyCube) {
    const std::vector<CubeAxis> axes = stability_cells().axes;
    for (std::size_t mask = 0; mask < std::size_t{1} << axes.size(); ++mask) {
        std::vector<CubeAxis> some;
        for (std::size_t a = 0; a < axes.size(); ++a)
            if (mask >> a & 1) some.push_back(axes[a]);

        const std::vector<std::string> sentences = findings(synthetic_cells(some, 2));

        EXPECT_LE(sentences.size(), 10u);
        EXPECT_FALSE(sentences.empty()) << "overflow has something to say of every cube";
        for (const std::string& sentence : sentences)
            EXPECT_EQ(sentence.find("nan"), std::string::npos) << sentence;
    }
}

TEST(Findings, SayNothingOfNoCells) {
    EXPECT_TRUE(findings(Cells{}).empty());
}

} // namespace
} // namespace basin
