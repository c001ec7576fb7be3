#include "analysis/capacity/root_score.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/synthetic_curves.hpp"

namespace basin {
namespace {

RootInterval interval_of(const std::vector<Observation>& observations, double threshold) {
    CrossingRule rule;
    rule.threshold = threshold;
    const Curve curve = curve_of(observations, rule);
    std::vector<const CurveCell*> cells;
    for (const CurveCell& cell : curve.cells)
        cells.push_back(&cell);
    const RootScore score(cells, threshold, dispersion(cells, threshold, 1.0));
    const double middle = 0.5 * (cells.front()->x + cells.back()->x);
    return root_interval(score, middle, 0.02, cells.front()->x - 1.0, cells.back()->x + 1.0, 0.95);
}

TEST(RootScore, TakesTheLargerOfWilsonsAndStudentsErrors) {
    // 60 of 100 scenes recall all: s^2 = .2424. Against .502 the model's variance, .25, is larger
    // (.502 is Wilson's lower limit), against .691 (the upper limit) it is .2135.
    std::vector<Observation> observations;
    for (std::uint32_t r = 0; r < 100; ++r)
        observations.push_back({100, r, r < 60 ? 1.0 : 0.0});
    const Curve curve = curve_of(observations, {});
    const std::vector<const CurveCell*> cells{&curve.cells.front()};
    EXPECT_NEAR(RootScore(cells, 0.502, 1.0).statistic(std::log(100.0)), 1.96, 0.005);
    EXPECT_NEAR(RootScore(cells, 0.691, 1.0).statistic(std::log(100.0)),
                -0.091 / std::sqrt(0.242424 / 100.0), 1e-4);
}

TEST(RootScore, HasStudentsStatisticBetweenReplicates) {
    // One cell at the candidate, a model that allows for no variance: the one-sample t statistic.
    std::vector<Observation> observations;
    const double values[] = {0.5, 0.7, 0.4, 0.9, 0.6};
    for (std::uint32_t r = 0; r < 5; ++r)
        observations.push_back({20, r, values[r]});
    const Curve curve = curve_of(observations, {});
    const std::vector<const CurveCell*> cells{&curve.cells.front()};
    // mean .62, s = .192354, (.62 - .5) / (s / sqrt 5) = 1.394972
    EXPECT_NEAR(RootScore(cells, 0.5, 1e-9).statistic(std::log(20.0)), 1.394972, 1e-5);
}

TEST(RootScore, HasNoCovarianceOfScenesFromDifferentReplicates) {
    // Which scene at one K has which value says nothing of the scenes of other replicates.
    // Sums of five terms in another order differ by some roundings: far less than 1e-12.
    const auto statistic = [](std::uint32_t gap, const std::vector<double>& values) {
        std::vector<Observation> observations;
        const double first[] = {0.9, 0.7, 0.8, 0.5, 0.6};
        for (std::uint32_t r = 0; r < 5; ++r) {
            observations.push_back({20, 4 * r, first[r]});
            observations.push_back({40, 4 * r + gap, values[r]});
        }
        const Curve curve = curve_of(observations, {});
        const std::vector<const CurveCell*> cells{&curve.cells[0], &curve.cells[1]};
        return RootScore(cells, 0.5, 0.01).statistic(std::log(30.0));
    };
    for (const std::uint32_t gap : {1U, 2U, 3U})
        EXPECT_NEAR(statistic(gap, {0.1, 0.2, 0.3, 0.4, 0.5}),
                    statistic(gap, {0.4, 0.1, 0.5, 0.2, 0.3}), 1e-12)
            << gap;
}

TEST(RootInterval, IsUnboundedWithoutASlope) {
    std::vector<Observation> observations;
    for (std::uint32_t r = 0; r < 16; ++r)
        for (const std::uint64_t k : {100U, 120U})
            observations.push_back({k, r, r % 2 == (k == 100 ? 0 : 1) ? 0.7 : 0.3});
    const RootInterval interval = interval_of(observations, 0.5);
    EXPECT_TRUE(std::isinf(interval.lower));
    EXPECT_TRUE(std::isinf(interval.upper));
}

TEST(RootInterval, IsTheSameForCopiesOfAReplicatesScenes) {
    // Scenes at K = 100 and 101 that are copies of each other say no more than those at one K.
    std::vector<Observation> once;
    std::vector<Observation> twice;
    std::vector<Observation> as_if_independent;
    const SyntheticCurve curve{.probes = 5, .seed = "copies"};
    for (std::uint32_t r = 0; r < 40; ++r)
        for (const std::uint64_t k : {90U, 120U}) {
            const double y = curve.value(k, r);
            once.push_back({k, r, y});
            twice.push_back({k, r, y});
            twice.push_back({k + 1, r, y});
            as_if_independent.push_back({k, r, y});
            as_if_independent.push_back({k + 1, r + 40, y});
        }
    const auto width = [](const std::vector<Observation>& observations) {
        const RootInterval interval = interval_of(observations, 0.5);
        return interval.upper - interval.lower;
    };
    EXPECT_NEAR(width(twice) / width(once), 1.0, 0.03);
    EXPECT_NEAR(width(as_if_independent) / width(once), 1.0 / std::sqrt(2.0), 0.06);
}

TEST(RootInterval, HoldsTheRootUnderCommonSeedsByReplicateOnly) {
    int clustered = 0;
    int naive = 0;
    constexpr int curves = 1000;
    for (int i = 0; i < curves; ++i) {
        const SyntheticCurve curve{
            .slope = 5.0, .replicate = 0.8, .scene = 0.0, .seed = "common/" + std::to_string(i)};
        std::vector<Observation> seen;
        std::vector<Observation> relabelled;
        for (std::uint32_t r = 0; r < 30; ++r)
            for (const std::uint64_t k : {90U, 96U, 104U, 112U}) {
                const double y = curve.value(k, r);
                seen.push_back({k, r, y});
                relabelled.push_back({k, r + 30 * static_cast<std::uint32_t>(k), y});
            }
        const auto holds = [&](const RootInterval& interval) {
            const double x = std::log(curve.root(0.5));
            return interval.lower <= x && x <= interval.upper;
        };
        clustered += holds(interval_of(seen, 0.5));
        naive += holds(interval_of(relabelled, 0.5));
    }
    EXPECT_NEAR(clustered / double(curves), 0.95, 0.02);
    EXPECT_LT(naive / double(curves), 0.85);
    RecordProperty("clustered", clustered);
    RecordProperty("naive", naive);
}

} // namespace
} // namespace basin
