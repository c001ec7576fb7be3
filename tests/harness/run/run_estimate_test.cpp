#include "harness/run/run_estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::at;
using tests::plan_of;

Forecast forecast_of(const Plan& plan) {
    return forecast(plan, Applicability(plan), {}, {});
}

TEST(Forecast, JobsGoLongestFirst) {
    const Plan plan = plan_of("[sweep]\nreplicates = 2\n[patterns]\n"
                              "pattern_count = [10, 1000, 100]\n");
    const Forecast expected = forecast_of(plan);

    ASSERT_EQ(expected.order.count, 6U);
    std::vector<double> counts;
    for (std::uint64_t place = 0; place < 6; ++place)
        counts.push_back(number_of(at(plan.scene_of(expected.order[place]), "pattern_count")));
    EXPECT_EQ(counts, (std::vector<double>{1000, 1000, 100, 100, 10, 10}));
}

TEST(Forecast, ASceneOfManySettingsIsLongerThanALargerOneOfFew) {
    // The large scene has one setting, the small one a hundred.
    const Plan plan = plan_of("[[block]]\n[block.patterns]\npattern_count = 40\n"
                              "[[block]]\n[block.patterns]\npattern_count = 20\n"
                              "[block.model]\nbeta = \"log(1, 100, 100)\"\n");
    const Forecast expected = forecast_of(plan);

    ASSERT_EQ(expected.order.count, 2U);
    EXPECT_EQ(number_of(at(plan.scene_of(expected.order[0]), "pattern_count")), 20);
}

TEST(Forecast, JobsWithNothingMissingAreLeftOut) {
    const Plan plan = plan_of("[patterns]\npattern_count = [10, 20, 30]\n");
    Inventory inventory;
    const std::uint64_t done = tests::cells_of(plan, 1).front();
    inventory.places.push_back({done, 0, 0, Status::failed, false});

    const Forecast expected = forecast(plan, Applicability(plan), inventory, {});

    EXPECT_EQ(expected.coverage.failed(), 1U);
    EXPECT_EQ(expected.coverage.missing(), 2U);
    EXPECT_EQ(expected.order.longest_first, (std::vector<std::uint64_t>{2, 0}));
    EXPECT_LT(expected.work_s, forecast_of(plan).work_s);
}

TEST(Forecast, MoreJobsThanAreSortedComeAsTheyAre) {
    const auto jobs_of = [](std::size_t replicates) {
        return forecast_of(plan_of("[sweep]\nreplicates = " + std::to_string(replicates) + "\n"))
            .order;
    };
    const JobOrder sorted = jobs_of(JobOrder::most_sorted);
    EXPECT_EQ(sorted.longest_first.size(), JobOrder::most_sorted);

    const JobOrder natural = jobs_of(JobOrder::most_sorted + 1);
    EXPECT_TRUE(natural.longest_first.empty());
    EXPECT_EQ(natural.count, JobOrder::most_sorted + 1);
    EXPECT_EQ(natural[12345], 12345U);
}

TEST(Forecast, ThreadsShareTheTimeAndNeedMemoryEach) {
    const Plan plan = plan_of("[sweep]\nreplicates = 9\n[patterns]\npattern_count = 100000\n"
                              "dimension = 1000\n");
    const Forecast expected = forecast_of(plan);

    // Start and file take 20 ms whatever the threads, the scenes seconds.
    EXPECT_NEAR(expected.seconds(1) / expected.seconds(4), 4.0, 0.1);
    const Memory& memory = expected.memory;
    EXPECT_EQ(memory.need(4) - memory.need(3), memory.scene + memory.batch + memory.thread);
    // There are no more than nine scenes, nor settings, to be at the same time.
    EXPECT_EQ(memory.need(11) - memory.need(10), memory.thread);
    EXPECT_GE(memory.scene, 2U * 100000 * 1000 / 8);
}

TEST(Forecast, WithoutAStoreItComesFromDefaults) {
    const Forecast expected = forecast_of(plan_of(""));
    EXPECT_EQ(expected.source, CostSource::defaults);
    EXPECT_EQ(name_of(expected.source), "defaults");
}

} // namespace
} // namespace basin
