#pragma once
// Stores of a small sweep, made by the real program, and what may befall them.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

inline const std::string small_sweep = R"(
[sweep]
name = "small"
seed = 7
replicates = 3
[patterns]
dimension = 24
pattern_count = [3, 6]
[cue]
cue_level = 0.2
[model]
formulation = ["original", "normalized"]
interaction_vertex = [2, 3, 25]
)";
inline constexpr int small_points = 2 * 2 * 3 * 3;

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class SmallStores : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    /// Runs the small sweep, changed by `overrides`, into the store.
    ProgramResult run(const std::string& store, const std::vector<std::string>& overrides = {}) {
        std::vector<std::string> arguments{"run", config_, "--store", path(store), "--json"};
        for (const std::string& override_text : overrides)
            arguments.insert(arguments.end(), {"--set", override_text});
        ProgramResult result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result;
    }

    std::vector<std::filesystem::path> journals(const std::string& store) const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(path(store) + "/journals"))
            files.push_back(entry.path());
        return files;
    }

    std::string results(const std::string& store) const {
        return read_file(path(store) + "/results.h5");
    }

    /// Flips a bit in the middle of record number `number` of the store's one journal.
    void damage_record(const std::string& store, std::size_t number) const {
        const std::filesystem::path journal = journals(store).at(0);
        std::vector<std::uint64_t> offsets;
        visit_records(journal, [&](const RecordView&, std::uint64_t at) { offsets.push_back(at); });
        std::string bytes = read_file(journal);
        bytes.at(offsets.at(number) + 60) ^= 1;
        std::ofstream(journal, std::ios::binary) << bytes;
    }

    /// Writes the store's one journal anew, its records changed: as if by other code.
    void rewrite_journal(const std::string& store,
                         const std::function<void(Record&, std::size_t number)>& change) const {
        const std::filesystem::path journal = journals(store).at(0);
        std::vector<Record> records;
        const JournalScan scan = scan_journal(journal, [&](const Record& record, std::uint64_t) {
            records.push_back(record);
            change(records.back(), records.size() - 1);
        });
        std::filesystem::remove(journal);
        Journal(journal.parent_path(), scan.header).append(records);
    }

    TempFolder folder_;
    std::string config_ = folder_.write("small.toml", small_sweep);
};

} // namespace basin::tests
