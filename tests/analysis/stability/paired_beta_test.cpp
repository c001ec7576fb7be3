// A sweep with beta_scale = "paired", computed: where b = fl((beta / N)^n) of the original
// formulation is flushed to zero, and what the stability report makes of it. Half the smallest
// subnormal is 2^-25 in float16 and 2^-150 in float32, and rounds to 0:
//   beta = 25    4^-n     from n = 13 and 75 on; 4^-75 is 2^-150 itself
//   beta = 1     100^-n   from n = 4 and 23 on; log(2^25) / log(100) = 3.8, log(2^150) / ... = 22.6
//   beta = 0.1   1000^-n  from n = 3 and 16 on; 2.5 and 15.05
#include "analysis/frontiers/frontier_checks.hpp"
#include "analysis/stability/frontier_lines.hpp"
#include "analysis/stability/stability.hpp"
#include "models/recall/recall.hpp"
#include "results/cube/compaction.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "support/plan_points.hpp"
#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

constexpr std::string_view sweep = R"(
[sweep]
name = "paired"
replicates = 2
[patterns]
dimension = 100
pattern_count = 3
[cue]
corruption = "flip"
cue_level = 0.15
probe_count = 3
[model]
formulation = ["original", "normalized"]
beta_scale = "paired"
beta = [0.1, 1, 25]
interaction_vertex = [2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 74, 75, 76]
precision = ["float16", "float32", "exact"]
)";

/// The sweep's points as the kernel finds them.
std::vector<Record> computed(const Plan& plan) {
    GroupCache cache;
    std::vector<Record> records;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Scene scene = make_scene(
            bind_scene(plan.scene_of(job), plan.config().seed, plan.replicate_of_job(job)),
            nullptr);
        const std::vector<std::uint64_t> cells = tests::cells_of(plan, job);
        std::vector<Setting> settings;
        for (const std::uint64_t cell : cells)
            settings.push_back(bind_setting(plan.coordinates_of(cell)));
        std::vector<Outcome> outcomes = recall(scene, settings, cache);
        for (std::size_t i = 0; i < cells.size(); ++i)
            records.push_back({plan.point_key(cells[i]), cells[i], std::move(outcomes[i]), 0.0});
    }
    return records;
}

Cells read_computed_cells() {
    const tests::TempFolder folder;
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder.path(), plan);
    store.new_journal(plan).append(computed(plan));
    compact(store, plan, store.inventory(plan), {});
    return read_cells(Hypercube(store.results_file()), stability_metrics);
}

const Cells& cells() {
    static const Cells all = read_computed_cells();
    return all;
}

/// Formulation, precision, beta.
using Line = std::tuple<std::string, std::string, double>;

Line line_of(std::size_t row) {
    const auto label = [&](std::string_view name) {
        const std::size_t axis = *cells().axis(name);
        return cells().axes[axis].labels[cells().coordinate[axis][row]];
    };
    const std::size_t beta = *cells().axis("beta");
    return {label("formulation"), label("precision"),
            cells().axes[beta].numbers[cells().coordinate[beta][row]]};
}

double vertex_at(std::size_t value) {
    return cells().axes[*cells().axis("interaction_vertex")].numbers[value];
}

std::map<Line, FrontierCheck> beta_checks(const Cells& of) {
    std::map<Line, FrontierCheck> checks;
    for (FrontierCheck& check : frontier_checks(of))
        if (check.failure == Failure::beta_zero)
            checks.emplace(line_of(check.rows.front()), std::move(check));
    return checks;
}

TEST(PairedBeta, IsZeroWhereTheoryPredictsItAndNotAVertexBefore) {
    const std::map<Line, FrontierCheck> checks = beta_checks(cells());

    const std::map<Line, double> first{
        {{"original", "float16", 0.1}, 3},   {{"original", "float16", 1.0}, 4},
        {{"original", "float16", 25.0}, 13}, {{"original", "float32", 0.1}, 16},
        {{"original", "float32", 1.0}, 23},  {{"original", "float32", 25.0}, 75}};
    for (const auto& [line, vertex] : first) {
        const FrontierCheck& check = checks.at(line);
        EXPECT_EQ(check.closed_form, vertex);
        ASSERT_TRUE(check.measured);
        EXPECT_EQ(vertex_at(*check.measured), vertex);
        // The run has the vertices before and after: an edge that is off by one does not agree.
        EXPECT_TRUE(check.agrees()) << vertex;
    }
}

TEST(PairedBeta, IsNeverZeroInExactArithmeticAndNoMatterOfTheNormalizedFormulation) {
    const std::map<Line, FrontierCheck> checks = beta_checks(cells());

    EXPECT_EQ(checks.size(), 9u);
    for (const double beta : {0.1, 1.0, 25.0}) {
        const FrontierCheck& check = checks.at({"original", "exact", beta});
        EXPECT_EQ(check.predicted, std::nullopt);
        EXPECT_EQ(check.measured, std::nullopt);
    }
}

TEST(PairedBeta, LeavesNoPredictionOfAnyKindUnmet) {
    std::map<Line, double> nan;
    for (const FrontierCheck& check : frontier_checks(cells())) {
        const Line line = line_of(check.rows.front());
        EXPECT_TRUE(check.agrees())
            << testing::PrintToString(line) << " " << static_cast<int>(check.failure);
        if (check.failure == Failure::every_decision_nan && check.measured &&
            std::get<0>(line) == "original")
            nan[line] = vertex_at(*check.measured);
    }

    // The cue's own powers: 70^21 is infinite in float32, 68^22 too. Where b is 0 one is enough.
    EXPECT_EQ(nan, (std::map<Line, double>{{{"original", "float16", 0.1}, 3},
                                           {{"original", "float16", 1.0}, 3},
                                           {{"original", "float16", 25.0}, 3},
                                           {{"original", "float32", 0.1}, 21},
                                           {{"original", "float32", 1.0}, 22},
                                           {{"original", "float32", 25.0}, 22}}));
}

TEST(PairedBeta, ADecisionThatMeetsItAVertexEarlierIsADisagreement) {
    Cells early = cells();
    const Line line{"original", "float32", 1.0};
    const FrontierCheck found = beta_checks(early).at(line);
    const auto value = [&](std::size_t row) {
        return early.coordinate[*early.axis("interaction_vertex")][row];
    };
    const std::size_t before = *std::prev(std::ranges::find(found.rows, *found.measured, value));
    Measure& share = *std::ranges::find(early.measures, "beta_underflow_fraction", &Measure::name);
    for (std::size_t r = 0; r < early.replicates; ++r)
        share.each[before * early.replicates + r] = 1.0;

    const FrontierCheck check = beta_checks(early).at(line);

    EXPECT_EQ(vertex_at(*check.measured), 22);
    EXPECT_EQ(vertex_at(*check.predicted), 23);
    EXPECT_FALSE(check.agrees());
}

TEST(PairedBeta, HasItsLineAndItsRowsInTheReport) {
    const std::vector<Overlay> overlays = frontier_overlays(cells(), *cells().axis("beta"));
    const Overlay& beta = *std::ranges::find(overlays, "beta_frontier", &Overlay::name);
    std::map<Line, std::vector<double>> left_edges;
    for (std::size_t row = 0; row < cells().rows(); ++row)
        if (beta.values[row] & 1)
            left_edges[line_of(row)].push_back(
                vertex_at(cells().coordinate[*cells().axis("interaction_vertex")][row]));
    const std::string page = stability_report(cells(), {});

    EXPECT_EQ(left_edges,
              (std::map<Line, std::vector<double>>{{{"original", "float16", 0.1}, {3}},
                                                   {{"original", "float16", 1.0}, {4}},
                                                   {{"original", "float16", 25.0}, {13}},
                                                   {{"original", "float32", 0.1}, {16}},
                                                   {{"original", "float32", 1.0}, {23}},
                                                   {{"original", "float32", 25.0}, {75}}}));
    EXPECT_NE(page.find("theory: β outside the sum 0 from here on"), std::string::npos);
    EXPECT_NE(page.find("beta zero"), std::string::npos);
}

} // namespace
} // namespace basin
