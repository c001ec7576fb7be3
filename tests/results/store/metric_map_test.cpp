#include "models/metrics/metrics.hpp"
#include "results/journal/journal.hpp"
#include "results/store/metric_map.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace basin {
namespace {

using Values = std::vector<double>;

TEST(MetricMap, OfTheSameListChangesNothing) {
    Values values(metrics().size());
    for (std::size_t m = 0; m < values.size(); ++m)
        values[m] = static_cast<double>(m);
    const Values before = values;

    MetricMap().apply(values);

    EXPECT_EQ(values, before);
    EXPECT_TRUE(MetricMap().lacking().empty());
}

TEST(MetricMap, TakesByNameAndKeepsEveryBit) {
    const std::vector<std::string> names{"gone", "flips", "recall_error"};
    const MetricMap map(names);
    Values values{1.0, 2.0, -0.0};

    map.apply(values);

    ASSERT_EQ(values.size(), metrics().size());
    EXPECT_EQ(values[metric_index("flips")], 2.0);
    EXPECT_EQ(values[metric_index("recall_error")], 0.0);
    EXPECT_TRUE(std::signbit(values[metric_index("recall_error")]));
    EXPECT_EQ(map.lacking().size(), metrics().size() - 2);
    for (const std::size_t metric : map.lacking()) {
        EXPECT_FALSE(map.has(metric));
        EXPECT_TRUE(std::isnan(values[metric]));
    }
}

TEST(MetricMap, AddsUpASumOnlyFromAllItsParts) {
    const std::vector<std::string> all{"mixture_7_count", "mixture_3_count", "mixture_5_count"};
    const std::vector<std::string> some{"mixture_7_count", "mixture_3_count"};
    const std::size_t sum = metric_index("mixture_count");
    Values values{1.0, 2.0, 4.0};

    MetricMap(all).apply(values);

    EXPECT_EQ(values[sum], 7.0);
    EXPECT_TRUE(MetricMap(all).has(sum));
    EXPECT_FALSE(MetricMap(some).has(sum));
}

TEST(MetricMap, NoValuesStayNone) {
    Values none;
    MetricMap(std::vector<std::string>{"flips"}).apply(none);
    EXPECT_TRUE(none.empty());
    EXPECT_TRUE(std::isnan(MetricMap().value(RecordView{}, 0)));
}

TEST(MetricMap, RefusesAnotherNumberOfValuesThanTheJournalHas) {
    Values values{1.0, 2.0};
    EXPECT_THROW(MetricMap(std::vector<std::string>{"flips"}).apply(values), StoreError);
    EXPECT_THROW(MetricMap().apply(values), StoreError);
}

} // namespace
} // namespace basin
