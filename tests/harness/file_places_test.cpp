// Where files of a config are looked up, and what can do without them.

#include "support/input_program.hpp"

namespace basin {
namespace {

using tests::numbers;

class FilePlaces : public tests::InputFilesRun {
protected:
    void SetUp() override {
        for (const char* const name : {"configs", "elsewhere"})
            std::filesystem::create_directory(folder_ / name);
        folder_.write("configs/c.toml", tests::continuous_sweep_of_files);
    }

    /// Runs the config in the working folder.
    tests::ProgramResult run_in(const std::string& working_folder,
                                const std::string& config = "../configs/c.toml") const {
        return basin({"run", config, "--store", (folder_ / "s").string(), "--json"},
                     working_folder);
    }

    std::string store() const { return (folder_ / "s").string(); }
};

TEST_F(FilePlaces, TheConfigsFolderComesFirstThenTheWorkingFolder) {
    folder_.write("configs/p.npy", numbers(0));
    folder_.write("elsewhere/p.npy", numbers(1));
    ASSERT_EQ(run_in("elsewhere").exit, 0);
    EXPECT_EQ(run_in("configs", "c.toml").exit, 0) << "the same file";

    std::filesystem::remove(folder_ / "configs/p.npy");
    EXPECT_EQ(run_in("elsewhere").exit, 7) << "now the other one";
    folder_.write("elsewhere/p.npy", numbers(0));
    EXPECT_EQ(run_in("elsewhere").exit, 0);
}

TEST_F(FilePlaces, AreToldWhereNothingIsFound) {
    const auto result = run_in("elsewhere");

    EXPECT_EQ(result.exit, 2);
    EXPECT_NE(result.err.find("c.toml:7:8: error: path = \"p.npy\": no such file in ../configs or "
                              "in the working folder"),
              std::string::npos)
        << result.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "s"));
}

TEST_F(FilePlaces, OfAStoreAreFoundFromAnyWorkingFolder) {
    folder_.write("elsewhere/p.npy", numbers(0));
    ASSERT_EQ(run_in("elsewhere").exit, 0);

    const auto replay = basin({"verify", store(), "--replay", "2"});
    EXPECT_EQ(replay.exit, 0) << replay.err;
    EXPECT_EQ(basin({"separability", store()}).exit, 0);
    ASSERT_EQ(basin({"report", "sweep", store()}, "configs").exit, 0);
    EXPECT_EQ(page("report.html").find("cannot be shown"), std::string::npos);

    const auto list = nlohmann::json::parse(basin({"show", store(), "--json"}).out);
    const std::string key = list["points"][0]["key"];
    EXPECT_EQ(basin({"show", store(), key, "--clusters"}).exit, 0);
    folder_.write("configs/point.toml", basin({"show", store(), key, "--config"}).out);
    const auto alone = basin({"run", "configs/point.toml", "--store", store(), "--json"});
    ASSERT_EQ(alone.exit, 0) << alone.err;
    EXPECT_EQ(nlohmann::json::parse(alone.out)["computed"], 0) << "the point has its key";
}

TEST_F(FilePlaces, AreTriedInTurnIfTheFileWasMovedWithItsConfig) {
    folder_.write("configs/p.npy", numbers(0));
    ASSERT_EQ(run_in("configs", "c.toml").exit, 0);
    std::filesystem::rename(folder_ / "configs/p.npy", folder_ / "elsewhere/p.npy");

    EXPECT_EQ(basin({"verify", store(), "--replay", "1"}, "elsewhere").exit, 0);
    const auto lost = basin({"verify", store(), "--replay", "1"}, "configs");
    EXPECT_EQ(lost.exit, 2) << "there are points, but nothing to compute them again from";
    EXPECT_NE(lost.err.find("p.npy\": no such file"), std::string::npos) << lost.err;
    EXPECT_NE(lost.err.find("in the working folder"), std::string::npos) << lost.err;
}

TEST_F(FilePlaces, AreNotLookedAtByWhatOnlyReadsNumbers) {
    folder_.write("configs/p.npy", numbers(0));
    ASSERT_EQ(run_in("configs", "c.toml").exit, 0);
    std::filesystem::remove(folder_ / "configs/p.npy");

    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"status", "s"},
             {"status", "s", "--json"},
             {"show", "s"},
             {"export", "s", "--format", "csv"},
             {"export", "s", "--format", "npy", "--out", "arrays"},
             {"verify", "s"},
             {"merge", "union", "s"},
             {"diff", "s", "s"},
             {"report", "sweep", "s"},
             {"plan", "configs/c.toml", "--store", "s"}}) {
        const auto result = basin(command);
        EXPECT_EQ(result.exit, 0) << command[0] << ": " << result.err;
    }
    const auto list = nlohmann::json::parse(basin({"show", "s", "--json"}).out);
    const std::string key = list["points"][0]["key"];
    EXPECT_EQ(basin({"show", "s", key}).exit, 0);
    EXPECT_EQ(basin({"show", "s", key, "--config"}).exit, 0);

    ASSERT_EQ(basin({"report", "sweep", "s"}).exit, 0);
    const std::string said = page("report.html");
    EXPECT_NE(said.find("The images cannot be shown"), std::string::npos);
    EXPECT_NE(said.find("no such file"), std::string::npos);
}

TEST_F(FilePlaces, AreNeededWhereSomethingIsMissing) {
    folder_.write("configs/p.npy", numbers(0));
    ASSERT_EQ(run_in("configs", "c.toml").exit, 0);
    std::filesystem::remove(folder_ / "configs/p.npy");

    const auto nothing = basin({"run", "configs/c.toml", "--store", "s"});
    EXPECT_EQ(nothing.exit, 0) << nothing.err;
    EXPECT_NE(nothing.out.find("nothing to do"), std::string::npos) << nothing.out;
    EXPECT_NE(nothing.out.find("p.npy is not there"), std::string::npos) << nothing.out;
    const auto more = basin({"run", "configs/c.toml", "--store", "s", "--set", "replicates=2"});
    EXPECT_EQ(more.exit, 2) << more.out;
    EXPECT_NE(more.err.find("p.npy\": no such file"), std::string::npos) << more.err;
    const auto other = basin({"run", "configs/c.toml", "--store", "s", "--set", "path=\"q.npy\""});
    EXPECT_EQ(other.exit, 2) << "a file that the store does not know";

    // What is left is told from what the store knows of the file.
    const auto plan =
        basin({"plan", "configs/c.toml", "--store", "s", "--set", "replicates=2", "--json"});
    ASSERT_EQ(plan.exit, 0) << plan.err;
    EXPECT_EQ(nlohmann::json::parse(plan.out)["missing"], 2);
}

TEST_F(FilePlaces, OfAPresetIsTheWorkingFolder) {
    folder_.write("elsewhere/p.npy", numbers(0));
    const std::vector<std::string> preset{"plan",  "smoke",          "--set", "source=npy",
                                          "--set", "path=\"p.npy\"", "--set", "dimension=0",
                                          "--set", "pattern_count=2"};
    const auto found = basin(preset, "elsewhere");
    EXPECT_EQ(found.exit, 0) << found.err;
    const auto lost = basin(preset);
    EXPECT_EQ(lost.exit, 2);
    EXPECT_NE(lost.err.find("no such file in the working folder"), std::string::npos) << lost.err;
}

} // namespace
} // namespace basin
