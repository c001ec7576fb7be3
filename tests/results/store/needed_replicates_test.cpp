#include "models/metrics/metrics.hpp"
#include "results/cube/compaction.hpp"
#include "results/cube/result_cube.hpp"
#include "results/store/needed_replicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

// Two combinations: cells 0 ... 9 and 10 ... 19.
const std::string sequential = R"(
[sweep]
name = "sequential"
replicates = {min = 3, batch = 2, max = 10, half_width = 0.5}
[model]
beta = [0.5, 1.0]
)";

/// A record whose recall_error is `value`.
auto with_error(double value) {
    return [value](const Plan& plan, std::uint64_t cell) {
        Record record = synthetic_record(plan, cell);
        record.outcome.values[metric_index("recall_error")] = value;
        return record;
    };
}

/// Replicate r of a combination that varies by `spread`: ± spread in turn.
void add_varying(const Store& store, const Plan& plan, std::uint64_t first, std::uint64_t count,
                 double spread) {
    for (std::uint64_t cell = first; cell < first + count; ++cell)
        add_journal(store, plan, {cell}, with_error(cell % 2 == 0 ? spread : -spread));
}

class NeededReplicates : public testing::Test {
protected:
    std::vector<std::uint32_t> needed() const { return store_.inventory(plan_).needed; }

    tests::TempFolder folder_;
    Plan plan_ = plan_of(sequential);
    Store store_ = Store::open(folder_.path(), plan_);
};

TEST_F(NeededReplicates, WithoutRecordsAreTheFirstLook) {
    EXPECT_EQ(needed(), (std::vector<std::uint32_t>{3, 3}));
}

TEST_F(NeededReplicates, EndAtTheFirstLookThatIsNarrowEnough) {
    add_varying(store_, plan_, 0, 3, 0.0);
    add_varying(store_, plan_, 10, 3, 1.0); // half width of 3 values of ±1: 2.87
    EXPECT_EQ(needed(), (std::vector<std::uint32_t>{3, 5}));
    add_varying(store_, plan_, 13, 1, 1.0); // not a look yet
    EXPECT_EQ(needed(), (std::vector<std::uint32_t>{3, 5}));
    add_varying(store_, plan_, 14, 1, 1.0);
    EXPECT_EQ(needed(), (std::vector<std::uint32_t>{3, 7}));
}

/// No error in the first look's few probes is no proof that there are none.
TEST_F(NeededReplicates, EqualValuesAreNotEnoughWhereFewProbesCouldShowADifference) {
    const auto first_look_is_enough = [&](const std::string& probes) {
        const tests::TempFolder folder;
        const Plan plan = plan_of("[sweep]\nname = \"rare\"\nreplicates = {min = 3, batch = 2, "
                                  "max = 10, half_width = 0.05}\n[patterns]\npattern_count = 100\n"
                                  "[cue]\nprobe_count = " +
                                  probes);
        const Store store = Store::open(folder.path(), plan);
        add_varying(store, plan, 0, 3, 0.0);
        return store.inventory(plan).needed[0] == 3;
    };
    EXPECT_FALSE(first_look_is_enough("11")); // half of 1 - 0.025^(1/33): 0.053
    EXPECT_TRUE(first_look_is_enough("12"));  // 0.049
}

TEST_F(NeededReplicates, AreMaxAtMost) {
    add_varying(store_, plan_, 10, 10, 1.0); // looks at 3, 5, 7, 9, then 10
    EXPECT_EQ(needed()[1], 10U);
}

TEST_F(NeededReplicates, ALookThatWasPassedIsNotTakenBack) {
    // Narrow at 3, wide at 5 and later: enough is enough.
    add_varying(store_, plan_, 0, 3, 0.0);
    add_varying(store_, plan_, 3, 7, 9.0);
    EXPECT_EQ(needed()[0], 3U);
}

TEST_F(NeededReplicates, AFailedReplicateCountsAsTriedButHasNoValue) {
    add_varying(store_, plan_, 0, 2, 0.0);
    EXPECT_EQ(needed()[0], 3U);
    add_journal(store_, plan_, {2}, failed_record);
    EXPECT_EQ(needed()[0], 3U); // two equal values have an interval
    add_journal(store_, plan_, {10, 11, 12}, failed_record);
    EXPECT_EQ(needed()[1], 5U); // no value, no interval
}

TEST_F(NeededReplicates, WhatIsBeyondThemIsKeptElsewhereAndDoesNotShow) {
    add_varying(store_, plan_, 0, 10, 0.0);
    const Inventory inventory = store_.inventory(plan_);
    EXPECT_EQ(inventory.places.size(), 3U);
    EXPECT_EQ(inventory.elsewhere, 7U);

    compact(store_, plan_, inventory, {});

    const xt::xarray<double> status = Hypercube(store_.results_file()).read("status");
    const auto count = [&](Status which) {
        return std::count(status.begin(), status.end(), static_cast<double>(which));
    };
    EXPECT_EQ(count(Status::done), 3);
    EXPECT_EQ(count(Status::not_run), 3); // of the other combination
    EXPECT_EQ(count(Status::not_needed), 14);
}

TEST_F(NeededReplicates, AreAllWithoutARule) {
    const Plan plan = plan_of("[sweep]\nname = \"sequential\"\nreplicates = 4\n");
    const Inventory inventory = store_.inventory(plan);
    EXPECT_TRUE(inventory.needed.empty());
    EXPECT_TRUE(is_needed(3, plan, inventory));
}

} // namespace
} // namespace basin
