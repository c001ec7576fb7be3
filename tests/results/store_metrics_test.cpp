// Stores with journals of programs that had other metrics.

#include "models/metrics/metrics.hpp"
#include "results/store/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "support/synthetic_store.hpp"
#include "support/tiny_store.hpp"

namespace basin {
namespace {

using namespace tests;

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

} // namespace
} // namespace basin
