#pragma once
// Searches by the real program, in a folder of their own.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

using nlohmann::json;

inline const std::string two_curves = R"(
[sweep]
name = "cap"
seed = 3
[patterns]
dimension = 60
[cue]
cue_level = 0.1
probe_count = 20
[model]
interaction_vertex = 2
formulation = ["normalized", "classical"]
)";

class Capacity : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string table(const std::string& store) const {
        return read_file(folder_ / store / "capacity.csv");
    }
    std::string config(const std::string& keys, const std::string& sweep = two_curves) {
        return folder_.write("cap.toml", sweep + "[capacity]\n" + keys);
    }
    ProgramResult capacity(const std::string& file, const std::string& store,
                           std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"capacity", file, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    }
    json found(const std::string& file, const std::string& store,
               std::vector<std::string> more = {}) const {
        const ProgramResult result = capacity(file, store, std::move(more));
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }

    TempFolder folder_;
};

inline const std::string half_recalled = R"(
criterion = "exact_recall >= 0.5"
minimum = 4
maximum = 100
relative_width = 0.1
)";

} // namespace basin::tests
