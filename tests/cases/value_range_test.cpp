// Errors of all draws from a file are in one unit.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "cases/outcomes.hpp"
#include "support/npy_bytes.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::outcomes_of;
using tests::value_of;

/// Draws of 2, 3 and 4 of 5 patterns, the last of which has by far the largest numbers.
std::vector<Outcome> outcomes_with(const tests::TempFolder& folder, const std::string& more) {
    const std::string path = folder.write("f.npy", tests::npy_bytes({{0.1F, 0.2F, 0.3F, 0.4F},
                                                                     {0.2F, 0.1F, 0.4F, 0.3F},
                                                                     {-0.5F, 0, 0.5F, 0.25F},
                                                                     {0.3F, 0.3F, 0.1F, 0.1F},
                                                                     {7, -1, 2, 4}}));
    return outcomes_of(
        "[sweep]\nseed = 1\nreplicates = 6\n[patterns]\nsource = \"npy\"\npath = \"" + path +
        "\"\npattern_count = [2, 3, 4]\nbinarize = \"none\"\n" + more +
        "[cue]\ncorruption = \"none\"\nprobe_count = -1\n"
        "[model]\nformulation = \"universal\"\nseparation = \"identity\"\n"
        "similarity = \"inverse_squared_euclidean\"\nprecision = \"float64\"\n"
        "[recall]\nfixed_steps = 1\n");
}

void expect_range(const std::vector<Outcome>& outcomes, double width) {
    ASSERT_EQ(outcomes.size(), 18U);
    for (const Outcome& outcome : outcomes) {
        const double error = value_of(outcome, "mean_squared_error");
        ASSERT_GT(error, 0.0);
        EXPECT_DOUBLE_EQ(value_of(outcome, "recall_error"), error / (width * width));
        EXPECT_DOUBLE_EQ(value_of(outcome, "peak_signal_to_noise"),
                         10 * std::log10(width * width / error));
    }
}

TEST(ValueRangeOfAFile, IsOneForAllDraws) {
    const tests::TempFolder folder;
    expect_range(outcomes_with(folder, ""), 8.0);
    expect_range(outcomes_with(folder, "value_range = \"-2 to 8\"\n"), 10.0);
}

TEST(ValueRangeOfAFile, ChangesNoDraw) {
    const tests::TempFolder folder;
    const std::vector<Outcome> found = outcomes_with(folder, "");
    const std::vector<Outcome> given = outcomes_with(folder, "value_range = \"-2 to 8\"\n");
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_EQ(value_of(found[i], "mean_squared_error"),
                  value_of(given[i], "mean_squared_error"));
}

TEST(ValueRangeOfAFile, IsToldByPlan) {
    const tests::TempFolder folder;
    const std::string path = folder.write("f.npy", tests::npy_bytes({{-0.5F, 2}, {1, 3}}));
    const auto plan_with = [&](const std::string& more) {
        const std::string config =
            folder.write("a.toml", "[patterns]\nsource = \"npy\"\npath = \"" + path +
                                       "\"\npattern_count = 2\n" + more);
        return tests::run_program({"plan", config}).out;
    };
    EXPECT_NE(plan_with("").find("values -0.5 to 3, not declared: found in the whole file"),
              std::string::npos);
    EXPECT_NE(
        plan_with("value_range = \"-1.0 to 4\"\n").find("values -1 to 4, given by value_range"),
        std::string::npos);
}

} // namespace
} // namespace basin
