// Points that are equal but for parameters without effect are computed once and all have the
// result.

#include "harness/run/run_estimate.hpp"
#include "results/store/record_reader.hpp"
#include "sweeps/plan/equal_points.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <vector>

#include "support/plan_points.hpp"
#include "support/tiny_run.hpp"

namespace basin {
namespace {

using namespace tests;

const std::string with_idle_axes = R"toml(
[sweep]
name = "idle"
replicates = 2
[patterns]
dimension = 30
pattern_count = 4
[model]
formulation = ["original", "classical", "softmax"]
interaction_vertex = [2, 3, 4]
beta = "lin(1, 2, 20)"
)toml";

class EqualPointsRun : public Run {
protected:
    std::string idle_ = folder_.write("idle.toml", with_idle_axes);
};

TEST_F(EqualPointsRun, EqualPointsShareOneComputationAndItsTime) {
    ASSERT_EQ(run_program({"run", idle_, "--store", path("store"), "--quiet"}).exit, 0);
    const Plan plan = plan_of(with_idle_axes);
    const Inventory inventory = Store::existing(folder_ / "store", plan).inventory(plan);
    const EqualPoints equal(plan);
    ASSERT_EQ(inventory.places.size(), plan.cell_count());
    RecordReader reader(inventory);
    std::map<std::uint64_t, std::vector<double>> seconds; // by first equal
    for (const RecordPlace& place : inventory.places) {
        EXPECT_EQ(place.status, Status::done);
        seconds[equal.first_equal(place.cell)].push_back(reader.read(place).elapsed_s);
    }
    // In each scene 60 of original, one of classical, 20 of softmax.
    EXPECT_EQ(seconds.size(), 2U * 81);
    for (const auto& [first, shares] : seconds)
        EXPECT_EQ(std::ranges::count(shares, shares.front()), std::ssize(shares)) << first;

    // What each alone gives.
    const auto verified = run_program({"verify", path("store"), "--replay", "1000"});
    EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
}

TEST_F(EqualPointsRun, AStoreThatHasSomeOfThemIsCompleted) {
    ASSERT_EQ(run_program({"run", idle_, "--store", path("part"), "--quiet", "--set",
                           "interaction_vertex=3"})
                  .exit,
              0);
    ASSERT_EQ(run_program({"run", idle_, "--store", path("part"), "--quiet"}).exit, 0);
    ASSERT_EQ(run_program({"run", idle_, "--store", path("whole"), "--quiet"}).exit, 0);
    EXPECT_TRUE(bytes("part") == bytes("whole"));
}

TEST_F(EqualPointsRun, ThePlanSaysWhichAxesHaveNoEffect) {
    const auto text = run_program({"plan", idle_});
    EXPECT_NE(text.out.find("no effect  interaction_vertex, where formulation is classical or "
                            "softmax\nno effect  beta, where formulation is classical\n"),
              std::string::npos)
        << text.out;
    const auto planned = nlohmann::json::parse(run_program({"plan", idle_, "--json"}).out);
    EXPECT_EQ(planned["shared"], 2 * (59 + 40));
    EXPECT_EQ(planned["no_effect"][1],
              (nlohmann::json{{"name", "beta"}, {"where", {{"formulation", {"classical"}}}}}));
}

TEST_F(EqualPointsRun, TheEstimateCountsThemOnce) {
    const auto work_s = [](const std::string& model) {
        const Plan plan = plan_of("[patterns]\npattern_count = 100\n[model]\n" + model);
        return forecast(plan, Applicability(plan), {}, {}).work_s;
    };
    EXPECT_EQ(work_s("formulation = \"softmax\"\ninteraction_vertex = \"range(2, 40, 1)\"\n"),
              work_s("formulation = \"softmax\"\n"));
    EXPECT_GT(work_s("formulation = \"softmax\"\nbeta = [1, 2]\n"),
              1.5 * work_s("formulation = \"softmax\"\n"));
}

} // namespace
} // namespace basin
