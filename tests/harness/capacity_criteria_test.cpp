// What a search may ask for, and what theory and reports say of its answer.

#include "analysis/capacity/capacity_curves.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "support/capacity_program.hpp"

namespace basin::tests {
namespace {

const std::string dense = R"(
[patterns]
dimension = [30, 60, 90]
[cue]
corruption = "none"
[model]
interaction = "polynomial"
interaction_vertex = 3
formulation = "original"
rule = ["contrastive", "gradient"]
[recall]
update = "one_shot"
attribution = "none"
)";

/// Metrics whose scenes vary in different ways, and scenes of as many probes as memories: what a
/// curve assumes of unseen scenes depends on both.
TEST_F(Capacity, TheReportOfItsStoreHasTheSameNumbers) {
    const std::string sweep = R"(
[patterns]
dimension = [30, 60]
[cue]
cue_level = 0.1
[model]
interaction_vertex = 2
formulation = "classical"
)";
    for (const std::string criterion :
         {"all_recalled >= 0.5", "exact_recall >= 0.5", "recall_error <= 0.05"}) {
        const std::string store = criterion.substr(0, 5);
        const json result = found(config("criterion = \"" + criterion +
                                             "\"\nminimum = 2\nmaximum = 100\n"
                                             "replicates = { min = 4, max = 16 }\n",
                                         sweep),
                                  store);
        const Hypercube cube(folder_ / store / "results.h5");
        const Criterion asked = criterion_of(cube.provenance());
        EXPECT_EQ(asked.text(), criterion);
        const std::vector<std::string_view> metric{asked.metric};
        const CapacityCurves report = capacity_curves(read_cells(cube, metric), asked);
        ASSERT_EQ(report.curves.size(), 2U);
        for (std::size_t c = 0; c < 2; ++c) {
            const Crossing& crossing = report.curves[c].crossing;
            const json& curve = result["curves"][c];
            EXPECT_EQ(curve["dimension"], report.curves[c].dimension);
            EXPECT_EQ(curve["critical_pattern_count"], crossing.estimate) << criterion;
            EXPECT_EQ(curve["lower"], crossing.lower) << criterion;
            EXPECT_EQ(curve["upper"], crossing.upper) << criterion;
            EXPECT_EQ(curve["slope"], crossing.slope) << criterion;
        }
    }
}

TEST_F(Capacity, TheoryAndTheLawOfGrowthStandBesideIt) {
    const std::string file = config("criterion = \"recall_error <= 0.01\"\nminimum = 4\n"
                                    "maximum = 2000\nrelative_width = 0.2\n",
                                    dense);
    const json result = found(file, "store");
    ASSERT_EQ(result["curves"].size(), 6U);
    for (const json& curve : result["curves"]) {
        if (curve["rule"] == "gradient") {
            EXPECT_TRUE(curve["theory"].is_null()) << curve;
            EXPECT_TRUE(curve["theory_asymptotic"].is_null()) << curve;
            continue;
        }
        const double n = curve["dimension"];
        // z = 2.3263 at 0.01.
        EXPECT_NEAR(curve["theory_asymptotic"], n * n / (3 * 2.3263479 * 2.3263479), 1e-3);
        EXPECT_NEAR(curve["theory"], curve["critical_pattern_count"],
                    0.25 * curve["theory"].get<double>());
        EXPECT_TRUE(curve["retrieval_limit"].is_null());
    }
    EXPECT_NE(table("store").find(",scenes,failed,theory_asymptotic,theory,retrieval_limit\n"),
              std::string::npos);

    ASSERT_EQ(result["laws"].size(), 2U);
    for (const json& law : result["laws"]) {
        EXPECT_NEAR(law["exponent"], 2.0, 0.3) << law;
        EXPECT_EQ(law["used"], 3) << law;
        EXPECT_EQ(law["residuals"].size(), 3U) << law;
        if (law["rule"] == "contrastive") {
            EXPECT_EQ(law["theory_exponent"], 2.0);
        }
        if (law["rule"] == "gradient") {
            EXPECT_TRUE(law["theory_exponent"].is_null());
        }
    }
    const std::string laws = read_file(folder_ / "store" / "capacity_laws.csv");
    EXPECT_EQ(laws.find("rule,exponent,exponent_lower,exponent_upper,factor,scatter,"
                        "theory_exponent,theory_exponent_here,used,left_out,residuals\n"),
              0U)
        << laws;
    EXPECT_EQ(std::ranges::count(laws, '\n'), 3);
    const auto told = run_program({"capacity", file, "--store", path("store")});
    EXPECT_NE(told.out.find("K_c ~ N^b  b = "), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("theory 2, at these N 2.0"), std::string::npos) << told.out;

    // Without a second dimension there is no law, and no table of one from before.
    found(file, "store", {"--set", "dimension=30"});
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store" / "capacity_laws.csv"));
}

TEST_F(Capacity, KeysCanBeSet) {
    const std::string file = config(half_recalled);
    const json result = found(file, "store",
                              {"--set", "criterion=recall_error <= 0.05", "--set",
                               "capacity.relative_width=0.4", "--set", "replicates.max=20"});
    EXPECT_EQ(result["criterion"], "recall_error <= 0.05");
    for (const json& curve : result["curves"])
        EXPECT_GT(curve["slope"], 0.0);
    EXPECT_EQ(capacity(file, "other", {"--set", "capacity.with=3"}).exit, 2);
}

/// Every memory is a probe, and one that is lost is enough.
TEST_F(Capacity, OfAllMemoriesAtOnceIsBelowThatOfOne) {
    std::string stored = two_curves;
    stored.replace(stored.find("cue_level = 0.1\nprobe_count = 20"), 32,
                   "cue_level = 0\nprobe_count = -1");
    const std::string file = config(half_recalled, stored);
    const json each = found(file, "each", {"--set", "formulation=classical"});
    const json all = found(
        file, "all", {"--set", "formulation=classical", "--set", "criterion=all_recalled >= 0.5"});
    const json& one = each["curves"][0];
    const json& every = all["curves"][0];
    EXPECT_LT(every["upper"], one["lower"]) << every << one;
    EXPECT_LT(every["theory"], one["theory"]);
    // Memories fail together, so all are stable a little longer than independent ones were.
    EXPECT_NEAR(every["critical_pattern_count"], every["theory"],
                0.25 * every["theory"].get<double>());

    const std::string grid = folder_.write("grid.toml", stored);
    ASSERT_EQ(run_program({"run", grid, "--store", path("grid"), "--quiet", "--set",
                           "formulation=classical", "--set", "pattern_count=[4,5,6,7,8,9,10,12]",
                           "--set", "replicates=300"})
                  .exit,
              0);
    std::map<int, double> passed;
    std::istringstream lines(run_program({"export", path("grid"), "--format", "jsonl", "--metrics",
                                          "exact_recall,all_recalled"})
                                 .out);
    for (std::string line; std::getline(lines, line);) {
        const json row = json::parse(line);
        EXPECT_EQ(row["all_recalled"] == 1.0, row["exact_recall"] == 1.0);
        passed[row["pattern_count"]] += row["all_recalled"].get<double>();
    }
    for (const auto& [count, sum] : passed) {
        if (count < every["lower"]) {
            EXPECT_GT(sum, 0.42 * 300) << count;
        }
        if (count > every["upper"]) {
            EXPECT_LT(sum, 0.58 * 300) << count;
        }
    }
}

TEST_F(Capacity, OfASoftmaxNetworkGrowsWithBeta) {
    const std::string softmax = "[patterns]\nsource = \"sphere\"\ndimension = 12\n[cue]\n"
                                "corruption = \"none\"\nprobe_count = -1\n[model]\n"
                                "formulation = \"softmax\"\nbeta = [10, 20, 40]\n"
                                "[recall]\nattribution = \"none\"\n";
    const json result = found(config("criterion = \"all_recalled >= 0.5\"\nminimum = 2\n"
                                     "maximum = 500\nrelative_width = 0.4\n",
                                     softmax),
                              "store");
    std::map<double, double> by_beta;
    for (const json& curve : result["curves"]) {
        ASSERT_TRUE(curve["critical_pattern_count"].is_number()) << curve;
        // Random unit vectors are not orthonormal: what theory says of those is a bound.
        EXPECT_LT(curve["critical_pattern_count"], curve["theory"]);
        by_beta[curve["beta"]] = curve["critical_pattern_count"];
    }
    EXPECT_LT(1.5 * by_beta.at(10), by_beta.at(20));
    EXPECT_LT(1.5 * by_beta.at(20), by_beta.at(40));
}

TEST_F(Capacity, AReportOnTwoCriteriaReadsEveryStoreForItsOwn) {
    found(config(half_recalled), "exact");
    found(config("criterion = \"recall_error <= 0.05\"\nminimum = 4\nmaximum = 100\n"), "error");
    const auto findings = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"report",      "capacity", path("exact"),
                                           path("error"), "--out",    path("page.html"),
                                           "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ProgramResult result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return json::parse(result.out)["findings"];
    };
    EXPECT_EQ(findings({}), findings({"--criterion", "exact_recall >= 0.5"}));
}

TEST_F(Capacity, AStoreIsNotComparedWithItself) {
    found(config(half_recalled), "store");
    const ProgramResult result = run_program(
        {"report", "stability", path("store"), path("store") + "/.", "--out", path("page.html")});
    EXPECT_EQ(result.exit, 2);
    EXPECT_NE(result.err.find("are the same store"), std::string::npos) << result.err;
}

} // namespace
} // namespace basin::tests
