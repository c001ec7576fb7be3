// A search whose points fail, in the program with planted trouble (troubled_walk.cpp).

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

// The curve of max_sweeps = 13 is the troubled one.
const std::string sweep = R"(
[sweep]
name = "troubled"
seed = 3
[patterns]
dimension = 40
[cue]
probe_count = 20
[recall]
max_sweeps = [12, 13]
[capacity]
criterion = "exact_recall >= 0.5"
minimum = 2
maximum = 60
relative_width = 0.2
)";

class CapacityFailures : public testing::Test {
protected:
    ~CapacityFailures() override { ::unsetenv("BASIN_TEST_TROUBLE"); }

    json search(const std::string& store, const std::string& trouble, int exit,
                const std::vector<std::string>& more = {}) {
        ::setenv("BASIN_TEST_TROUBLE", trouble.c_str(), 1);
        std::vector<std::string> arguments{"capacity", config_, "--store",
                                           (folder_ / store).string(), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ProgramResult result = RunningProgram(arguments, BASIN_TROUBLED_PROGRAM).wait();
        EXPECT_EQ(result.exit, exit) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    std::string table(const std::string& store) const {
        return read_file(folder_ / store / "capacity.csv");
    }

    TempFolder folder_;
    std::string config_ = folder_.write("troubled.toml", sweep);
};

TEST_F(CapacityFailures, EndTheirCurveAloneAndAreFoundWhenTriedAgain) {
    const json whole = search("whole", "", 0);
    const json troubled = search("store", "throw", 3);
    ASSERT_EQ(troubled["curves"].size(), 2U);
    EXPECT_EQ(troubled["curves"][0], whole["curves"][0]);
    EXPECT_EQ(troubled["curves"][1]["state"], "undecided");
    EXPECT_GT(troubled["curves"][1]["failed"], 0);
    EXPECT_EQ(troubled["curves"][1]["failed"], troubled["curves"][1]["scenes"]);

    const json again = search("store", "", 3); // what failed is not tried again unasked
    EXPECT_EQ(again["computed"], 0);

    const json retried = search("store", "", 0, {"--retry", "failed"});
    EXPECT_EQ(retried["curves"], whole["curves"]);
    EXPECT_EQ(table("store"), table("whole"));
}

TEST_F(CapacityFailures, AWorkerThatDiesCostsThePointsThatKillIt) {
    const json whole = search("whole", "", 0);
    const json crashed = search("store", "segfault", 3);
    ASSERT_EQ(crashed["curves"].size(), 2U);
    EXPECT_EQ(crashed["curves"][0], whole["curves"][0]);
    EXPECT_GT(crashed["curves"][1]["failed"], 0);
}

} // namespace
} // namespace basin
