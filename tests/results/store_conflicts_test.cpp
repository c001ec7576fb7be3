// Several records of one point in a store: which one counts, and when they contradict.

#include "results/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "synthetic_store.hpp"
#include "tiny_store.hpp"

namespace basin {
namespace {

using namespace tests;

TEST_F(StoreTest, EqualResultsOfOnePointFoldWhateverTheTimeTheyTook) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    const auto cells = planned_cells_of(plan);
    add_journal(store, plan, cells);
    add_journal(store, plan, {cells[1], cells[4]}, [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        record.elapsed_s = 99.0;
        return record;
    });

    const Inventory inventory = store.inventory(plan);

    EXPECT_EQ(inventory.places.size(), cells.size());
    EXPECT_EQ(inventory.elsewhere, 0U);
}

TEST_F(StoreTest, ResultsThatDifferInABitAreAnErrorThatNamesBoth) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    const std::uint64_t cell = planned_cells_of(plan)[2];
    add_journal(store, plan, {cell});
    add_journal(store, plan, {cell}, [](const Plan& p, std::uint64_t c) {
        Record record = synthetic_record(p, c);
        record.outcome.values.back() = std::nextafter(record.outcome.values.back(), 1e9);
        return record;
    });
    std::vector<std::string> parts{plan.point_text(cell), "at byte"};
    for (const auto& entry : std::filesystem::directory_iterator(path() / "journals"))
        parts.push_back(entry.path().string());

    expect_refusal(StoreError::Kind::damaged, parts, [&] { store.inventory(plan); });
}

TEST_F(StoreTest, ZerosOfBothSignsDiffer) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    for (const double zero : {0.0, -0.0})
        add_journal(store, plan, {0}, [&](const Plan& p, std::uint64_t cell) {
            Record record = synthetic_record(p, cell);
            record.outcome.values.front() = zero;
            return record;
        });

    expect_refusal(StoreError::Kind::damaged, {"differ"}, [&] { store.inventory(plan); });
}

TEST_F(StoreTest, AResultReplacesAnEarlierFailureInAnyOrder) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, {0}, failed_record);
    add_journal(store, plan, {0, 1});
    add_journal(store, plan, {1}, failed_record);

    const Inventory inventory = store.inventory(plan);

    ASSERT_EQ(inventory.places.size(), 2U);
    for (const RecordPlace& place : inventory.places) {
        EXPECT_EQ(place.status, Status::done);
        EXPECT_EQ(read_record(inventory, place).outcome.status, Status::done);
    }
}

// Merged journals have other names, so the order of journals must not decide.
TEST_F(StoreTest, WhichFailureIsToldDoesNotHangOnTheOrderOfJournals) {
    const Plan plan = sweep();
    const auto failure = [](Status status, const std::string& message) {
        return [=](const Plan& p, std::uint64_t cell) {
            Record record = failed_record(p, cell);
            record.outcome.status = status;
            record.outcome.message = message;
            return record;
        };
    };
    std::vector<std::pair<Status, std::string>> failures{{Status::crashed, "a"},
                                                         {Status::failed, "c"},
                                                         {Status::failed, "b"},
                                                         {Status::timed_out, "a"}};
    std::ranges::sort(failures);
    int order = 0;
    do {
        const Store store = Store::open(folder_ / std::to_string(order++), plan);
        for (const auto& [status, message] : failures)
            add_journal(store, plan, {0}, failure(status, message));

        const Inventory inventory = store.inventory(plan);

        ASSERT_EQ(inventory.places.size(), 1U);
        EXPECT_EQ(inventory.places[0].status, Status::failed);
        EXPECT_EQ(read_record(inventory, inventory.places[0]).outcome.message, "b");
    } while (std::ranges::next_permutation(failures).found);
}

} // namespace
} // namespace basin
