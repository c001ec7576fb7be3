#include "models/metrics.hpp"
#include "models/recall.hpp"
#include "results/store.hpp"
#include "results/synthetic_store.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::read_file;
using tests::TempFolder;

std::string sweep_text(const std::string& vertices, const std::string& more = "") {
    return "[sweep]\nname = \"tiny\"\nseed = 7\nreplicates = 2\n[model]\nbeta = [0.5, 1.0]\n" +
           ("interaction_vertex = " + vertices + "\n" + more);
}

Plan sweep(const std::string& vertices = "[2, 3]", const std::string& more = "") {
    return plan_of(sweep_text(vertices, more));
}

/// Kind of the StoreError that `act` throws, and a part that its message must have.
template <class Act>
void expect_refusal(StoreError::Kind kind, const std::vector<std::string>& parts, Act&& act) {
    try {
        act();
        FAIL() << "not refused";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, kind) << error.what();
        for (const std::string& part : parts)
            EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
                << "'" << part << "' is not in: " << error.what();
    }
}

/// Points and the first values of their records, whatever their cells are.
std::set<std::pair<std::string, double>> points(const Plan& plan, const Inventory& inventory) {
    std::set<std::pair<std::string, double>> result;
    for (const RecordPlace& place : inventory.places)
        result.insert(
            {plan.point_text(place.cell), read_record(inventory, place).outcome.values.front()});
    return result;
}

class StoreTest : public testing::Test {
protected:
    std::filesystem::path path() const { return folder_ / "store"; }
    TempFolder folder_;
};

TEST_F(StoreTest, TellsWhomItBelongsTo) {
    const Plan plan = sweep();

    Store::open(path(), plan);

    const StoreIdentity identity = read_identity(path());
    EXPECT_EQ(identity.sweep_name, "tiny");
    EXPECT_EQ(identity.seed, 7U);
    EXPECT_EQ(identity.kernel_version, kernel_version);
    EXPECT_EQ(identity.config_source, "test");
    EXPECT_EQ(identity.config_text, sweep_text("[2, 3]"));
    EXPECT_TRUE(identity.overrides.empty());
}

TEST_F(StoreTest, RemembersTheConfigOfTheLastRun) {
    Store::open(path(), sweep("[2]"));

    Store::open(path(), Plan(parse_config(sweep_text("[2, 3]"), "test", {"beta=0.5"})));

    EXPECT_EQ(read_identity(path()).config_text, sweep_text("[2, 3]"));
    EXPECT_EQ(read_identity(path()).overrides, std::vector<std::string>{"beta=0.5"});
}

TEST_F(StoreTest, MayBeInFoldersThatAreNotThereYet) {
    const std::filesystem::path deep = folder_ / "a" / "b" / "store";

    Store::open(deep, sweep());
    Store::open(deep / "", sweep()); // with a slash at its end

    EXPECT_EQ(read_identity(deep).sweep_name, "tiny");
    EXPECT_TRUE(std::filesystem::is_directory(deep / "journals"));
}

TEST_F(StoreTest, IsNotWrittenWhenNothingChanged) {
    Store::open(path(), sweep());
    const auto written = std::filesystem::last_write_time(path() / "store.json");

    Store::open(path(), sweep());

    EXPECT_EQ(std::filesystem::last_write_time(path() / "store.json"), written);
}

TEST_F(StoreTest, RefusesAnotherSweepSeedOrKernel) {
    Store::open(path(), sweep());
    const std::string identity = read_file(path() / "store.json");

    for (const std::string change : {"name=other", "seed=8"})
        expect_refusal(
            StoreError::Kind::foreign, {"another --store folder", change.substr(5)}, [&] {
                Store::open(path(), Plan(parse_config(sweep_text("[2, 3]"), "test", {change})));
            });
    json later = json::parse(identity);
    later["kernel_version"] = kernel_version + 1;
    folder_.write("store/store.json", later.dump());
    expect_refusal(StoreError::Kind::foreign,
                   {"kernel version " + std::to_string(kernel_version + 1), "--store"},
                   [&] { Store::open(path(), sweep()); });
    EXPECT_EQ(read_file(path() / "store.json"), later.dump()) << "a refusal must not write";
}

TEST_F(StoreTest, SaysWhatToDoAboutADamagedIdentity) {
    Store::open(path(), sweep());
    const std::string whole = read_file(path() / "store.json");

    for (const std::string& text :
         {std::string(), whole.substr(0, whole.size() / 2), std::string("{}"), std::string("[1]"),
          std::string("{\"schema_version\": \"x\"}")}) {
        folder_.write("store/store.json", text);
        expect_refusal(StoreError::Kind::damaged, {"store.json", "remove this file"},
                       [&] { Store::open(path(), sweep()); });
    }
    std::filesystem::remove(path() / "store.json");
    EXPECT_NO_THROW(Store::open(path(), sweep())); // the remedy works
}

TEST_F(StoreTest, ANumberOfItsIdentityIsNotCutToOneThatFits) {
    Store::open(path(), sweep());
    const json whole = json::parse(read_file(path() / "store.json"));

    for (const char* const key : {"schema_version", "seed", "kernel_version"})
        for (const json& value : {json(1.5), json(-1), json(1e300), json(true)}) {
            json damaged = whole;
            damaged[key] = value;
            folder_.write("store/store.json", damaged.dump());
            expect_refusal(StoreError::Kind::damaged, {key, value.dump(), "remove this file"},
                           [&] { read_identity(path()); });
        }
    json longer = whole;
    longer["kernel_version"] = kernel_version + (std::uint64_t{1} << 32U);
    folder_.write("store/store.json", longer.dump());
    expect_refusal(StoreError::Kind::damaged, {"kernel_version"}, [&] { read_identity(path()); });
}

TEST_F(StoreTest, RefusesAStoreOfALaterFormatWithARemedy) {
    Store::open(path(), sweep());
    json later = json::parse(read_file(path() / "store.json"));
    later["schema_version"] = 2;
    folder_.write("store/store.json", later.dump());

    expect_refusal(StoreError::Kind::foreign, {"store format 2", "--store"},
                   [&] { Store::open(path(), sweep()); });
}

TEST_F(StoreTest, IsNotThereUntilARunMakesIt) {
    expect_refusal(StoreError::Kind::io, {"store.json"}, [&] { Store::existing(path(), sweep()); });
    expect_refusal(StoreError::Kind::io, {"store.json"}, [&] { read_identity(path()); });
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(StoreTest, AFileInItsPlaceIsAnErrorWithItsName) {
    folder_.write("store", "a file");

    expect_refusal(StoreError::Kind::io, {path().string()}, [&] { Store::open(path(), sweep()); });
}

TEST_F(StoreTest, ASessionIsALine) {
    const Store store = Store::open(path(), sweep());

    store.add_session("{\"exit\":0}");
    store.add_session("{\"exit\":4}");

    EXPECT_EQ(read_file(store.sessions_file()), "{\"exit\":0}\n{\"exit\":4}\n");
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

/// A journal of a program with other metrics: values by name, in the order of `names`.
void add_journal_of(const Store& store, const Plan& plan, const std::vector<std::string>& names,
                    std::uint64_t cell, const std::function<double(const std::string&)>& value) {
    JournalHeader header =
        scan_journal(store.new_journal(plan).path(), [](const Record&, std::uint64_t) {}).header;
    header.metrics = names;
    Journal journal(store.folder() / "journals", header);
    Record record = synthetic_record(plan, cell);
    record.outcome.values.clear();
    for (const std::string& name : names)
        record.outcome.values.push_back(value(name));
    journal.append({&record, 1});
}

/// Names of all metrics but those of `without`, last first.
std::vector<std::string> other_names(const std::set<std::string>& without) {
    std::vector<std::string> names;
    for (const Metric& metric : metrics())
        if (!without.contains(std::string(metric.name))) names.emplace_back(metric.name);
    std::ranges::reverse(names);
    return names;
}

/// What synthetic_record says of cell 0.
double usual_value(const std::string& name) {
    return synthetic_value(0, metric_index(name));
}

TEST_F(StoreTest, MetricsAreFoundByNameWhateverListAJournalHas) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    std::vector<std::string> names = other_names({"overlap", "mixture_count"});
    names.insert(names.begin() + 3, "a_metric_of_old");
    add_journal_of(store, plan, names, 0, [](const std::string& name) {
        return name == "a_metric_of_old" ? -1.0 : usual_value(name);
    });

    const Inventory inventory = store.inventory(plan);

    ASSERT_EQ(inventory.places.size(), 1U);
    EXPECT_TRUE(inventory.places[0].lacking);
    const Record record = read_record(inventory, inventory.places[0]);
    ASSERT_EQ(record.outcome.values.size(), metrics().size());
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const std::string name(metrics()[m].name);
        const double value = record.outcome.values[m];
        if (name == "overlap")
            EXPECT_TRUE(std::isnan(value));
        else if (name == "mixture_count") // counted from its parts
            EXPECT_EQ(value, usual_value("mixture_3_count") + usual_value("mixture_5_count") +
                                 usual_value("mixture_7_count"));
        else
            EXPECT_EQ(value, synthetic_value(0, m)) << name;
    }
    ASSERT_EQ(inventory.lacking.size(), 1U);
    EXPECT_EQ(inventory.lacking[0].metric, metric_index("overlap"));
    EXPECT_EQ(inventory.lacking[0].records, 1U);
}

TEST_F(StoreTest, OfResultsThatAgreeTheOneWithMoreMetricsStays) {
    const Plan plan = sweep();
    for (const bool full_first : {true, false}) {
        const Store store = Store::open(folder_ / (full_first ? "first" : "last"), plan);
        if (full_first) add_journal(store, plan, {0});
        add_journal_of(store, plan, other_names({"overlap"}), 0, usual_value);
        if (!full_first) add_journal(store, plan, {0});

        const Inventory inventory = store.inventory(plan);

        ASSERT_EQ(inventory.places.size(), 1U);
        EXPECT_FALSE(inventory.places[0].lacking);
        EXPECT_TRUE(inventory.lacking.empty());
        EXPECT_EQ(read_record(inventory, inventory.places[0]).outcome.values,
                  synthetic_record(plan, 0).outcome.values);
    }
}

TEST_F(StoreTest, ResultsThatDifferInAMetricBothHaveAreAnError) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, {0});
    add_journal_of(store, plan, other_names({"overlap"}), 0, [](const std::string& name) {
        return usual_value(name) + (name == "flips" ? 1.0 : 0.0);
    });

    expect_refusal(StoreError::Kind::damaged, {"differ"}, [&] { store.inventory(plan); });
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

TEST_F(StoreTest, ARecordThatIsNotOfItsCellIsDamage) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, {0}, [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        record.key.low ^= 1;
        return record;
    });
    expect_refusal(StoreError::Kind::damaged, {"does not belong to its cell"},
                   [&] { store.inventory(plan); });
}

TEST_F(StoreTest, ACellBeyondThePlanIsDamage) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    add_journal(store, plan, {0, 1}, [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        record.cell += cell * p.cell_count(); // the second one only: past the sampled check
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
