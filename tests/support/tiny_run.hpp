#pragma once
// Runs of a tiny sweep by the real program.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

inline const std::string tiny_sweep = R"(
[sweep]
name = "tiny"
seed = 7
replicates = 2
[patterns]
dimension = 24
pattern_count = [3, 6]
[cue]
cue_level = [0.1, 0.3]
[model]
formulation = ["original", "normalized", "classical"]
interaction_vertex = [2, 3, 25]
beta = [0.5, 2.0]
)";

class Run : public testing::Test {
protected:
    nlohmann::json run(const std::string& store, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"run", config_, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? nlohmann::json{} : nlohmann::json::parse(result.out);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string bytes(const std::string& store) const {
        return read_file(folder_ / store / "results.h5");
    }

    TempFolder folder_;
    std::string config_ = folder_.write("tiny.toml", tiny_sweep);
};

} // namespace basin::tests
