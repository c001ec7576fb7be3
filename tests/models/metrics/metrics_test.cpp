#include "models/metrics/metric_bounds.hpp"
#include "models/metrics/metrics.hpp"
#include "models/scene/scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/hand_scene.hpp"

namespace basin {
namespace {

std::vector<double> evaluate_each(const Scene& scene, const std::vector<Trajectory>& trajectories,
                                  const std::vector<Trajectory>& exact) {
    const auto pointers = [](const std::vector<Trajectory>& paths) {
        std::vector<const Trajectory*> all;
        for (const Trajectory& path : paths)
            all.push_back(&path);
        return all;
    };
    return evaluate(scene, pointers(trajectories), pointers(exact));
}

Trajectory path_to(const std::string& state, Stop stop, std::uint32_t sweeps = 1) {
    Trajectory path;
    path.state = rows_of({state}).words;
    path.stop = stop;
    path.sweeps = sweeps;
    path.counts.decisions = 10;
    return path;
}

/// Eight probes, one of each kind that matters, on two memories of eight units.
class EightProbes : public ::testing::Test {
protected:
    EightProbes() {
        scene_ =
            hand_scene(rows_of({"++++++++", "++++----"}),
                       rows_of(std::vector<std::string>(8, "++++++++")), {0, 0, -1, 0, 0, 0, 1, 1});
        scene_.duplicate_count = 4;
        paths_ = {path_to("++++++++", Stop::fixed_point, 2), // its memory
                  path_to("++++----", Stop::fixed_point, 3), // the other one: distance 4
                  path_to("-++++++-", Stop::fixed_point),    // none: 2 from the nearest
                  path_to("-++++++-", Stop::max_sweeps),     // there too, but not settled
                  path_to("--------", Stop::fixed_point),    // the negative: distance 8
                  path_to("++++++++", Stop::undecided),      // on its memory, but by NaN
                  path_to("++++----", Stop::cycle2),         // on its memory when it stopped
                  path_to("+-+-+-+-", Stop::cycle, 5)};      // distance 4
        paths_[0].counts = {.decisions = 10, .flips = 3, .ties = 1, .overflows = 2};
        paths_[5].counts = {.decisions = 10, .nans = 8, .overflows = 8};
        paths_[6].counts = {.decisions = 10, .flips = 5, .ties = 3};
        paths_[6].counts.flagged[5] = 3; // all_zero
        paths_[6].counts.numerical_ties = 2;
        paths_[7].counts.numerical_flips = 4;
    }

    double value(std::string_view metric) const {
        return evaluate_each(scene_, paths_, {})[metric_index(metric)];
    }

    Scene scene_;
    std::vector<Trajectory> paths_;
};

TEST(AllRecalled, IsOneIfEveryProbeIsAndElseZero) {
    const auto of = [](const std::vector<Trajectory>& paths, std::vector<std::int32_t> targets) {
        const Scene scene =
            hand_scene(rows_of({"++++", "++--"}),
                       rows_of(std::vector<std::string>(paths.size(), "++++")), std::move(targets));
        const std::vector<double> values = evaluate_each(scene, paths, {});
        EXPECT_EQ(values[metric_index("all_recalled")],
                  values[metric_index("exact_recall")] == 1.0 ? 1.0 : 0.0);
        return values[metric_index("all_recalled")];
    };
    const Trajectory first = path_to("++++", Stop::fixed_point);
    const Trajectory second = path_to("++--", Stop::fixed_point);
    EXPECT_EQ(of({first, second}, {0, 1}), 1.0);
    EXPECT_EQ(of({first, second}, {-1, -1}), 1.0);
    EXPECT_EQ(of({first, second, second}, {0, 1, 0}), 0.0);
    EXPECT_EQ(of({first, path_to("++--", Stop::undecided)}, {0, 1}), 0.0);
}

TEST_F(EightProbes, DistancesToTheTarget) {
    // Hamming distances 0 4 2 2 8 0 0 4.
    EXPECT_EQ(value("recall_error"), 20.0 / 64);
    EXPECT_EQ(value("overlap"), 1 - 2 * 20.0 / 64);
    EXPECT_EQ(value("overlap_absolute"), (8 + 0 + 4 + 4 + 8 + 8 + 8 + 0) / 64.0);
    // 2 (0 + 2 + sqrt 2 + sqrt 2 + sqrt 8 + 0 + 0 + 2) / 8; a few roundings of numbers below 16.
    EXPECT_NEAR(value("euclidean_distance"), 1 + std::sqrt(2.0), 1e-14);
}

TEST_F(EightProbes, RecallNeedsTheTargetAndADecision) {
    EXPECT_EQ(value("exact_recall"), 2.0 / 8); // the first and the seventh
}

TEST_F(EightProbes, DistinctStates) {
    EXPECT_EQ(value("unique_states"), 5);
    EXPECT_EQ(value("metastable_count"), 2); // -++++++- once, and the negative
}

TEST_F(EightProbes, Ends) {
    EXPECT_EQ(value("converged_fraction"), 4.0 / 8);
    EXPECT_EQ(value("undecided_fraction"), 1.0 / 8);
    EXPECT_EQ(value("cycle2_fraction"), 1.0 / 8);
    EXPECT_EQ(value("cycle_fraction"), 1.0 / 8);
    EXPECT_EQ(value("unconverged_fraction"), 1.0 / 8);
    EXPECT_EQ(value("iterations"), (2 + 3 + 1 + 1 + 1 + 1 + 1 + 5) / 8.0);
    EXPECT_EQ(value("flips"), 1.0);
}

TEST_F(EightProbes, Attractors) {
    EXPECT_EQ(value("memory_count"), 2);
    EXPECT_EQ(value("inverted_count"), 1);
    EXPECT_EQ(value("near_memory_count"), 0);
    EXPECT_EQ(value("mixture_count"), 0);
    EXPECT_EQ(value("spurious_count"), 1);
    EXPECT_EQ(value("cycle_count"), 2);
}

TEST_F(EightProbes, Decisions) {
    EXPECT_EQ(value("decision_count"), 80);
    EXPECT_EQ(value("overflow_fraction"), 10.0 / 80);
    EXPECT_EQ(value("num_nan"), 8.0 / 80);
    EXPECT_EQ(value("tie_fraction"), 4.0 / 80);
    EXPECT_EQ(value("all_zero_fraction"), 3.0 / 80);
    EXPECT_EQ(value("duplicate_count"), 4);
}

TEST_F(EightProbes, DecisionsBesideTheExactOnes) {
    EXPECT_EQ(value("num_flip"), 4.0 / 80);
    EXPECT_EQ(value("num_tie"), 2.0 / 80);
    EXPECT_EQ(value("agree"), (80.0 - 4 - 2 - 8) / 80);
}

TEST(Metrics, MixturesAndNeighboursAreCountedByKind) {
    // 40 units in 8 blocks of 5; the majority of three memories that differ in a block each is +.
    const std::string plus(40, '+');
    const auto minus_block = [&](std::size_t block) {
        return std::string(plus).replace(5 * block, 5, "-----");
    };
    const Scene scene = hand_scene(rows_of({minus_block(0), minus_block(1), minus_block(2)}),
                                   rows_of({plus, plus, plus}), {0, 1, 2});
    const std::vector<Trajectory> paths{
        path_to(plus, Stop::fixed_point),
        path_to(minus_block(1).replace(39, 1, "-"), Stop::fixed_point),
        path_to(plus, Stop::fixed_point)};

    const std::vector<double> values = evaluate_each(scene, paths, {});

    EXPECT_EQ(values[metric_index("mixture_3_count")], 2);
    EXPECT_EQ(values[metric_index("mixture_count")], 2);
    EXPECT_EQ(values[metric_index("mixture_5_count")], 0);
    EXPECT_EQ(values[metric_index("mixture_7_count")], 0);
    EXPECT_EQ(values[metric_index("near_memory_count")], 1);
    EXPECT_EQ(values[metric_index("metastable_count")], 2); // the mixture counts once
}

TEST(Metrics, AProbeWithoutTargetIsJudgedByTheNearestMemory) {
    const Scene scene = hand_scene(rows_of({"++++++", "------"}), rows_of({"----++"}), {-1});

    const std::vector<double> values =
        evaluate_each(scene, std::vector{path_to("-----+", Stop::fixed_point)}, {});

    EXPECT_EQ(values[metric_index("recall_error")], 1.0 / 6);
}

TEST(Metrics, AValueForEachInListOrder) {
    const Scene scene = lone_memory(10, 0);
    const std::vector<Trajectory> paths{path_to("++++++++++", Stop::fixed_point)};

    EXPECT_EQ(evaluate_each(scene, paths, {}).size(), metrics().size());
    for (std::size_t i = 0; i < metrics().size(); ++i)
        EXPECT_EQ(metric_index(metrics()[i].name), i);
}

TEST(Metrics, NamesAreUniqueAndExplained) {
    std::set<std::string_view> names;
    for (const Metric& metric : metrics()) {
        EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
        EXPECT_FALSE(metric.help.empty()) << metric.name;
        EXPECT_FALSE(metric.unit.empty()) << metric.name;
    }
}

/// What intervals rest on (metric_bounds.hpp).
TEST(Metrics, ValuesAreWithinTheLimitsOfTheirRange) {
    const Scene scene = lone_memory(10, 0);
    const SceneNumbers numbers{scene.probe_count(), scene.probe_count(), scene.dimension(),
                               scene.pattern_count()};
    for (const char* end : {"++++++++++", "----------", "+-+-+-+-+-", "-+++++++++"})
        for (const Stop stop : {Stop::fixed_point, Stop::cycle2, Stop::max_sweeps}) {
            const std::vector<double> values =
                evaluate_each(scene, std::vector{path_to(end, stop)}, {});
            for (std::size_t m = 0; m < metrics().size(); ++m) {
                if (std::isnan(values[m])) continue;
                const MetricBounds bounds = bounds_of(metrics()[m], numbers);
                EXPECT_GE(values[m], bounds.low) << metrics()[m].name;
                EXPECT_LE(values[m], bounds.high) << metrics()[m].name;
            }
        }
}

TEST(Metrics, ProbesOfOneMemoryAreNotIndependent) {
    SceneSpec spec;
    spec.patterns.dimension = 30;
    spec.patterns.pattern_count = 4;
    spec.cues.probe_count = 20;
    EXPECT_EQ(scene_numbers(spec).probes, 20U);
    EXPECT_EQ(scene_numbers(spec).independent, 4U);
    spec.patterns.pattern_count = 50;
    EXPECT_EQ(scene_numbers(spec).independent, 20U);
    spec.patterns.pattern_count = 4;
    spec.cues.corruption = Choice<Corruptions>::of<RandomStart>();
    EXPECT_EQ(scene_numbers(spec).independent, 20U) << "each starts anywhere";
    const auto bounds = [&](const char* metric) {
        return bounds_of(metrics()[metric_index(metric)], scene_numbers(spec));
    };
    EXPECT_EQ(bounds("recall_error").observations, 20U);
    EXPECT_EQ(bounds("all_recalled").observations, 1U) << "one observation a scene";
    EXPECT_EQ(bounds("memory_count").high, 20.0);
    EXPECT_EQ(bounds("euclidean_distance").high, 2 * std::sqrt(30.0));
    EXPECT_EQ(bounds("flips").unit, 15.0) << "a probe that ends elsewhere";
    EXPECT_EQ(bounds("decision_count").unit, 30.0) << "a sweep more";
    EXPECT_EQ(bounds("iterations").unit, 1.0);
    EXPECT_EQ(bounds("k90").unit, 4.0) << "all memories";
    spec.patterns.source = Choice<PatternSources>::of<SphereSource>();
    EXPECT_TRUE(std::isinf(bounds("euclidean_distance").high));
}

/// How many cues a file's scene asks its draw decides: the interval assumes the fewest.
TEST(Metrics, OfCuesOfAFileTheNumberIsNotKnown) {
    SceneSpec spec;
    spec.patterns.pattern_count = 40;
    spec.cues.source = Choice<CueSources>::of<NpySource>();
    const auto count = [&] {
        return bounds_of(metrics()[metric_index("memory_count")], scene_numbers(spec));
    };
    spec.cues.probe_count = 0; // all rows
    EXPECT_TRUE(std::isinf(count().high));
    EXPECT_EQ(count().unit, 1.0);
    EXPECT_EQ(count().observations, 1U);
    spec.cues.probe_count = 20; // at most
    EXPECT_EQ(count().high, 20.0);
    EXPECT_EQ(count().observations, 1U);
}

TEST(Metrics, UnknownNamesAndMissingProbesAreErrors) {
    const Scene scene = lone_memory(10, 0);

    EXPECT_THROW(metric_index("recal_error"), std::out_of_range);
    EXPECT_THROW(evaluate_each(scene, {}, {}), std::invalid_argument);
}

TEST(Metrics, WithoutADecisionSharesOfDecisionsAreNotDefined) {
    const Scene scene = lone_memory(10, 0);
    Trajectory path = path_to("++++++++++", Stop::max_sweeps);
    path.counts = {};

    const std::vector<double> values = evaluate_each(scene, std::vector{path}, {});

    EXPECT_TRUE(std::isnan(values[metric_index("num_nan")]));
    EXPECT_EQ(values[metric_index("recall_error")], 0.0);
}

} // namespace
} // namespace basin
