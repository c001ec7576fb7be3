#include "models/metrics/metrics.hpp"
#include "results/export/table_export.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <limits>

#include "support/synthetic_store.hpp"
#include "support/tiny_store.hpp"

namespace basin {
namespace {

using namespace tests;

TEST_F(StoreTest, JsonLinesWithInfinitiesAreJson) {
    const Plan plan = sweep();
    const Store store = Store::open(path(), plan);
    {
        Record record = synthetic_record(plan, 0);
        record.outcome.values[0] = std::numeric_limits<double>::infinity();
        record.outcome.values[1] = -std::numeric_limits<double>::infinity();
        record.outcome.values[2] = std::numeric_limits<double>::quiet_NaN();
        Journal journal = store.new_journal(plan);
        journal.append({&record, 1});
    }
    const auto file = folder_ / "rows.jsonl";
    {
        const OpenFile out(file, O_WRONLY | O_CREAT, "create");
        ByteSink sink(out.descriptor(), file);
        export_table(plan, store.inventory(plan), {0, 1, 2}, TableFormat::jsonl, sink);
    }
    const std::string text = read_file(file);
    const auto row = nlohmann::json::parse(text.substr(0, text.find('\n')));
    EXPECT_EQ(row[std::string(metrics()[0].name)], "Infinity");
    EXPECT_EQ(row[std::string(metrics()[1].name)], "-Infinity");
    EXPECT_TRUE(row[std::string(metrics()[2].name)].is_null());
}

} // namespace
} // namespace basin
