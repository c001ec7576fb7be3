// What a store holds of a plan: every record of every journal, and what does not belong to it.

#include "results/store/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/synthetic_store.hpp"
#include "support/tiny_store.hpp"

namespace basin {
namespace {

using namespace tests;

/// Points and the first values of their records, whatever their cells are.
std::set<std::pair<std::string, double>> points(const Plan& plan, const Inventory& inventory) {
    std::set<std::pair<std::string, double>> result;
    for (const RecordPlace& place : inventory.places)
        result.insert(
            {plan.point_text(place.cell), read_record(inventory, place).outcome.values.front()});
    return result;
}

TEST_F(StoreTest, FindsEveryRecordOfEveryJournalSortedByCell) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    const auto cells = planned_cells_of(plan);
    add_journal(store, plan, {cells[5], cells[0]});
    add_journal(store, plan, {cells[3]});

    const Inventory inventory = store.inventory(plan);

    EXPECT_EQ(inventory.journals.size(), 2U);
    ASSERT_EQ(inventory.places.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(inventory.places, {}, &RecordPlace::cell));
    for (const RecordPlace& place : inventory.places) {
        const Record record = read_record(inventory, place);
        EXPECT_EQ(record.cell, place.cell);
        EXPECT_EQ(record.key, plan.point_key(place.cell));
        EXPECT_EQ(place.status, Status::done);
    }
    EXPECT_EQ(inventory.elsewhere, 0U);
    EXPECT_EQ(inventory.damaged_bytes, 0U);
}

TEST_F(StoreTest, AnEmptyStoreHoldsNothing) {
    const Plan plan = sweep();

    const Inventory inventory = Store::open(path(), plan).inventory(plan);

    EXPECT_TRUE(inventory.journals.empty());
    EXPECT_TRUE(inventory.places.empty());
}

TEST_F(StoreTest, AWiderPlanFindsWhatANarrowerComputed) {
    const Plan narrow = sweep("[3]");
    const Plan wide = sweep("[2, 3, 5]");
    const Store store = Store::open(path(), narrow);
    add_journal(store, narrow, planned_cells_of(narrow));

    const Inventory before = store.inventory(narrow);
    const Inventory after = store.inventory(wide);

    EXPECT_EQ(after.places.size(), narrow.cell_count());
    EXPECT_EQ(after.elsewhere, 0U);
    EXPECT_EQ(points(narrow, before), points(wide, after));
}

TEST_F(StoreTest, ANewAxisKeepsTheRecordsAtItsDefault) {
    const Plan plain = sweep("[2, 3]");
    const Plan with_axis = sweep("[2, 3]", "[recall]\ntie = [\"plus\", \"keep\"]\n");
    const Store store = Store::open(path(), plain);
    add_journal(store, plain, planned_cells_of(plain));

    const Inventory found = store.inventory(with_axis);

    EXPECT_EQ(points(plain, store.inventory(plain)), points(with_axis, found));
}

TEST_F(StoreTest, ANarrowerPlanCountsTheRestAsElsewhere) {
    const Plan wide = sweep("[2, 3, 5]");
    const Plan narrow = sweep("[3]");
    const Store store = Store::open(path(), wide);
    add_journal(store, wide, planned_cells_of(wide));

    const Inventory found = store.inventory(narrow);

    EXPECT_EQ(found.places.size(), narrow.cell_count());
    EXPECT_EQ(found.elsewhere, wide.cell_count() - narrow.cell_count());
}

// An exclusion leaves the cube's labels, and so the digest, as they are.
TEST_F(StoreTest, WhatIsExcludedLaterShowsNoMore) {
    const Plan all = sweep("[2, 3]");
    const Plan part = sweep("[2, 3]", "[[exclude]]\nbeta = 0.5\ninteraction_vertex = 3\n");
    ASSERT_EQ(all.digest(), part.digest());
    const Store store = Store::open(path(), all);
    add_journal(store, all, planned_cells_of(all));

    const Inventory found = store.inventory(part);

    EXPECT_EQ(found.places.size(), planned_cells_of(part).size());
    EXPECT_EQ(found.elsewhere, all.cell_count() - found.places.size());
}

TEST_F(StoreTest, RefusesAJournalThatAnotherSweepLeftInIt) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    const TempFolder other_folder;
    const JournalHeader mine =
        scan_journal(store.new_journal(plan).path(), [](const Record&, std::uint64_t) {}).header;
    const auto header_with = [&](auto change) {
        JournalHeader header = mine;
        change(header);
        return header;
    };
    const std::vector<JournalHeader> strangers{
        header_with([](JournalHeader& header) { header.sweep_name = "other"; }),
        header_with([](JournalHeader& header) { header.seed = 8; }),
        header_with([](JournalHeader& header) { ++header.kernel_version; }),
    };
    for (const JournalHeader& header : strangers) {
        std::filesystem::path stranger;
        { stranger = Journal(path() / "journals", header).path(); }
        expect_refusal(StoreError::Kind::foreign, {stranger.string(), "--store"},
                       [&] { store.inventory(plan); });
        std::filesystem::remove(stranger);
    }
    EXPECT_NO_THROW(store.inventory(plan));
}

TEST_F(StoreTest, ARecordThatIsNotOfItsCellIsDamageWhichOneItBe) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    for (const std::uint64_t wrong : planned_cells_of(plan)) {
        add_journal(store, plan, planned_cells_of(plan), [&](const Plan& p, std::uint64_t cell) {
            Record record = synthetic_record(p, cell);
            if (cell == wrong) record.key.low ^= 1;
            return record;
        });
        expect_refusal(StoreError::Kind::damaged,
                       {"does not belong to its cell " + std::to_string(wrong)},
                       [&] { store.inventory(plan); });
        std::filesystem::remove_all(path() / "journals");
        std::filesystem::create_directory(path() / "journals");
    }
}

TEST_F(StoreTest, ACellBeyondThePlanIsDamage) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, {0, 1}, [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        record.cell += cell * p.cell_count(); // the second one only
        return record;
    });
    expect_refusal(StoreError::Kind::damaged, {"does not belong to its cell"},
                   [&] { store.inventory(plan); });
}

TEST_F(StoreTest, ATornJournalGivesItsWholeRecordsAndItsDamage) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, planned_cells_of(plan));
    const auto journal = store.inventory(plan).journals.front();
    std::filesystem::resize_file(journal, std::filesystem::file_size(journal) - 10);

    const Inventory inventory = store.inventory(plan);

    EXPECT_EQ(inventory.places.size(), plan.cell_count() - 1);
    EXPECT_GT(inventory.damaged_bytes, 0U);
}

TEST_F(StoreTest, AJournalFolderThatIsGoneIsAnError) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    std::filesystem::remove_all(path() / "journals");

    expect_refusal(StoreError::Kind::io, {"journals"}, [&] { store.inventory(plan); });
}

} // namespace
} // namespace basin
