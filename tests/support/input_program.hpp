#pragma once
// Sweeps over files by the real program, and files to put in their place.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include "support/npy_bytes.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

/// Six patterns of eight numbers, in two versions that no binarisation makes equal.
inline std::string numbers(int version) {
    std::vector<std::vector<float>> rows(6, std::vector<float>(8));
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c)
            rows[r][c] = (r * 5 + c * 3 + r * c) % 7 < 3 ? 0.1F : 0.9F;
    if (version != 0) std::ranges::reverse(rows[1]);
    if (version != 0) rows[0][0] = 1.0F - rows[0][0];
    return npy_bytes(rows);
}

inline const std::string sweep_of_files = R"(
[sweep]
name = "files"
seed = 3
[patterns]
source = "npy"
path = "p.npy"
pattern_count = [2, 4]
[cue]
corruption = "flip"
[model]
formulation = "classical"
)";

/// Of a continuous network, whose final states, images and similarities are computed again.
inline const std::string continuous_sweep_of_files = R"(
[sweep]
name = "files"
seed = 3
[patterns]
source = "npy"
path = "p.npy"
binarize = "none"
pixel_range = "unit"
value_range = "0 to 1"
pattern_count = 4
[cue]
corruption = "gaussian"
[model]
formulation = "softmax"
similarity = "negative_squared_euclidean"
beta = [1.0, 100.0]
)";

class InputFilesRun : public testing::Test {
protected:
    /// Runs the program in a folder of the test's own.
    ProgramResult basin(const std::vector<std::string>& arguments,
                        const std::string& working_folder = ".") const {
        const std::filesystem::path folder = folder_.path() / working_folder;
        return RunningProgram(arguments, BASIN_PROGRAM,
                              [folder] {
                                  if (::chdir(folder.c_str()) != 0) ::_exit(126);
                              })
            .wait();
    }

    /// The summary of a run that ends well.
    nlohmann::json run(std::vector<std::string> more = {}, const std::string& store = "s") const {
        more.insert(more.begin(), {"run", "c.toml", "--store", store, "--json", "--threads", "1"});
        const ProgramResult result = basin(more);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.exit == 0 ? nlohmann::json::parse(result.out) : nlohmann::json{};
    }

    /// The command refuses (7) a file of another content, and names it.
    void expect_refusal(const std::vector<std::string>& arguments,
                        const std::string& name = "p.npy") const {
        const ProgramResult result = basin(arguments);
        EXPECT_EQ(result.exit, 7) << arguments[0] << ": " << result.out << result.err;
        for (const std::string& said : {name, std::string("holds something else"),
                                        std::string("restore the file"), std::string("--store")})
            EXPECT_NE(result.err.find(said), std::string::npos) << arguments[0] << result.err;
    }

    std::string page(const std::string& name) const { return read_file(folder_ / "s" / name); }

    TempFolder folder_;
};

} // namespace basin::tests
