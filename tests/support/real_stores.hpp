#pragma once
// Stores of a small sweep of real vectors, made by the real program, and tables of CSV.

#include "results/files/file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/small_stores.hpp"

namespace basin::tests {

using Row = std::map<std::string, std::string>;

inline std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    for (const char c : line)
        if (c == ',')
            fields.emplace_back();
        else
            fields.back() += c;
    return fields;
}

/// The rows of a CSV file without quoted fields, by column.
inline std::vector<Row> rows_of(const std::filesystem::path& file) {
    const std::vector<std::string> lines = lines_of(file);
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::vector<std::string> names = fields_of(lines[0]);
        const std::vector<std::string> fields = fields_of(lines[i]);
        EXPECT_EQ(names.size(), fields.size()) << lines[i];
        for (std::size_t f = 0; f < std::min(names.size(), fields.size()); ++f)
            rows.resize(i), rows.back()[names[f]] = fields[f];
    }
    return rows;
}

inline const std::string real_sweep = R"(
[sweep]
name = "real"
seed = 3
replicates = 2
[patterns]
source = "uniform"
dimension = 5
pattern_count = [4, 60]
[cue]
corruption = "gaussian"
cue_noise = [0.05, 0.2]
cue_bound = "clip"
probe_count = 20
[model]
formulation = "softmax"
similarity = ["negative_squared_euclidean", "dot", "inverse_manhattan"]
beta = [1.0, 10.0]
precision = ["float16", "float64"]
)";

/// Stores of the sweep of real vectors as well.
class RealStores : public SmallStores {
protected:
    /// A store of the sweep of real vectors, or of another text.
    void run_real(const std::string& store, const std::vector<std::string>& overrides = {},
                  const std::string& text = real_sweep, int exit = 0) {
        std::vector<std::string> arguments{"run", texts_.write("real.toml", text), "--store",
                                           path(store)};
        for (const std::string& each : overrides)
            arguments.insert(arguments.end(), {"--set", each});
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, exit) << result.err;
    }
    std::vector<Row> table(const std::string& store) const {
        return rows_of(path(store) + "/separability.csv");
    }
    std::string both_files(const std::string& folder) const {
        return read_file(path(folder) + "/separability.csv") +
               read_file(path(folder) + "/similarity_histogram.csv");
    }
    std::string page(const std::string& store) const {
        EXPECT_EQ(run_program({"report", "sweep", path(store)}).exit, 0);
        return read_file(path(store) + "/report.html");
    }

    TempFolder texts_;
};

} // namespace basin::tests
