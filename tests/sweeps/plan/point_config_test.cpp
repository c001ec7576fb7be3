#include "sweeps/plan/point_config.hpp"

#include <gtest/gtest.h>

#include "support/plan_points.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::plan_of;

/// Each point of the plan has, in a plan of its own config, the keys that it has here.
void expect_same_keys(const Plan& plan) {
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
        const std::string text = point_config(plan, cell);
        const Plan alone = plan_of(text);
        ASSERT_EQ(alone.cell_count(), plan.replicates()) << text;
        EXPECT_EQ(alone.point_text(plan.replicate_of(cell)), plan.point_text(cell)) << text;
    }
}

TEST(PointConfig, GivesThePointItsKey) {
    expect_same_keys(plan_of(R"(
[sweep]
name = "with \"quotes\""
seed = 9
replicates = 2
[patterns]
dimension = [24, 100]
pattern_count = [2, 10]
bias = [0.0, 0.1, 1e-7]
[model]
beta = [0.5, 2, 1e20]
formulation = ["original", "normalized"]
[recall]
update = ["async_permutation", "sync"]
)"));
}

TEST(PointConfig, SaysADimensionThatAFileWouldSay) {
    const tests::TempFolder folder;
    const std::string path = folder.write("a.idx", ""); // its content is not looked at
    expect_same_keys(plan_of("[patterns]\nsource = [\"random_bipolar\", \"idx\"]\npath = \"" +
                             path + "\"\ndimension = 100\n"));
    expect_same_keys(plan_of("[patterns]\nsource = \"idx\"\npath = \"" + path + "\"\n"));
}

TEST(PointConfig, QuotesWhatTomlWouldRead) {
    const tests::TempFolder folder;
    const std::string path = folder.write("a\tb\"c\\d", "");
    expect_same_keys(plan_of("[patterns]\nsource = \"idx\"\npath = '" + path + "'\n"));
}

TEST(PointConfig, KeepsASeedOf64Bits) {
    for (const char* seed : {"9223372036854775807", "\"18446744073709551615\""})
        expect_same_keys(plan_of(std::string("[sweep]\nseed = ") + seed + "\n"));
}

} // namespace
} // namespace basin
