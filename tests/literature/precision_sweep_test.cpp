// The preset `precision`, point by point: N = 100, K = 20, contrastive rule, F(x) = max(x, 0)^n.
// The vertices at which each format fails are closed forms. With h = N - 2 flips, a unit that is as
// in the true memory compares h^n with (h - 2)^n, a flipped one (h + 2)^n with h^n; once the
// smaller is infinite the difference is NaN:
//   log(3.4e38) / log(98, 88, 78, 58) = 19.4, 19.8, 20.4, 21.9     (bfloat16 has float32's range)
//   log(1.8e308) / log(98, 88, 78, 58) = 154.8, 158.5, 162.9, 174.8
//   log(65504) / log(98 ... 58) < 3
// In the normalized formulation at beta = 1, ((h + 2) / N)^n rounds to 0 in both kinds of unit; at
// h = N nothing ever does, since 1^n = 1.
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using Line = std::tuple<std::string, std::string, double>; ///< formulation, precision, cue level

struct Point {
    Line line;
    std::uint32_t vertex;
    Outcome outcome;
    double operator[](std::string_view metric) const {
        return outcome.values.at(metric_index(metric));
    }
};

std::vector<Point> run_preset(const std::string& update) {
    const Plan plan(load_config("precision", {"beta=1.0", "update=" + update}));
    GroupCache cache;
    std::vector<Point> points;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const SceneSpec spec =
            bind_scene(plan.scene_of(job), plan.config().seed, plan.replicate_of_job(job));
        std::vector<Setting> settings;
        for (const std::uint64_t cell : tests::cells_of(plan, job))
            settings.push_back(bind_setting(plan.coordinates_of(cell)));
        std::vector<Outcome> outcomes = recall(make_scene(spec, nullptr), settings, cache);
        for (std::size_t i = 0; i < settings.size(); ++i)
            points.push_back({{std::string(settings[i].formulation.name()),
                               std::string(settings[i].precision.name()), spec.cues.cue_level},
                              settings[i].interaction_parameters.vertex,
                              std::move(outcomes[i])});
    }
    return points;
}

const std::vector<Point>& points() {
    static const std::vector<Point> all = run_preset("async_permutation");
    return all;
}

/// After one synchronous step: every decision is made in the cue.
const std::vector<Point>& first_steps() {
    static const std::vector<Point> all = run_preset("one_shot");
    return all;
}

/// For each line, the least vertex at which the metric is 1 in every draw; 0 if none. Fails unless
/// it stays so from there on, and is so in no single draw before.
std::map<Line, std::uint32_t> first_all(std::string_view metric) {
    std::map<Line, std::map<std::uint32_t, std::pair<int, int>>> counts; // holds, draws
    for (const Point& point : points()) {
        auto& [holds, draws] = counts[point.line][point.vertex];
        holds += point[metric] == 1.0;
        ++draws;
    }
    std::map<Line, std::uint32_t> firsts;
    for (const auto& [line, vertices] : counts) {
        std::uint32_t& first = firsts[line];
        for (const auto& [vertex, count] : vertices) {
            EXPECT_GE(count.second, 10);
            if (first == 0 && count.first == count.second) first = vertex;
            EXPECT_EQ(count.first, first == 0 ? 0 : count.second)
                << metric << " at n = " << vertex << " in " << std::get<0>(line) << " "
                << std::get<1>(line) << " at cue level " << std::get<2>(line);
        }
    }
    return firsts;
}

void expect_firsts(std::string_view metric, const std::string& formulation,
                   const std::map<std::string, std::vector<std::uint32_t>>& expected) {
    const auto firsts = first_all(metric);
    const std::vector<double> levels{0.0, 0.05, 0.1, 0.2};
    for (const auto& [precision, vertices] : expected)
        for (std::size_t level = 0; level < levels.size(); ++level)
            EXPECT_EQ(firsts.at({formulation, precision, levels[level]}), vertices[level])
                << metric << " in " << formulation << " " << precision << " at cue level "
                << levels[level];
}

TEST(PrecisionSweep, OriginalIsAllNaNFromTheClosedFormOn) {
    expect_firsts("num_nan", "original",
                  {{"float16", {3, 3, 3, 3}},
                   {"bfloat16", {20, 20, 21, 22}},
                   {"float32", {20, 20, 21, 22}},
                   {"float64", {155, 159, 163, 175}},
                   {"exact", {0, 0, 0, 0}}});
}

TEST(PrecisionSweep, NormalizedIsAllZeroFromTheClosedFormOn) {
    // log(smallest subnormal / 2) / log(.92, .82, .62), then the next vertex of the preset:
    // float16 208, 87, 36; bfloat16 1115, 468, 194; float32 1247, 524, 217; float64 beyond 1000.
    expect_firsts("all_zero_fraction", "normalized",
                  {{"float16", {0, 400, 100, 50}},
                   {"bfloat16", {0, 0, 1000, 200}},
                   {"float32", {0, 0, 1000, 400}},
                   {"float64", {0, 0, 0, 0}},
                   {"exact", {0, 0, 0, 0}}});
    expect_firsts(
        "num_nan", "normalized",
        {{"float16", {0, 0, 0, 0}}, {"float32", {0, 0, 0, 0}}, {"float64", {0, 0, 0, 0}}});
}

TEST(PrecisionSweep, FlippedUnitsAreNaNBeforeTheOthers) {
    // Their smaller power is h^n: log(1.8e308) / log(90, 80, 60) = 157.7, 161.97, 173.4. At these
    // vertices the other units add an infinite and subtract a finite power: a benign overflow.
    int seen = 0;
    for (const auto& [level, vertex] :
         std::vector<std::pair<double, std::uint32_t>>{{0.05, 158}, {0.1, 162}, {0.2, 174}}) {
        for (const Point& point : first_steps()) {
            if (point.line != Line{"original", "float64", level}) continue;
            if (point.vertex < vertex) {
                EXPECT_EQ(point["num_nan"], 0.0) << point.vertex;
            }
            if (point.vertex != vertex) continue;
            ++seen;
            EXPECT_DOUBLE_EQ(point["num_nan"], level);
            EXPECT_DOUBLE_EQ(point["benign_overflow_fraction"], 1.0 - level);
            EXPECT_EQ(point["num_flip"], 0.0);
            EXPECT_EQ(point["numerical_failure"], 1.0);
        }
    }
    EXPECT_EQ(seen, 30);
}

TEST(PrecisionSweep, AnOverflowWithASignHasTheRightOne) {
    int seen = 0;
    for (const Point& point : points()) {
        if (!(point.outcome.flags & flag::benign_overflow)) continue;
        ++seen;
        EXPECT_EQ(point["num_flip"], 0.0) << point.vertex;
    }
    EXPECT_GE(seen, 100);
}

TEST(PrecisionSweep, OverflowOnTheWayFailsTheQueryThere) {
    // float32, n = 21, 20 flips: 60^21 and 58^21 are finite, so the cue moves; at the memory
    // 98^21 is not, and no unit can confirm it.
    int seen = 0;
    for (const Point& point : points()) {
        if (point.line != Line{"original", "float32", 0.2} || point.vertex != 21) continue;
        ++seen;
        EXPECT_GT(point["num_nan"], 0.0);
        EXPECT_LT(point["num_nan"], 1.0);
        EXPECT_LT(point["recall_error"], 0.2);
        EXPECT_EQ(point["numerical_failure"], 1.0);
    }
    EXPECT_EQ(seen, 10);
}

TEST(PrecisionSweep, ExactIsAliveAtEveryVertex) {
    for (const Point& point : points()) {
        if (std::get<1>(point.line) != "exact") continue;
        EXPECT_EQ(point["agree"], 1.0);
        EXPECT_EQ(point["ok"] + point["capacity_failure"], 1.0);
        // 20 memories are few for n >= 10: K_max of N = 100 is beyond 10^8 there.
        if (point.vertex >= 10) {
            EXPECT_EQ(point["exact_recall"], 1.0) << point.vertex;
        }
        if (point.outcome.flags != 0) {
            EXPECT_EQ(point.outcome.flags, flag::all_zero);
        }
    }
}

TEST(PrecisionSweep, AtVertexTwoCapacityFailsAlike) {
    // Integers up to 100^2 * 20 are numbers of float32 and float64: nothing is rounded there, and
    // K = 20 is more than the 11 memories that n = 2 holds without error.
    double failed = 0.0;
    for (const Point& point : points()) {
        if (point.vertex != 2 || std::get<0>(point.line) != "original") continue;
        const std::string& precision = std::get<1>(point.line);
        if (precision == "float16" || precision == "bfloat16") continue;
        EXPECT_EQ(point["numerical_failure"] + point["lucky"] + point["mixed"], 0.0) << precision;
        failed += point["capacity_failure"];
    }
    EXPECT_GT(failed, 1.0);
}

TEST(PrecisionSweep, EveryQueryHasOneCause) {
    for (const Point& point : points()) {
        ASSERT_EQ(point.outcome.status, Status::done);
        // Twenty probes: five shares of 20, each off by half a unit in the last place at most.
        EXPECT_NEAR(point["ok"] + point["capacity_failure"] + point["numerical_failure"] +
                        point["lucky"] + point["mixed"],
                    1.0, 1e-15 * 5);
        EXPECT_NEAR(point["ok"] + point["lucky"], point["exact_recall"], 1e-15);
        EXPECT_NEAR(point["agree"] + point["num_flip"] + point["num_nan"] + point["num_tie"], 1.0,
                    1e-15 * 4);
    }
}

TEST(PrecisionSweep, SixteenBitsAbsorbTheOneAtLargerNetworks) {
    // Beyond 2^p = 256 a bfloat16 number does not tell h + 1 from h - 1: arg_absorb, no overflow.
    SceneSpec spec;
    spec.patterns.dimension = 600;
    spec.patterns.pattern_count = 5;
    spec.patterns.key = key_of("patterns beyond 256");
    spec.cues.probe_count = 5;
    spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    spec.cues.cue_level = 0.05;
    spec.cues.key = key_of("cues beyond 256");
    Setting setting;
    setting.interaction_parameters.vertex = 3;
    setting.precision = Choice<Precisions>::of<BFloat16>();
    Setting single = setting;
    single.precision = Choice<Precisions>::of<Float32>();

    const auto outcomes = recall(make_scene(spec, nullptr), std::vector{setting, single});

    EXPECT_TRUE(outcomes[0].flags & flag::arg_absorb);
    EXPECT_TRUE(outcomes[0].flags & flag::acc_stall);
    EXPECT_FALSE(outcomes[0].flags & flag::any_overflow);
    EXPECT_FALSE(outcomes[1].flags & (flag::arg_absorb | flag::acc_stall | flag::any_overflow));
}

} // namespace
} // namespace basin
