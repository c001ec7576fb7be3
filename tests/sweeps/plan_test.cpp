#include "sweeps/binding.hpp"
#include "sweeps/block_rules.hpp"
#include "sweeps/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sys/resource.h>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::all_cells;
using tests::cells_of;
using tests::index_of;
using tests::points_of;

Plan plan_of(std::string_view text, const std::vector<std::string>& overrides = {}) {
    return Plan(parse_config(text, "a.toml", overrides));
}

const Value& at(const Coordinates& coordinates, std::string_view name) {
    return coordinates[index_of(name)];
}

std::vector<std::string> dimension_names(const Plan& plan) {
    std::vector<std::string> names;
    for (const Dimension& dimension : plan.dimensions())
        names.emplace_back(parameters()[dimension.parameter].name);
    return names;
}

TEST(Plan, OfDefaultsIsOnePoint) {
    const Plan plan = plan_of("");

    EXPECT_TRUE(plan.dimensions().empty());
    EXPECT_EQ(plan.cell_count(), 1U);
    EXPECT_EQ(plan.job_count(), 1U);
    EXPECT_EQ(plan.point_bound(), 1U);
    EXPECT_EQ(all_cells(plan), std::vector<std::uint64_t>{0});
    EXPECT_EQ(plan.coordinates_of(0), default_coordinates());
    EXPECT_EQ(plan.point_text(0), "replicate=0;seed=1;");
}

TEST(Plan, DimensionsAreInCanonicalOrderWithSortedValues) {
    const Plan plan = plan_of(R"toml(
[sweep]
replicates = 3
[model]
similarity = ["inverse_squared_euclidean", "dot"]
beta = [10, 0.1, 1]
[patterns]
pattern_count = [20, 3]
bias = 0.5
path = ["b", "a"]
)toml");

    EXPECT_EQ(dimension_names(plan),
              (std::vector<std::string>{"path", "pattern_count", "beta", "similarity"}));
    EXPECT_EQ(plan.dimensions()[0].values, (std::vector<Value>{"a", "b"}));
    EXPECT_EQ(plan.dimensions()[1].values, (std::vector<Value>{std::int64_t{3}, std::int64_t{20}}));
    EXPECT_EQ(plan.dimensions()[2].values, (std::vector<Value>{0.1, 1.0, 10.0}));
    EXPECT_EQ(plan.dimensions()[3].values,
              (std::vector<Value>{"dot", "inverse_squared_euclidean"}));
    EXPECT_EQ(plan.cell_count(), 2U * 2 * 3 * 2 * 3);
    EXPECT_EQ(plan.job_count(), 2U * 2 * 3);
    EXPECT_EQ(plan.point_bound(), plan.cell_count());
}

TEST(Plan, CellsAreInCOrderWithReplicateLast) {
    const Plan plan = plan_of("[sweep]\nreplicates = 2\n[patterns]\npattern_count = [3, 20]\n"
                              "[model]\nbeta = [1, 2, 4]\n");

    const std::uint64_t cell = (1 * 3 + 2) * 2 + 1;

    EXPECT_EQ(at(plan.coordinates_of(cell), "pattern_count"), Value(std::int64_t{20}));
    EXPECT_EQ(at(plan.coordinates_of(cell), "beta"), Value(4.0));
    EXPECT_EQ(plan.replicate_of(cell), 1U);
}

TEST(Plan, JobsAreScenes) {
    const Plan plan = plan_of("[sweep]\nreplicates = 2\n[patterns]\npattern_count = [3, 20]\n"
                              "[model]\nbeta = [4, 2, 1]\n");

    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates scene = plan.scene_of(job);
        const std::vector<std::uint64_t> cells = cells_of(plan, job);
        ASSERT_EQ(cells.size(), 3U);
        EXPECT_EQ(plan.coordinates_of(cells[0]), scene); // model parameters at their first values
        for (const std::uint64_t cell : cells) {
            EXPECT_EQ(at(plan.coordinates_of(cell), "pattern_count"), at(scene, "pattern_count"));
            EXPECT_EQ(plan.replicate_of(cell), plan.replicate_of_job(job));
        }
    }
    EXPECT_THROW(plan.scene_of(plan.job_count()), std::out_of_range);
}

TEST(Plan, ZippedAxesAdvanceTogether) {
    const Plan plan = plan_of("[sweep]\nzip = [[\"beta\", \"pattern_count\"]]\n[patterns]\n"
                              "pattern_count = [5, 10]\n[model]\nbeta = [2, 1]\n"
                              "interaction_vertex = [3, 4]\n");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "beta=2;interaction_vertex=3;pattern_count=5;replicate=0;seed=1;",
                  "beta=2;interaction_vertex=4;pattern_count=5;replicate=0;seed=1;",
                  "interaction_vertex=3;replicate=0;seed=1;",
                  "interaction_vertex=4;replicate=0;seed=1;"}));
    // A zip with a parameter of the scene belongs to the scene.
    EXPECT_EQ(plan.job_count(), 2U);
    EXPECT_EQ(at(plan.scene_of(1), "beta"), Value(1.0));
    EXPECT_EQ(plan.cell_count(), 8U);
}

TEST(Plan, WhenVariesAnAxisOnlyWhereItsConditionsHold) {
    const Plan plan = plan_of(R"toml(
[model]
interaction = ["polynomial", "leaky_rectified_polynomial"]
leak = [0.1, 0.2]
[[when]]
parameter = "leak"
if = {interaction = "leaky_rectified_polynomial"}
)toml");

    EXPECT_EQ(points_of(plan), (std::multiset<std::string>{
                                   "interaction=leaky_rectified_polynomial;leak=0.1;replicate=0;"
                                   "seed=1;",
                                   "interaction=leaky_rectified_polynomial;leak=0.2;replicate=0;"
                                   "seed=1;",
                                   "interaction=polynomial;replicate=0;seed=1;"}));
    EXPECT_EQ(plan.point_bound(), 4U);
    EXPECT_EQ(plan.cell_count(), 6U); // 0.01, the fallback, is a label too
}

TEST(Plan, WhensSeeWhatEarlierWhensDecided) {
    // vertex hangs on interaction, leak on vertex: where vertex is `otherwise`, leak is too.
    const Plan plan = plan_of(R"toml(
[model]
interaction = ["polynomial", "exponential"]
interaction_vertex = [3, 4]
leak = [0.1, 0.2]
[[when]]
parameter = "leak"
if = {interaction_vertex = ">= 4"}
otherwise = 7
[[when]]
parameter = "interaction_vertex"
if = {interaction = "!= exponential"}
)toml");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "interaction=exponential;leak=7;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=3;leak=7;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=4;leak=0.1;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=4;leak=0.2;replicate=0;seed=1;"}));
}

TEST(Plan, WhenOfTheSceneLeavesRepeatedScenesEmpty) {
    const Plan plan = plan_of("[patterns]\nsource = [\"random_bipolar\", \"correlated\"]\n"
                              "correlation = [0.25, 0.5]\n[[when]]\nparameter = \"correlation\"\n"
                              "if = {source = \"correlated\"}\n[model]\nbeta = [1, 2]\n");

    EXPECT_EQ(plan.job_count(), 4U);
    std::map<std::string, std::size_t> counts;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates scene = plan.scene_of(job);
        counts[canonical_text(at(scene, "source")) + canonical_text(at(scene, "correlation"))] +=
            cells_of(plan, job).size();
    }
    EXPECT_EQ(counts["random_bipolar0"], 2U);
    EXPECT_EQ(counts["correlated0.25"], 2U);
    EXPECT_EQ(counts["correlated0.5"], 2U);
}

TEST(Plan, WhenWithoutAnAxisHasTwoValues) {
    const Plan plan = plan_of("[model]\nbeta = [1, 2]\n[[when]]\nparameter = \"leak\"\n"
                              "if = {beta = 1}\notherwise = 5\n");

    EXPECT_EQ(points_of(plan), (std::multiset<std::string>{"replicate=0;seed=1;",
                                                           "beta=2;leak=5;replicate=0;seed=1;"}));
}

TEST(Plan, ConditionsOnUnsetParametersMeetTheFallback) {
    EXPECT_EQ(all_cells(plan_of("[model]\nbeta = [1, 2]\n[[exclude]]\nbeta = 1\ntie = \"keep\"\n"))
                  .size(),
              1U);
    EXPECT_EQ(all_cells(plan_of("[model]\nbeta = [1, 2]\n[[exclude]]\nbeta = 1\ntie = \"plus\"\n"))
                  .size(),
              2U);
    EXPECT_EQ(points_of(plan_of("[model]\nbeta = [3, 2]\n[[when]]\nparameter = \"beta\"\n"
                                "if = {tie = \"plus\"}\n")),
              (std::multiset<std::string>{"replicate=0;seed=1;"}));
}

TEST(Plan, ExcludesNeedAllTheirConditions) {
    const Plan plan = plan_of(R"toml(
[patterns]
pattern_count = [1, 2, 3]
[model]
beta = [1, 2, 3]
[[exclude]]
pattern_count = ">= 2"
beta = "< 3"
[[exclude]]
beta = 3
pattern_count = [1, 3]
[[exclude]]
beta = "<= 1"
pattern_count = "!= 2"
)toml");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{"beta=2;pattern_count=1;replicate=0;seed=1;",
                                          "beta=3;pattern_count=2;replicate=0;seed=1;"}));
}

TEST(Plan, ExcludedScenesHaveNoPoints) {
    const Plan plan = plan_of("[patterns]\npattern_count = [1, 2]\n[model]\nbeta = [1, 2]\n"
                              "[[exclude]]\npattern_count = 1\n");

    EXPECT_EQ(cells_of(plan, 0).size(), 0U);
    EXPECT_EQ(cells_of(plan, 1).size(), 2U);
}

constexpr std::string_view two_blocks = R"toml(
[sweep]
replicates = 2
[model]
beta = [1, 2]
[[block]]
[block.patterns]
dimension = 50
pattern_count = [3, 4]
[[block]]
[block.patterns]
dimension = 60
[block.model]
beta = [2, 3]
[block.recall]
tie = "plus"
)toml";

TEST(Plan, BlocksShareOneCube) {
    const Plan plan = plan_of(two_blocks);

    EXPECT_EQ(dimension_names(plan),
              (std::vector<std::string>{"dimension", "pattern_count", "beta", "tie"}));
    EXPECT_EQ(plan.dimensions()[1].values.size(), 3U); // 3, 4 and the fallback of the second block
    EXPECT_EQ(plan.job_count(), 6U);
    EXPECT_EQ(plan.point_bound(), 12U);
    EXPECT_EQ(points_of(plan).count("beta=3;dimension=60;tie=plus;replicate=1;seed=1;"), 1U);
    EXPECT_EQ(points_of(plan).size(), 12U);
    EXPECT_EQ(at(plan.scene_of(4), "dimension"), Value(std::int64_t{60}));
}

TEST(Plan, PointsOfSeveralBlocksAreVisitedOnce) {
    const Plan plan = plan_of(R"toml(
[[block]]
zip = [["beta", "leak"]]
[block.model]
beta = [1, 2, 3]
leak = [0.1, 0.2, 0.3]
[[block]]
[block.model]
beta = [1, 2]
leak = [0.2, 0.3]
[[block.exclude]]
beta = 1
leak = 0.3
[[block]]
[block.patterns]
pattern_count = [1, 2, 10]
[block.model]
beta = [2, 3]
leak = [0.3, 0.2]
[[block.when]]
parameter = "leak"
if = {pattern_count = 10}
otherwise = 0.1
)toml");

    const std::vector<std::uint64_t> cells = all_cells(plan);

    EXPECT_EQ(std::set<std::uint64_t>(cells.begin(), cells.end()).size(), cells.size());
    // First block 3; second block (1, 0.2), (2, 0.3), its (2, 0.2) being the first's; third block
    // at 10: (3, 0.2), as (2, 0.3), (2, 0.2), (3, 0.3) are taken; at 1 and 2: beta 2 and 3 each.
    EXPECT_EQ(cells.size(), 3U + 2 + 1 + 4);
}

TEST(Plan, VisitsFromAPositionOn) {
    const Plan plan = plan_of("[model]\nbeta = [1, 2, 3]\nleak = [0, 1]\n[[exclude]]\nbeta = 2\n");
    const std::vector<std::uint64_t> whole = cells_of(plan, 0);

    std::vector<std::uint64_t> pieces;
    std::uint64_t position = 0;
    std::size_t calls = 0;
    while (position < 6) {
        position = plan.visit_points(0, position, [&](std::uint64_t cell) {
            pieces.push_back(cell);
            return false;
        });
        ++calls;
    }

    EXPECT_EQ(pieces, whole);
    EXPECT_EQ(whole.size(), 4U);
    EXPECT_EQ(calls, 4U);
    EXPECT_EQ(plan.visit_points(0, 99, [](std::uint64_t) { return true; }), 6U);
}

TEST(Plan, PointKeysAreHashesOfThePointText) {
    const Plan plan = plan_of("[sweep]\nseed = 9\n[patterns]\npattern_count = [3, 20]\n[model]\n"
                              "similarity = \"cosine\"\nbeta = [1, 0.1]\n");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "beta=0.1;pattern_count=20;similarity=cosine;replicate=0;seed=9;",
                  "beta=0.1;pattern_count=3;similarity=cosine;replicate=0;seed=9;",
                  "pattern_count=20;similarity=cosine;replicate=0;seed=9;",
                  "pattern_count=3;similarity=cosine;replicate=0;seed=9;"}));
    EXPECT_EQ(plan.point_key(3), key_of(plan.point_text(3)));
}

TEST(Plan, DigestFollowsTheMeaningOfCells) {
    const std::string base = "[model]\nbeta = [1, 2]\n";
    const Key digest = plan_of(base).digest();

    EXPECT_EQ(digest, plan_of("[model]\nbeta = [2, 1]\nleak = 0.01\n").digest());
    EXPECT_EQ(digest, plan_of(base + "[[exclude]]\nbeta = 1\n").digest());
    EXPECT_EQ(digest, plan_of("[sweep]\nname = \"x\"\n" + base).digest());
    EXPECT_NE(digest, plan_of("[model]\nbeta = [1, 3]\n").digest());
    EXPECT_NE(digest, plan_of(base + "leak = [0, 1]\n").digest());
    EXPECT_NE(digest, plan_of(base + "leak = 1\n").digest()); // no label, but another meaning
    EXPECT_NE(digest, plan_of("[sweep]\nseed = 2\n" + base).digest());
    EXPECT_NE(digest, plan_of("[sweep]\nreplicates = 2\n" + base).digest());
}

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

    EXPECT_NE(message.find("too large; split"), std::string::npos) << message;
    EXPECT_NE(message.find("100000 beta x"), std::string::npos) << message;
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

TEST(Plan, ResolvedJsonSaysEverything) {
    const Plan plan = plan_of(R"toml(
[sweep]
name = "x"
seed = 5
zip = [["beta", "leak"]]
[model]
beta = "log(0.1, 10, 3)"
leak = [1, 2, 3]
[recall]
tie = "plus"
[[when]]
parameter = "bias"
if = {pattern_count = ">= 20"}
[[exclude]]
beta = 0.1
)toml"
                              "",
                              {});

    EXPECT_EQ(plan.resolved_json(),
              R"({"blocks":[{"axes":{"beta":[0.1,1.0,10.0],"leak":[1.0,2.0,3.0],"tie":["plus"]},)"
              R"("exclude":[[{"parameter":"beta","relation":"=","values":[0.1]}]],)"
              R"("when":[{"if":[{"parameter":"pattern_count","relation":">=","values":[20]}],)"
              R"("otherwise":0.0,"parameter":"bias"}],"zip":[["beta","leak"]]}],)"
              R"("name":"x","replicates":1,"seed":5})");
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
