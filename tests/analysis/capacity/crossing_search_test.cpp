#include "analysis/capacity/crossing_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/synthetic_curves.hpp"

namespace basin {
namespace {

CrossingRule rule_for(std::uint64_t least, std::uint64_t most) {
    CrossingRule rule;
    rule.least = least;
    rule.most = most;
    return rule;
}

SyntheticCurve step_at(double k) {
    return {.centre = k, .slope = 1e5, .seed = "step"};
}

TEST(CrossingSearch, DoublesFromItsStartUntilTheMeanFails) {
    CrossingRule rule = rule_for(10, 10000);
    rule.ladder_ratio = 2.0;
    rule.start = 45;
    std::vector<Observation> seen;
    const std::vector<std::uint64_t> path{40, 80, 160, 320};
    for (const std::uint64_t k : path) {
        const SearchStep step = next_step(seen, rule);
        ASSERT_EQ(step.requests, (std::vector<SceneRequest>{{k, rule.pilot_replicates}}));
        for (std::uint32_t r = 0; r < rule.pilot_replicates; ++r)
            seen.push_back({k, r, k < 300 ? 1.0 : 0.0});
    }
    EXPECT_EQ(next_step(seen, rule).requests,
              (std::vector<SceneRequest>{{160, rule.min_replicates}, {320, rule.min_replicates}}));
}

TEST(CrossingSearch, FindsAStepBetweenNeighboursOfTheLadder) {
    const CrossingRule rule = rule_for(1, 100000);
    const auto steps = ladder(rule);
    for (const double k : {3.5, 17.2, 401.0, 54321.0}) {
        const SearchRun run = searched(step_at(k), rule);
        EXPECT_EQ(run.crossing.state, CrossingState::found) << k;
        const auto above = std::ranges::lower_bound(steps, static_cast<std::uint64_t>(k) + 1);
        EXPECT_EQ(run.crossing.upper, static_cast<double>(*above)) << k;
        EXPECT_EQ(run.crossing.lower, static_cast<double>(above[-1])) << k;
    }
}

TEST(CrossingSearch, SaysWhyThereIsNone) {
    CrossingRule rule = rule_for(20, 500);
    EXPECT_EQ(searched(step_at(7), rule).crossing.state, CrossingState::below_range);
    EXPECT_EQ(searched(step_at(900), rule).crossing.state, CrossingState::above_range);
    rule.limit = 100;
    const SearchRun limited = searched(step_at(300), rule);
    EXPECT_EQ(limited.crossing.state, CrossingState::above_limit);
    for (const Observation& seen : limited.observations)
        EXPECT_LE(seen.pattern_count, 100);
    rule.limit = 5;
    const SearchRun nothing = searched(step_at(300), rule);
    EXPECT_EQ(nothing.crossing.state, CrossingState::above_limit);
    EXPECT_TRUE(nothing.observations.empty());
}

TEST(CrossingSearch, OfOneK) {
    EXPECT_EQ(searched(step_at(7), rule_for(20, 20)).crossing.state, CrossingState::below_range);
    EXPECT_EQ(searched(step_at(70), rule_for(20, 20)).crossing.state, CrossingState::above_range);
}

TEST(CrossingSearch, OfOneReplicateEndsWithoutAnInterval) {
    CrossingRule rule = rule_for(1, 1000);
    rule.max_replicates = 1;
    const SearchRun run = searched(step_at(77.5), rule);
    EXPECT_EQ(run.crossing.state, CrossingState::no_interval);
    EXPECT_LE(run.crossing.lower, 77.5);
    EXPECT_GE(run.crossing.upper, 77.5);
}

TEST(CrossingSearch, EndsWithinItsBudget) {
    CrossingRule rule = rule_for(4, 1000);
    rule.max_replicates = 16;
    rule.relative_width = 0.01;
    const SearchRun run = searched({.slope = 2.0, .seed = "budget"}, rule);
    EXPECT_NE(run.crossing.state, CrossingState::found);
    EXPECT_LT(run.rounds, 40);
    for (const Observation& seen : run.observations)
        EXPECT_LT(seen.replicate, 16);
}

TEST(CrossingSearch, AsksForNothingWhereAGridHasIt) {
    const SyntheticCurve curve{.seed = "grid"};
    const CrossingRule rule = rule_for(50, 300);
    std::vector<Observation> grid;
    for (const std::uint64_t k : ladder(rule))
        for (std::uint32_t r = 0; r < 64; ++r)
            grid.push_back({k, r, curve.value(k, r)});
    const SearchStep step = next_step(grid, rule);
    EXPECT_TRUE(step.finished());
    EXPECT_EQ(step.crossing.state, CrossingState::found);
}

TEST(CrossingSearch, GoesOnFromACoarseGrid) {
    const SyntheticCurve curve{.seed = "coarse"};
    const CrossingRule rule = rule_for(50, 300);
    std::vector<Observation> grid;
    for (const std::uint64_t k : {60U, 77U, 130U, 200U}) // not all on the ladder
        for (std::uint32_t r = 0; r < 6; ++r)
            grid.push_back({k, r, curve.value(k, r)});
    const SearchRun run = searched(curve, rule, grid);
    EXPECT_EQ(run.crossing.state, CrossingState::found);
    EXPECT_LE(run.crossing.upper - run.crossing.lower, 0.1 * run.crossing.estimate);
}

TEST(CrossingSearch, AsksForKOfTheLadderOnlyAndAlwaysForSomethingNew) {
    const CrossingRule rule = rule_for(4, 1000);
    const auto steps = ladder(rule);
    const SyntheticCurve curve{.slope = 4.0, .seed = "progress"};
    std::vector<Observation> seen;
    std::set<std::pair<std::uint64_t, std::uint32_t>> have;
    for (int round = 0;; ++round) {
        ASSERT_LT(round, 60);
        const SearchStep step = next_step(seen, rule);
        EXPECT_EQ(step.requests, next_step(seen, rule).requests) << "a pure function";
        if (step.finished()) break;
        const std::size_t before = have.size();
        for (const SceneRequest& request : step.requests) {
            EXPECT_TRUE(std::ranges::binary_search(steps, request.pattern_count));
            for (std::uint32_t r = 0; r < request.replicates; ++r)
                if (have.insert({request.pattern_count, r}).second)
                    seen.push_back(
                        {request.pattern_count, r, curve.value(request.pattern_count, r)});
        }
        EXPECT_GT(have.size(), before);
    }
}

TEST(CrossingSearch, OfEqualValuesEnds) {
    CrossingRule rule = rule_for(4, 400);
    std::vector<Observation> seen;
    for (int round = 0; round < 100; ++round) {
        const SearchStep step = next_step(seen, rule);
        if (step.finished()) break;
        for (const SceneRequest& request : step.requests)
            for (std::uint32_t r = 0; r < request.replicates; ++r)
                seen.push_back({request.pattern_count, r, 0.5});
    }
    const SearchStep last = next_step(seen, rule);
    EXPECT_TRUE(last.finished());
    EXPECT_EQ(last.crossing.state, CrossingState::above_range) << "no mean is below one half";
    EXPECT_EQ(last.crossing.lower, 0.0) << "but none is significantly above";
}

} // namespace
} // namespace basin
