// How often the intervals of results.h5 hold the truth, over the cells of the presets: each preset
// with so many replicates that the mean over those that an interval has not seen passes for the
// truth. `basin run` refuses the presets of a capacity search: their cells are as those of `errors`
// and `starts`.
#include "harness/run/pattern_files.hpp"
#include "results/cube/result_cube.hpp"
#include "results/replicates/combination_scenes.hpp"
#include "results/replicates/summary.hpp"
#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

struct PresetCells {
    const char* preset;
    std::vector<std::string> overrides; ///< that make it small, of everything but replicates
    friend void PrintTo(const PresetCells& cells, std::ostream* out) { *out << cells.preset; }
};

std::vector<PresetCells> preset_cells() {
    return {
        {"smoke", {"replicates=2000"}},
        {"classical", {"replicates=1000"}},
        {"errors", {"replicates=400"}},
        {"starts", {"replicates=4000"}},
        {"precision",
         {"replicates=4000", "formulation=original", "interaction_vertex=[2, 20]", "beta=1.0",
          "precision=float32"}},
        {"stability",
         {"replicates=400", "interaction_vertex=[2, 3, 10, 20]", "beta=[1e-20, 1, 1e20]"}},
        {"quickstart",
         {"replicates=400", "interaction_vertex=[2, 3, 10]", "beta=1", "similarity=dot"}},
        {"regimes", {"replicates=1000", "dimension=16", "beta=[1, 8, 20]"}},
        {"similarities",
         {"replicates=400", "dimension=64", "pattern_count=100",
          "similarity=[\"dot\", \"negative_squared_euclidean\", \"negative_manhattan\"]"}},
        {"images", {"replicates=400", "beta=[1e5, 1e6]", "fixed_steps=1", "similarity=dot"}},
    };
}

/// Of one metric: samples of as many replicates, and what held.
struct Tally {
    double samples = 0;
    double held = 0;
    double student = 0;
    double unknown = 0; ///< all equal, and no limit known
    double without_width = 0;
};

bool holds(const MeanInterval& interval, double truth) {
    const double rounding = 1e-12 * (1 + std::abs(truth));
    return interval.low - rounding <= truth && truth <= interval.high + rounding;
}

/// Cuts the cell's values into samples of `replicates`; each interval is held against the others'
/// mean.
void add_cell(std::span<const double> values, std::size_t replicates, const MetricBounds& bounds,
              Tally& tally) {
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    for (std::size_t first = 0; first + replicates <= values.size(); first += replicates) {
        const std::span<const double> sample = values.subspan(first, replicates);
        double others = sum;
        for (const double value : sample)
            others -= value;
        const double truth = others / static_cast<double>(values.size() - replicates);
        const MeanInterval interval = mean_interval(sample, bounds);
        tally.samples += 1;
        tally.held += holds(interval, truth) ? 1 : 0;
        tally.student += holds(mean_interval(sample), truth) ? 1 : 0;
        tally.unknown += std::isnan(interval.high) ? 1 : 0;
        tally.without_width += interval.high <= interval.low ? 1 : 0;
    }
}

/// Of what no few draws can tell how much of it they have not seen: kinds of ends that all probes
/// of few draws have and those of the others do not; and walks, which a rare probe takes to the
/// last sweep allowed. These intervals hold more often than Student's, and that is all.
bool is_beyond_few_draws(const std::string& metric) {
    constexpr std::array such{"mixture_3_count",      "mixture_5_count",        "mixture_7_count",
                              "near_memory_count",    "metastable_probe_count", "global_count",
                              "single_blended_count", "collapsed_count",        "iterations",
                              "decision_count"};
    return std::ranges::find(such, metric) != such.end();
}

class PresetIntervals : public testing::TestWithParam<PresetCells> {
protected:
    /// Runs the preset and opens its results. Nothing where its files are not on this machine.
    std::optional<Hypercube> results() {
        std::vector<std::string> run{
            "run",     GetParam().preset, "--store", (folder_ / "s").string(),
            "--quiet", "--sync",          "none"};
        for (const std::string& override_ : GetParam().overrides)
            run.insert(run.end(), {"--set", override_});
        const auto ended = tests::run_program(run);
        if (ended.exit == 2 && ended.err.find("/usr/share/datasets") != std::string::npos)
            return {};
        EXPECT_LE(ended.exit, 1) << ended.err;
        return Hypercube(folder_ / "s" / "results.h5");
    }
    tests::TempFolder folder_;
};

TEST_P(PresetIntervals, HoldTheTruthAtLeast93TimesInAHundred) {
    const std::optional<Hypercube> cube = results();
    if (!cube) GTEST_SKIP() << "the images of this preset are not on this machine";
    const LoadedSweep sweep = load_sweep(load_config(GetParam().preset, GetParam().overrides));
    CombinationScenes scenes(sweep.plan);
    const xt::xarray<double> status = cube->read("status");
    const std::size_t replicates = status.shape().back();
    const std::size_t combinations = status.size() / replicates;
    for (const std::size_t seen : {4U, 8U, 20U}) {
        Tally all;
        for (const Metric& metric : metrics()) {
            if (metric.range == MetricRange::open) continue; // no limits: Student's interval alone
            const std::string name(metric.name);
            if (std::ranges::none_of(cube->variables(),
                                     [&](const auto& v) { return v.name == name; }))
                continue;
            const xt::xarray<double> values = cube->read(name);
            if (values.size() != status.size()) continue;
            Tally tally;
            for (std::size_t c = 0; c < combinations; ++c) {
                const std::span<const double> cell(values.data() + c * replicates, replicates);
                const auto [least, most] = std::ranges::minmax(cell);
                if (std::ranges::any_of(cell, [](double x) { return std::isnan(x); }) ||
                    least == most)
                    continue;
                add_cell(cell, seen, bounds_of(metric, scenes.of(c)), tally);
            }
            if (tally.samples == 0) continue;
            std::cout << GetParam().preset << ' ' << name << " R = " << seen << ": held "
                      << tally.held / tally.samples << ", Student's "
                      << tally.student / tally.samples << " of " << tally.samples << '\n';
            EXPECT_EQ(tally.without_width, 0) << name;
            if (name != "euclidean_distance") { // of real patterns: no limit is known
                EXPECT_EQ(tally.unknown, 0) << name;
            }
            if (is_beyond_few_draws(name)) {
                EXPECT_GE(tally.held, tally.student) << name;
                continue;
            }
            // Cells have scenes in common, so that they may tell no more than one of them: by
            // chance as low as this in one of a thousand metrics if it is 0.93.
            const double chance = 3 * std::sqrt(0.93 * 0.07 * static_cast<double>(seen) /
                                                static_cast<double>(replicates));
            EXPECT_GE(tally.held / tally.samples, 0.93 - chance) << name << ", " << seen;
            all.samples += tally.samples;
            all.held += tally.held;
        }
        ASSERT_GT(all.samples, 0);
        EXPECT_GE(all.held / all.samples, 0.95) << seen;
    }
}

INSTANTIATE_TEST_SUITE_P(All, PresetIntervals, testing::ValuesIn(preset_cells()),
                         [](const auto& cells) { return std::string(cells.param.preset); });

} // namespace
} // namespace basin
