#pragma once
// A sweep of many small batches, and what a store of it holds.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

/// 360 points a replicate, 18 in a batch.
inline const std::string load_sweep = R"(
[sweep]
name = "load"
seed = 7
[patterns]
dimension = 200
pattern_count = [20, 40, 60, 80, 100, 120, 140, 160, 180, 200]
[cue]
cue_level = [0.1, 0.3]
[model]
formulation = ["original", "normalized", "classical"]
interaction_vertex = [2, 3, 25]
beta = [0.5, 2.0]
)";

inline std::vector<std::string> run_arguments(const std::string& config,
                                              const std::filesystem::path& store, int replicates) {
    return {"run",       config, "--store", store.string(),
            "--threads", "2",    "--set",   "replicates=" + std::to_string(replicates),
            "--quiet"};
}

using PointKey = std::pair<std::uint64_t, std::uint64_t>;
using OutcomeBits = std::vector<std::uint64_t>; ///< status, flags, values

struct Kept {
    std::map<PointKey, OutcomeBits> points;
    std::uint64_t records = 0;   ///< whole ones, in all journals
    std::uint64_t differing = 0; ///< records of a point that has another outcome already
    std::uint64_t twice() const { return records - points.size(); }
};

inline Kept kept_in(const std::filesystem::path& store) {
    Kept kept;
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(store / "journals", none)) {
        if (file.path().extension() != ".journal") continue;
        scan_journal(file.path(), [&](const Record& record, std::uint64_t) {
            OutcomeBits bits{static_cast<std::uint64_t>(record.outcome.status),
                             record.outcome.flags};
            for (const double value : record.outcome.values)
                bits.push_back(std::bit_cast<std::uint64_t>(value));
            ++kept.records;
            const auto [place, fresh] =
                kept.points.try_emplace({record.key.high, record.key.low}, bits);
            if (!fresh && place->second != bits) ++kept.differing;
        });
    }
    return kept;
}

/// Points of `before` that `after` lacks or has with other bits.
inline std::uint64_t lost(const Kept& before, const Kept& after) {
    return static_cast<std::uint64_t>(std::ranges::count_if(before.points, [&](const auto& point) {
        const auto found = after.points.find(point.first);
        return found == after.points.end() || found->second != point.second;
    }));
}

inline std::string results_of(const std::filesystem::path& store) {
    return read_file(store / "results.h5");
}

/// Bytes of all journals of a store.
inline std::uintmax_t journal_bytes(const std::filesystem::path& store) {
    std::uintmax_t bytes = 0;
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(store / "journals", none))
        bytes += file.file_size(none);
    return bytes;
}

/// A config of the load, and a store of it that nothing disturbed.
class UnderLoad : public testing::Test {
protected:
    void undisturbed(int replicates) {
        const auto result = run(folder_ / "undisturbed", replicates);
        ASSERT_EQ(result.exit, 0) << result.err;
        expected_ = results_of(folder_ / "undisturbed");
        ASSERT_FALSE(expected_.empty());
    }
    ProgramResult run(const std::filesystem::path& store, int replicates) const {
        return run_program(run_arguments(config_, store, replicates));
    }
    /// The same command goes on, keeps what was kept, and ends as if nothing had been.
    void expect_goes_on(const std::filesystem::path& store, int replicates,
                        const Kept& before = {}) const {
        const auto result = run(store, replicates);
        EXPECT_EQ(result.exit, 0) << result.err;
        EXPECT_EQ(lost(before, kept_in(store)), 0U);
        EXPECT_TRUE(results_of(store) == expected_);
    }

    TempFolder folder_;
    std::string config_ = folder_.write("load.toml", load_sweep);
    std::string expected_;
};

} // namespace basin::tests
