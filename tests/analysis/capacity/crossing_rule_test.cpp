#include "analysis/capacity/crossing_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace basin {
namespace {

TEST(CrossingRule, AllOrNothingIsOneObservationAScene) {
    for (const std::string_view metric : capacity_metrics()) {
        const bool is_of_scene = metric == "all_recalled";
        EXPECT_EQ(unseen_dispersion(metric, 16), is_of_scene ? 1.0 : 1.0 / 16) << metric;
        EXPECT_EQ(unseen_dispersion(metric, 0), 1.0) << metric;
    }
}

TEST(CrossingRule, TakesEveryWish) {
    CapacityRule asked;
    asked.criterion = {"recall_error", false, 0.25};
    asked.minimum = 7;
    asked.maximum = 900;
    asked.relative_width = 0.02;
    asked.min_replicates = 3;
    asked.max_replicates = 99;
    asked.confidence = 0.9;
    const CrossingRule rule = crossing_rule(asked, 20);
    EXPECT_EQ(rule.threshold, 0.25);
    EXPECT_EQ(rule.direction, Direction::rising);
    EXPECT_EQ(rule.confidence, 0.9);
    EXPECT_EQ(rule.relative_width, 0.02);
    EXPECT_EQ(rule.ladder_ratio, ladder_ratio_for(0.02));
    EXPECT_EQ(rule.least, 7U);
    EXPECT_EQ(rule.most, 900U);
    EXPECT_EQ(rule.pilot_replicates, 3U) << "at most what is wanted at least";
    EXPECT_EQ(rule.min_replicates, 3U);
    EXPECT_EQ(rule.max_replicates, 99U);
    EXPECT_EQ(rule.unseen_dispersion, 1.0 / 20);
    EXPECT_EQ(ladder(rule), asked.pattern_counts());

    asked.criterion = {"all_recalled", true, 0.5};
    EXPECT_EQ(crossing_rule(asked, 20).unseen_dispersion, 1.0);
    EXPECT_EQ(crossing_rule(asked, 20).direction, Direction::falling);
}

} // namespace
} // namespace basin
