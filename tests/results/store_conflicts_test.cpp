// Several records of one point in a store: which one counts, and when they contradict.

#include "models/metrics/metrics.hpp"
#include "results/store/merge.hpp"
#include "results/store/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/synthetic_store.hpp"
#include "support/tiny_store.hpp"

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

/// Changes of one field of a result each; the time that it took is no part of it.
std::vector<std::pair<std::string, std::function<void(Record&)>>> changes_of_one_field() {
    std::vector<std::pair<std::string, std::function<void(Record&)>>> changes{
        {"status", [](Record& r) { r.outcome.status = Status::not_applicable; }},
        {"a message", [](Record& r) { r.outcome.message = "m"; }},
        {"no values", [](Record& r) { r.outcome.values.clear(); }}};
    for (const Flag& flag : all_flags)
        changes.emplace_back(flag.name, [mask = flag.mask](Record& r) { r.outcome.flags ^= mask; });
    for (std::size_t metric = 0; metric < metrics().size(); ++metric)
        changes.emplace_back(metrics()[metric].name, [metric](Record& r) {
            r.outcome.values[metric] = std::nextafter(r.outcome.values[metric], 1e9);
        });
    return changes;
}

TEST_F(StoreTest, ResultsThatDifferInOneFieldAloneAreAConflictOfAStoreAndOfAMerge) {
    const Plan plan = sweep();
    for (const auto& [name, change_field] : changes_of_one_field()) {
        SCOPED_TRACE(name);
        const auto& change = change_field; // clang 14 captures no structured binding
        const std::filesystem::path ours = folder_ / "ours";
        const std::filesystem::path theirs = folder_ / "theirs";
        // Records may lack values only where they came to no result.
        const Status status = name == "no values" ? Status::not_applicable : Status::done;
        for (const bool changed : {false, true}) {
            const Store store = Store::open(changed ? theirs : ours, plan);
            add_journal(store, plan, {1}, [&](const Plan& p, std::uint64_t cell) {
                Record record = synthetic_record(p, cell);
                record.outcome.status = status;
                if (changed) change(record);
                return record;
            });
        }

        const std::vector<std::filesystem::path> from{theirs};
        expect_refusal(StoreError::Kind::damaged, {"differ", "nothing was merged"},
                       [&] { plan_merge(ours, from); });
        const auto journal = *std::filesystem::directory_iterator(theirs / "journals");
        std::filesystem::copy(journal, ours / "journals" / "copied.journal");
        expect_refusal(StoreError::Kind::damaged, {"differ", "at byte"},
                       [&] { Store::existing(ours, plan).inventory(plan); });
        std::filesystem::remove_all(ours);
        std::filesystem::remove_all(theirs);
    }
}

TEST_F(StoreTest, ResultsThatDifferInTheirTimeAloneMerge) {
    const Plan plan = sweep();
    for (const std::string name : {"ours", "theirs"})
        add_journal(Store::open(folder_ / name, plan), plan, {1},
                    [&](const Plan& p, std::uint64_t cell) {
                        Record record = synthetic_record(p, cell);
                        record.elapsed_s = static_cast<double>(name.size());
                        return record;
                    });

    EXPECT_EQ(plan_merge(folder_ / "ours", std::vector{folder_ / "theirs"}).copies.size(), 1U);
}

// A copy is what the records are; a terabyte of zeros behind them is none.
TEST_F(StoreTest, AMergeCopiesAJournalUpToItsLastRecord) {
    const Plan plan = sweep();
    const Store ours = Store::open(folder_ / "ours", plan);
    const Store theirs = Store::open(folder_ / "theirs", plan);
    add_journal(theirs, plan, {0, 1});
    const std::filesystem::path whole = theirs.inventory(plan).journals[0];
    const std::string bytes = read_file(whole);
    std::filesystem::resize_file(whole, std::uintmax_t{1} << 40U);

    const MergePlan merge = plan_merge(ours.folder(), std::vector{theirs.folder()});
    ASSERT_EQ(merge.copies.size(), 1U);
    copy_journals(merge, ours.folder());

    const Inventory merged = ours.inventory(plan);
    EXPECT_EQ(merged.places.size(), 2U);
    EXPECT_EQ(merged.damaged_bytes, 0U);
    EXPECT_EQ(read_file(merged.journals[0]), bytes);
    EXPECT_EQ(plan_merge(ours.folder(), std::vector{theirs.folder()}).present, 1U);
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
