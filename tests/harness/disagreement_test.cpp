// The command beside a disagreement computes its cells again, to the bit, whatever the config is
// made of.

#include "analysis/stability/disagreements.hpp"
#include "results/cube/result_cube.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::run_program;

const std::string mixed_sweep = R"(
[sweep]
name = "it's mixed"
seed = 3
replicates = 4
[patterns]
dimension = 32
pattern_count = [3, 8]
[cue]
cue_level = [0.1, 0.3]
[model]
formulation = ["original", "normalized"]
interaction_vertex = [2, 30]
beta = [1, 2.5]
[[when]]
parameter = "beta"
if = { formulation = "normalized" }
otherwise = 1
[[exclude]]
pattern_count = 8
interaction_vertex = 2
[[block]]
[block.model]
similarity = ["dot", "cosine"]
[block.recall]
max_sweeps = 10
[[block]]
zip = [["precision", "max_sweeps"]]
[block.model]
precision = ["float64", "float16"]
[block.recall]
max_sweeps = [10, 20]
)";

class Rerun : public testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directory(folder_ / "bin");
        std::filesystem::create_symlink(BASIN_PROGRAM, folder_ / "bin/basin");
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    Cells cells_of(const std::string& store) const {
        return read_cells(Hypercube(path(store) + "/results.h5"), duel_metrics);
    }

    /// Runs a command as a reader would who has the config file in the working folder.
    void in_shell(const std::string& command) const {
        const std::string line = "cd '" + folder_.path().string() + "' && PATH=\"" + path("bin") +
                                 ":$PATH\" " + command + " > out.txt 2>&1";
        EXPECT_EQ(std::system(line.c_str()), 0) // NOLINT(cert-env33-c): it is what is tested
            << command << "\n"
            << tests::read_file(folder_ / "out.txt");
    }

    /// The store that a command names.
    static std::string store_in(const std::string& command) {
        std::string name = command.substr(command.find("--store ") + 8);
        name = name.substr(0, name.find(" --only"));
        std::string plain;
        for (std::size_t i = 0; i < name.size(); ++i)
            if (name.compare(i, 4, "'\\''") == 0 && i > 0) {
                plain += '\'';
                i += 3;
            } else if (name[i] != '\'') {
                plain += name[i];
            }
        return plain;
    }

    /// Every point of `again` is in the store to the bit; how many there are.
    int equal_points(const std::string& again) const {
        const auto result = run_program({"diff", path(again), path("store"), "--json"});
        EXPECT_TRUE(result.exit == 0 || result.exit == 6) << result.err;
        const auto found = nlohmann::json::parse(result.out);
        EXPECT_EQ(found["different"].size(), 0);
        EXPECT_EQ(found["only_a"].size(), 0);
        return found["equal"].get<int>();
    }

    /// Whether the difference is among those of the store, to the bit.
    bool has_difference(const std::string& again, const Duel& duel, const Disagreement& one) const {
        const Cells cells = cells_of(again);
        for (const Duel& other : duels(cells)) {
            if (other.metric != duel.metric) continue;
            for (const DuelCell& cell : other.cells) {
                const DifferenceTest test = cell_test(cells, other, cell);
                if (test.difference.mean == one.test.difference.mean &&
                    test.difference.low == one.test.difference.low &&
                    test.p_value == one.test.p_value)
                    return true;
            }
        }
        return false;
    }

    tests::TempFolder folder_;
};

TEST_F(Rerun, ReproducesWhatBlocksZipsWhensAndExcludesMade) {
    const std::string config = folder_.write("given.toml", mixed_sweep);
    ASSERT_EQ(run_program({"run", config, "--store", path("store"), "--set", "seed=5"}).exit, 0);
    const Cells cells = cells_of("store");
    const std::vector<Duel> all = duels(cells);
    folder_.write("it's mixed.toml", cells.provenance.at("config_given"));

    std::size_t of_one = 0;
    std::size_t of_two = 0;
    for (const Disagreement& one : disagreements(cells, all, {}, 2)) {
        ASSERT_FALSE(one.commands.empty());
        int points = 0;
        for (const std::string& command : one.commands) {
            in_shell(command);
            points += equal_points(store_in(command));
        }
        EXPECT_EQ(points, 2 * 4) << one.commands[0];
        ++(one.commands.size() == 1 ? of_one : of_two);
        if (one.commands.size() == 1) {
            EXPECT_TRUE(has_difference(store_in(one.commands[0]), all[one.duel], one))
                << one.commands[0];
        }
    }
    EXPECT_GE(of_one, 4U) << "formulations and similarities";
    EXPECT_GE(of_two, 2U) << "precisions, which are zipped";
}

TEST_F(Rerun, ReproducesASweepWithAStoppingRule) {
    std::string sweep = mixed_sweep;
    sweep.replace(sweep.find("replicates = 4"), 14,
                  "replicates = { min = 2, max = 8, half_width = 0.02 }");
    const std::string config = folder_.write("it's mixed.toml", sweep);
    ASSERT_EQ(run_program({"run", config, "--store", path("store")}).exit, 0);
    const Cells cells = cells_of("store");
    const std::vector<Duel> all = duels(cells);
    std::size_t done = 0;
    for (const Disagreement& one : disagreements(cells, all, {}, 1))
        if (one.commands.size() == 1) {
            in_shell(one.commands[0]);
            EXPECT_TRUE(has_difference(store_in(one.commands[0]), all[one.duel], one))
                << one.commands[0];
            ++done;
        }
    EXPECT_GE(done, 2U);
}

TEST_F(Rerun, ReproducesAPreset) {
    ASSERT_EQ(run_program({"run", "smoke", "--store", path("store")}).exit, 0);
    const Cells cells = cells_of("store");
    const std::vector<Duel> all = duels(cells);
    folder_.write("smoke.toml", cells.provenance.at("config_given"));
    const std::vector<Disagreement> found = disagreements(cells, all, {}, 1);
    ASSERT_FALSE(found.empty());
    in_shell(found[0].commands.at(0));
    EXPECT_EQ(equal_points("smoke-again"), 4);
    EXPECT_TRUE(has_difference("smoke-again", all[found[0].duel], found[0]));
}

} // namespace
} // namespace basin
