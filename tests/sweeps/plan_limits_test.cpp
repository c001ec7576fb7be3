#include "models/base/stop_request.hpp"
#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::index_of;
using tests::plan_of;

TEST(Plan, RefusesUnsoundConfigsMadeInCode) {
    Config config = parse_config("[model]\nbeta = [1, 2]\nleak = 1\n", "a.toml", {});
    config.blocks[0].zips.push_back({index_of("beta"), index_of("leak")});

    EXPECT_THROW(Plan{config}, ConfigError);
}

std::string refusal(std::string_view text) {
    try {
        plan_of(text);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

TEST(Plan, RefusesACubeThatIsTooLarge) {
    const std::string message =
        refusal("[model]\nbeta = \"lin(1, 2, 100000)\"\nleak = \"lin(1, 2, 100000)\"\n"
                "[patterns]\nbias = \"lin(0, 1, 1000)\"\n");

    EXPECT_NE(message.find("a cube of 1e+13 cells"), std::string::npos) << message;
    EXPECT_NE(message.find("100000 beta x"), std::string::npos) << message;
    EXPECT_NE(message.find("give fewer values or replicates, or split the sweep"),
              std::string::npos)
        << message;
    EXPECT_NE(message.find("`exclude` does not shrink"), std::string::npos) << message;
}

// 8 * 10^9 cells were gone through for minutes, 8 * 10^11 ended in bad_alloc.
TEST(Plan, RefusesByArithmeticWhatCannotBeGoneThrough) {
    const auto with_replicates = [](const std::string& replicates) {
        return "[sweep]\nreplicates = " + replicates +
               "\n[patterns]\nbias = \"lin(0, 0.9, 1000)\"\n[model]\nbeta = \"lin(1, 2, 1000)\"\n"
               "leak = \"lin(1, 2, 1000)\"\n";
    };
    EXPECT_NE(refusal(with_replicates("8")).find("a cube of 8e+09 cells"), std::string::npos);
    EXPECT_NE(refusal(with_replicates("800")).find("a cube of 8e+11 cells"), std::string::npos);
    EXPECT_EQ(refusal(with_replicates("1")), "");
}

TEST(Plan, IsLeftOffWhenAStopIsAskedFor) {
    const Plan plan = plan_of("[model]\nbeta = \"lin(1, 2, 20000)\"\n");
    stop_state.requested = true;
    std::uint64_t visited = 0;
    const auto visit = [&](std::uint64_t) {
        ++visited;
        return true;
    };
    EXPECT_THROW(plan.visit_points(0, 0, visit), Cancelled);
    EXPECT_EQ(visited, 0U);
    {
        const FinishAfterStop finishing;
        EXPECT_EQ(plan.visit_points(0, 0, visit), 20000U);
        stop_state.overdue = true;
        EXPECT_THROW(plan.visit_points(0, 0, visit), Cancelled);
    }
    stop_state.requested = false;
    stop_state.overdue = false;
    EXPECT_EQ(plan.visit_points(0, 0, visit), 20000U);
}

TEST(Plan, RefusesACubeThatIsTooSparse) {
    const std::string zipped = "[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\n"
                               "beta = \"lin(1, 2, N)\"\nleak = \"lin(1, 2, N)\"\n";
    const auto with = [&](const std::string& n) {
        std::string text = zipped;
        while (text.find('N') != std::string::npos)
            text.replace(text.find('N'), 1, n);
        return text;
    };

    EXPECT_EQ(refusal(with("3000")), ""); // 9 million cells are always allowed
    EXPECT_NE(refusal(with("4000")).find("too sparse; split"), std::string::npos);
}

// Ten million points: every one visited, none kept.
TEST(Plan, TenMillionPointsCostNoMemory) {
    const Plan plan = plan_of(R"toml(
[sweep]
replicates = 4
[patterns]
pattern_count = "range(1, 25, 1)"
[cue]
cue_level = "lin(0, 0.9, 10)"
[model]
formulation = ["original", "normalized"]
interaction = ["polynomial", "leaky_rectified_polynomial"]
interaction_vertex = "range(1, 25, 1)"
beta = "log(0.001, 1000, 50)"
leak = [0.01, 0.1]
[[when]]
parameter = "leak"
if = {interaction = "leaky_rectified_polynomial"}
[[exclude]]
interaction_vertex = 25
beta = ">= 100"
)toml");
    const auto peak_kilobytes = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const long before = peak_kilobytes();

    std::uint64_t count = 0;
    std::uint64_t sum = 0;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            ++count;
            sum += cell;
            return true;
        });

    EXPECT_EQ(plan.point_bound(), 10'000'000U);
    // 1000 scenes x 2 formulations x (1 + 2 leaks) x (25 x 50 less 9 betas from 100 up at vertex
    // 25: log spacing 6/49 decades, 1000 and 8 more).
    EXPECT_EQ(count, 1000U * 2 * 3 * (25 * 50 - 9));
    EXPECT_GT(sum, 0U);
    // A cell kept per point would be 59 MB; 8 MB allow for the allocator's rounding.
    EXPECT_LT(peak_kilobytes() - before, 8 * 1024);
}

} // namespace
} // namespace basin
