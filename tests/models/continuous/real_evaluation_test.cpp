// What final states are, and what is added up over them: paths written down by hand.

#include "models/continuous/real_evaluation.hpp"
#include "models/continuous/real_metrics.hpp"
#include "models/continuous/relative_rank.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/real_judge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "support/real_scenes.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

using namespace tests;
using Kinds = std::vector<RealAttractor>;

/// A path that ended in a fixed point made of `effective` memories, the leader with most weight.
RealPath ended_with(std::vector<double> state, double effective = 1.0, double largest = 1.0,
                    std::uint32_t leader = 0) {
    RealPath path;
    path.state = std::move(state);
    path.stop = Stop::fixed_point;
    path.steps = 3;
    path.sizes = {2, 4, effective, effective, largest, leader};
    path.energy = 0.5;
    path.counts.decisions = 3;
    return path;
}

RealPath stopped(std::vector<double> state, Stop stop) {
    RealPath path = ended_with(std::move(state));
    path.stop = stop;
    if (stop == Stop::undecided) path.sizes = {};
    return path;
}

/// Memories e_1 ... e_8 of 8 units: M = 1, and a state is at one within 0.01.
RealScene axes(std::size_t probes) {
    Rows rows(8, std::vector<float>(8, 0.0F));
    for (std::size_t mu = 0; mu < 8; ++mu)
        rows[mu][mu] = 1.0F;
    std::vector<std::int32_t> targets;
    Rows cues;
    for (std::size_t p = 0; p < probes; ++p) {
        cues.push_back(rows[p % 8]);
        targets.push_back(static_cast<std::int32_t>(p % 8));
    }
    return real_scene_of(rows, cues, targets);
}

std::vector<double> axis(std::size_t which, double value = 1.0) {
    std::vector<double> state(8, 0.0);
    state[which] = value;
    return state;
}

std::vector<RealAttractor> classify(const RealScene& scene, const Setting& setting,
                                    std::span<const RealPath> paths) {
    return ends_of(scene, setting, paths).kinds;
}

const Setting& setting() {
    static const Setting setting = softmax_setting(1.0);
    return setting;
}

RealAttractor kind_of(const RealPath& path) {
    return classify(axes(1), setting(), std::vector{path}).front();
}

// Classification ----------------------------------------------------------------------------------

TEST(RealAttractor, OfPathsWithoutAFixedPoint) {
    EXPECT_EQ(kind_of(stopped(axis(0), Stop::max_sweeps)), RealAttractor::not_converged);
    EXPECT_EQ(kind_of(stopped(axis(0), Stop::undecided)), RealAttractor::not_converged);
}

TEST(RealAttractor, SingleExactIsWithinTheRetrievalRadius) {
    EXPECT_EQ(kind_of(ended_with(axis(0))), RealAttractor::single_exact);
    EXPECT_EQ(kind_of(ended_with(axis(5))), RealAttractor::single_exact); // of any memory
    EXPECT_EQ(kind_of(ended_with(axis(0, 1.0099))), RealAttractor::single_exact);
    EXPECT_EQ(kind_of(ended_with(axis(0, 1.0101))), RealAttractor::single_blended);
    Setting wide = setting();
    wide.retrieval_radius = 0.05;
    EXPECT_EQ(classify(axes(1), wide, std::vector{ended_with(axis(0, 1.04))}).front(),
              RealAttractor::single_exact);
}

TEST(RealAttractor, SingleExactComesBeforeGlobal) {
    EXPECT_EQ(kind_of(ended_with(axis(0), 8.0, 0.125)), RealAttractor::single_exact);
}

TEST(RealAttractor, TheRadiusIsInUnitsOfTheLongestMemory) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}, {-100, 0}});
    EXPECT_EQ(classify(scene, setting(),
                       std::vector{ended_with({0.9, 1}), ended_with({99.5, 0.5}),
                                   ended_with({-98.9, 0})}),
              (Kinds{RealAttractor::single_exact, RealAttractor::single_exact,
                     RealAttractor::single_blended}));
}

TEST(RealAttractor, GlobalIsTheMeanOrMadeOfMoreThanHalf) {
    EXPECT_EQ(kind_of(ended_with(std::vector(8, 0.125), 2.0, 0.6)), RealAttractor::global);
    EXPECT_EQ(kind_of(ended_with(std::vector(8, 0.128), 2.0, 0.6)), RealAttractor::global);
    EXPECT_EQ(kind_of(ended_with(std::vector(8, 0.13), 2.0, 0.4)), RealAttractor::metastable);
    EXPECT_EQ(kind_of(ended_with(axis(0, 0.4), 4.6, 0.6)), RealAttractor::global); // 5 > 8 / 2
    EXPECT_EQ(kind_of(ended_with(axis(0, 0.4), 4.4, 0.4)), RealAttractor::metastable);
}

TEST(RealAttractor, SingleBlendedIsAloneAndHasMostOfTheWeight) {
    EXPECT_EQ(kind_of(ended_with(axis(0, 0.7), 2.0, 0.51)), RealAttractor::single_blended);
    EXPECT_EQ(kind_of(ended_with(axis(0, 0.7), 2.0, 0.5)), RealAttractor::metastable);
    // Two probes that end at one place, and a third one elsewhere.
    const Kinds kinds = classify(axes(3), setting(),
                                 std::vector{ended_with(axis(0, 0.7), 2.0, 0.7),
                                             ended_with(axis(0, 0.7 + 1e-8), 2.0, 0.7),
                                             ended_with(axis(0, 0.7 + 1e-4), 2.0, 0.7)});
    EXPECT_EQ(kinds, (Kinds{RealAttractor::metastable, RealAttractor::metastable,
                            RealAttractor::single_blended}));
}

TEST(RealAttractor, OnRealPaths) {
    // Two pairs of near memories far from each other, and a lone one.
    const RealScene scene =
        stored_scene_of({{5, 0.3F, 0}, {5, -0.3F, 0}, {0, 5, 0.3F}, {0, 5, -0.3F}, {0, 0, 8}});
    const Setting own = softmax_setting(2.0, "negative_squared_euclidean");
    const auto paths = paths_of(scene, own);
    const Kinds kinds = classify(scene, own, paths);
    for (std::size_t p = 0; p < 4; ++p)
        EXPECT_EQ(kinds[p], RealAttractor::metastable) << p;
    EXPECT_EQ(kinds[4], RealAttractor::single_exact);
    const RealEvaluation sum = add_up(scene, own, paths);
    EXPECT_EQ(sum.unique_states, 3U);
    EXPECT_EQ(sum.metastable, 2U);

    const Setting loose = softmax_setting(1e-3, "negative_squared_euclidean");
    for (const RealAttractor kind : classify(scene, loose, paths_of(scene, loose)))
        EXPECT_EQ(kind, RealAttractor::global);
}

// Sums --------------------------------------------------------------------------------------------

TEST(RealEvaluation, StatesAreCountedOnce) {
    const auto paths = std::vector{
        ended_with(axis(0)),                       // at a memory
        ended_with(axis(1)),                       // at another
        ended_with(axis(0, 1 + 1e-7)),             // the first once more
        ended_with(axis(2, 0.6), 3.0, 0.4),        // metastable
        ended_with(axis(2, 0.6 + 5e-7), 3.0, 0.4), // the same
        ended_with(axis(3, 0.5), 3.0, 0.9),        // single_blended
        stopped(axis(4, 0.5), Stop::max_sweeps),   // no fixed point
        stopped(axis(5), Stop::undecided),         // nor this
    };
    const RealEvaluation sum = add_up(axes(8), setting(), paths);
    EXPECT_EQ(sum.unique_states, 6U);
    EXPECT_EQ(sum.metastable, 2U);
    EXPECT_EQ(sum.number(RealAttractor::single_exact), 3U);
    EXPECT_EQ(sum.number(RealAttractor::metastable), 2U);
    EXPECT_EQ(sum.number(RealAttractor::single_blended), 1U);
    EXPECT_EQ(sum.number(RealAttractor::not_converged), 2U);
    EXPECT_EQ(sum.number(RealAttractor::global), 0U);
    EXPECT_EQ(sum.share(Stop::fixed_point), 6.0 / 8);
    EXPECT_EQ(sum.share(Stop::undecided), 1.0 / 8);
    EXPECT_EQ(sum.sized, 7U);
    EXPECT_EQ(sum.k90, 14U);
    EXPECT_EQ(sum.support, 28U);
    EXPECT_EQ(sum.steps, 24U);
    EXPECT_EQ(sum.counts.decisions, 24U);
}

TEST(RealEvaluation, TheRadiusOfOneState) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}});
    EXPECT_DOUBLE_EQ(same_state_radius(scene, softmax_setting(1.0)), 1e-4); // 1e-6 M
    EXPECT_DOUBLE_EQ(same_state_radius(scene, softmax_setting(1.0, "dot", "float32")), 0.1);
    Setting coarse = softmax_setting(1.0);
    coarse.tolerance = 1e-3;
    EXPECT_DOUBLE_EQ(same_state_radius(scene, coarse), 10.0);
}

TEST(RealEvaluation, FinalStatesWithinTheRadiusAreOne) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}});
    Setting own = softmax_setting(1.0);
    for (const double tolerance : {0.0, 1e-3}) { // the radius is 1e-4, or 10
        own.tolerance = tolerance;
        const double radius = tolerance > 0 ? 10.0 : 1e-4;
        const auto clusters = [&](double apart) {
            const std::vector paths{ended_with({0, 50}), ended_with({0, 50 + apart})};
            return ends_of(scene, own, paths).clusters.sizes.size();
        };
        EXPECT_EQ(clusters(0.99 * radius), 1U);
        EXPECT_EQ(clusters(1.01 * radius), 2U);
    }
}

TEST(RealEvaluation, TheRadiiOfEndsAndRanksAreNoSmallerThanRounding) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}});
    Setting own = softmax_setting(1.0, "dot", "bfloat16"); // 8 bits of significand
    own.tolerance = 1e-9;
    EXPECT_DOUBLE_EQ(same_state_radius(scene, own), 1e-4);
    EXPECT_DOUBLE_EQ(same_end_radius(scene, own), 100 * 4.0 / 256);
    EXPECT_DOUBLE_EQ(rank_radius(scene, own), 100 * 2.0 / 256);
    own = softmax_setting(1.0);
    EXPECT_DOUBLE_EQ(same_end_radius(scene, own), 1e-4);
    EXPECT_DOUBLE_EQ(rank_radius(scene, own), 1e-4);
}

TEST(RealEvaluation, ErrorsByHand) {
    const RealScene scene = real_scene_of({{3, 4}, {0, 1}}, {{3, 4}, {0, 1}}, {0, 1});
    Setting own = softmax_setting(1.0);
    own.error_threshold = 1.0;
    const RealEvaluation sum =
        add_up(scene, own, std::vector{ended_with({3, 4.03}), ended_with({1, 1}, 2.0, 0.6, 0)});
    EXPECT_NEAR(sum.squared_error, 0.0009 + 1, 1e-14);
    EXPECT_NEAR(sum.distance, 0.03 + 1, 1e-14);
    EXPECT_NEAR(sum.cosine, (9 + 16.12) / (5 * std::sqrt(9 + 4.03 * 4.03)) + std::sqrt(0.5), 1e-14);
    EXPECT_EQ(sum.retrieved, 1U);       // 0.03 <= 0.01 * 5
    EXPECT_EQ(sum.below_threshold, 2U); // 1 <= 1
    EXPECT_EQ(sum.identified, 1U);
    EXPECT_TRUE(std::isnan(sum.dissimilarity));
}

TEST(RealEvaluation, WithoutATargetTheNearestMemoryJudges) {
    const RealScene scene = real_scene_of({{0, 0}, {10, 0}}, {{1, 1}});
    const RealEvaluation sum =
        add_up(scene, setting(), std::vector{ended_with({9, 0}, 1.0, 1.0, 1)});
    EXPECT_EQ(sum.squared_error, 1.0);
    EXPECT_EQ(sum.identified, 1U);
}

TEST(RealEvaluation, AnUndecidedPathRetrievesNothing) {
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    const auto paths = std::vector{stopped({1, 0}, Stop::undecided), ended_with({0, 1}, 1, 1, 1)};
    const RealEvaluation sum = add_up(scene, setting(), paths);
    EXPECT_EQ(sum.retrieved, 1U);
    EXPECT_EQ(sum.below_threshold, 1U);
    EXPECT_EQ(sum.identified, 1U);
}

TEST(RealEvaluation, OnePathAProbeIsNeeded) {
    EXPECT_THROW(add_up(axes(2), setting(), std::vector{ended_with(axis(0))}),
                 std::invalid_argument);
    EXPECT_THROW(classify(axes(2), setting(), std::vector{ended_with(axis(0))}),
                 std::invalid_argument);
}

TEST(RealEvaluation, ImagesHaveADissimilarity) {
    RealScene scene = stored_scene_of({{0, 1, 1, 0}, {1, 1, 0, 0}});
    scene.patterns.range = {0.0, 1.0};
    scene.patterns.image = {2, 2, 1, true};
    const auto exact = std::vector{ended_with({0, 1, 1, 0}), ended_with({1, 1, 0, 0}, 1, 1, 1)};
    EXPECT_NEAR(add_up(scene, setting(), exact).dissimilarity, 0, 1e-14);
    const auto off = std::vector{ended_with({0, 1, 1, 0}), ended_with({0, 0, 0, 0}, 1, 1, 1)};
    // Windows of one pixel: 1e-4 / (1 + 1e-4) where 1 became 0.
    EXPECT_NEAR(add_up(scene, setting(), off).dissimilarity, 0.5 * (1 - 1e-4 / 1.0001), 1e-14);
}

// Metrics -----------------------------------------------------------------------------------------

double metric(const Outcome& outcome, std::string_view name) {
    return outcome.values[metric_index(name)];
}

TEST(RealMetrics, RecallErrorOfBipolarStatesIsTheShareOfUnitsThatDiffer) {
    const Scene bits = random_scene({.dimension = 40, .pattern_count = 6, .probe_count = 6});
    const RealScene scene = *real_scene(bits);
    std::vector<RealPath> paths;
    std::size_t differing = 0;
    Stream stream(key_of("bipolar states"), StreamRole::patterns);
    for (std::size_t p = 0; p < 6; ++p) {
        const auto row = scene.memories().row(static_cast<std::size_t>(scene.targets[p]));
        std::vector<double> state(row.begin(), row.end());
        for (double& x : state)
            if (stream.bernoulli(0.2)) {
                x = -x;
                ++differing;
            }
        paths.push_back(ended_with(state));
    }
    const Outcome outcome = judge(scene, setting(), paths);
    EXPECT_EQ(outcome.status, Status::done);
    EXPECT_NEAR(metric(outcome, "recall_error"), static_cast<double>(differing) / 240, 1e-15);
    EXPECT_NEAR(metric(outcome, "mean_squared_error"), 4 * static_cast<double>(differing) / 240,
                1e-15);
}

TEST(RealMetrics, ByHand) {
    RealScene scene = stored_scene_of({{1, 0}, {0, 1}, {1, 0}});
    scene.patterns.range = {0.0, 2.0};
    auto paths = std::vector{ended_with({1, 0}, 1.0, 1.0, 0), ended_with({0.5, 0.5}, 3.0, 0.5, 0),
                             stopped({1, 0}, Stop::undecided)};
    paths[1].counts.raise(flag::exp_overflow, 2);
    paths[1].counts.flags |= flag::exp_overflow;
    paths[2].counts.nans = 1;
    const Outcome outcome = judge(scene, setting(), paths);
    EXPECT_EQ(outcome.flags, flag::exp_overflow);
    EXPECT_NEAR(metric(outcome, "mean_squared_error"), 0.5 / 6, 1e-15);
    EXPECT_NEAR(metric(outcome, "recall_error"), 0.5 / 6 / 4, 1e-15);
    EXPECT_NEAR(metric(outcome, "peak_signal_to_noise"), 10 * std::log10(4 * 12.0), 1e-12);
    EXPECT_EQ(metric(outcome, "exact_recall"), 1.0 / 3);
    EXPECT_EQ(metric(outcome, "all_recalled"), 0.0);
    EXPECT_EQ(metric(judge(stored_scene_of({{1, 0}}), setting(), std::vector{ended_with({1, 0})}),
                     "all_recalled"),
              1.0);
    EXPECT_EQ(metric(outcome, "identity_recall"), 1.0 / 3);
    EXPECT_EQ(metric(outcome, "k90"), 2.0);
    EXPECT_EQ(metric(outcome, "effective_size"), 2.0);
    EXPECT_EQ(metric(outcome, "largest_weight"), 0.75);
    EXPECT_EQ(metric(outcome, "unique_states"), 2.0);
    EXPECT_EQ(metric(outcome, "collapsed_count"), 1.0);
    EXPECT_EQ(metric(outcome, "duplicate_count"), 1.0);
    EXPECT_EQ(metric(outcome, "undecided_fraction"), 1.0 / 3);
    EXPECT_EQ(metric(outcome, "num_nan"), 1.0 / 9);
    EXPECT_EQ(metric(outcome, "exp_overflow_fraction"), 2.0 / 9);
    EXPECT_EQ(metric(outcome, "overflow_fraction"), 2.0 / 9);
    EXPECT_EQ(metric(outcome, "decision_count"), 9.0);
    EXPECT_EQ(metric(outcome, "iterations"), 3.0);
}

} // namespace
} // namespace basin
