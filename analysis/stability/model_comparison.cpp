#include "analysis/stability/model_comparison.hpp"

#include "analysis/cells/joined_cells.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/charts/error_distribution.hpp"
#include "analysis/stability/disagreements.hpp"
#include "analysis/stability/duel_charts.hpp"
#include "analysis/stability/duel_words.hpp"
#include "analysis/stability/model_table.hpp"
#include "analysis/stability/working_region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace basin {
namespace {

PageTable models(const Cells& cells) {
    return {.id = "models",
            .heading = "Models",
            .text = "<p>One row per model: means over its cells, intervals over replicates. Hover "
                    "over a heading for its definition, press it to sort.</p>",
            .table = model_table(cells),
            .without_rows = "<p>No cell is done, so there are no models to compare.</p>"};
}

PageTable regions(const Cells& cells, const std::vector<WorkingRegion>& found) {
    return {.id = "working-regions",
            .heading = "Working regions of β",
            .text = "<p>The β with which recall works, in decades of β: how many (area) and where "
                    "(centre and edges, in log<sub>10</sub> β). A region that reaches an end of "
                    "the grid may go on beyond it: its area is a lower bound.</p>",
            .table = region_table(cells, found),
            .without_rows = "<p>β does not vary, or no cell is done: there are no working regions "
                            "of β.</p>"};
}

PageTable drifts(const Cells& cells, const std::vector<RegionDrift>& found) {
    return {.id = "region-drifts",
            .heading = "How working regions move with the interaction vertex",
            .text =
                "<p>Slopes over n by least squares in every replicate, with 95 % intervals over "
                "replicates.</p>",
            .table = drift_table(cells, found),
            .without_rows = ""};
}

PageTable comparisons(const Cells& cells, const std::vector<Duel>& found) {
    return {.id = "comparisons",
            .heading = "Comparisons",
            .text = "<p>Two values of a parameter against each other, all else equal: the second "
                    "less the first, paired over replicates, which share their memories and cues "
                    "(stores of different seeds do not: Welch’s test). "
                    "Effect sizes are Cohen’s d<sub>z</sub> (d for independent samples). p-values "
                    "are adjusted over all comparisons in a metric; wins and losses are cells in "
                    "which the second value is better or worse at a false discovery rate of 5 % "
                    "over the cells of the comparison (Benjamini &amp; Hochberg 1995).</p>",
            .table = duel_table(cells, found),
            .without_rows = "<p>No two models have a done cell in common: there is nothing to "
                            "compare.</p>"};
}

void add_win_matrices(const Cells& cells, const std::vector<Duel>& found,
                      std::vector<PageTable>& tables) {
    for (const std::size_t axis : duelled_axes(found))
        for (const std::string_view metric : duel_metrics) {
            Table matrix = win_matrix(cells, found, axis, metric);
            if (matrix.rows.empty()) continue;
            const std::string name = words(cells.axes[axis].name);
            tables.push_back(
                {.id = fmt::format("wins-{}-{}", cells.axes[axis].name, metric),
                 .heading = fmt::format("Wins, ties and losses: {}, by {}", name, words(metric)),
                 .text =
                     "<p>Cells in which the row’s value is better / not told apart / worse than "
                     "the column’s.</p>",
                 .table = std::move(matrix),
                 .without_rows = ""});
        }
}

PageTable repeated(const Cells& cells, const std::vector<Duel>& found, const RunSources& sources) {
    return {.id = "disagreements",
            .heading = "Disagreements, and how to see them again",
            .text = "<p>Of every comparison the cells that differ most, with the command that "
                    "computes both sides again, to the bit: save the config below first.</p>",
            .table = disagreement_table(cells, found, disagreements(cells, found, sources)),
            .without_rows = ""};
}

/// The first sentences; how many more there would be, if there are.
void add_first(const std::vector<std::string>& sentences, std::size_t most, const char* more,
               std::vector<std::string>& findings) {
    const std::size_t shown = std::min(sentences.size(), most);
    findings.insert(findings.end(), sentences.begin(),
                    sentences.begin() + static_cast<std::ptrdiff_t>(shown));
    if (shown < sentences.size())
        findings.push_back(fmt::format("{} {}: the tables list them.",
                                       count_text(sentences.size() - shown), more));
}

} // namespace

ModelComparison model_comparison(const ReportInput& input) {
    const Cells& cells = input.cells;
    const std::vector<WorkingRegion> region = working_regions(cells);
    const std::vector<RegionDrift> drift = region_drifts(cells, region);
    const std::vector<Duel> found = duels(cells, paired_stores(cells));

    ModelComparison models_compared;
    add_first(region_sentences(cells, drift), most_region_sentences,
              "more sentences on working regions could be said", models_compared.findings);
    add_first(duel_findings(cells, found), most_comparison_sentences, "more comparisons differ",
              models_compared.findings);
    if (found.empty() && cells.points[static_cast<std::size_t>(Status::done)] > 0)
        models_compared.findings.emplace_back(
            "No two models are compared: of store, formulation, interaction, similarity, "
            "separation and precision none has two values that are done in the same cells.");

    models_compared.charts = {working_region_chart(cells, region), duel_chart(cells, found)};
    std::ranges::copy(difference_maps(cells, found), std::back_inserter(models_compared.charts));
    models_compared.charts.push_back(error_distribution(cells));

    models_compared.tables = {models(cells), regions(cells, region), drifts(cells, drift),
                              comparisons(cells, found)};
    add_win_matrices(cells, found, models_compared.tables);
    models_compared.tables.push_back(repeated(cells, found, input.sources));
    return models_compared;
}

} // namespace basin
