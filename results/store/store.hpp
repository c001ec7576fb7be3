#pragma once
// A store is a folder:
//   store.json         sweep name, seed, kernel version, schema version: whom it belongs to; and
//                      which files were read, with digests of their content
//   journals/*.journal what was computed (results/journal/journal.hpp), the only truth
//   results.h5         the labelled cube made from them, replaced whole by rename
//   timing.h5          seconds per cell, same axes
//   sessions.jsonl     one line a run: host, CPU, threads, command, start, end, exit (appended)

#include "results/journal/journal.hpp"
#include "results/store/metric_map.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace basin {

/// Where the record of a cell lies.
struct RecordPlace {
    std::uint64_t cell = 0;
    std::uint64_t offset = 0;
    std::uint32_t journal = 0; ///< index in Inventory::journals
    Status status = Status::not_run;
    bool lacking = false; ///< done by a program that did not have all the metrics of this one
};
static_assert(sizeof(RecordPlace) == 24, "there may be many millions");

/// A metric that some results lack: they were computed before it existed.
struct LackingMetric {
    std::size_t metric = 0; ///< index in metrics()
    std::uint64_t records = 0;
};

/// What a store holds of a plan.
struct Inventory {
    std::vector<std::filesystem::path> journals; ///< sorted by name
    std::vector<MetricMap> metric_maps;          ///< [journal]
    std::vector<RecordPlace> places;             ///< sorted by cell, one per cell
    std::vector<std::uint32_t> needed;           ///< results/store/needed_replicates.hpp
    std::vector<LackingMetric> lacking;          ///< by metric; counts the places that are `done`
    std::uint64_t elsewhere = 0; ///< records of points that this plan does not ask for
    std::uint64_t damaged_bytes = 0;
};

class Store {
public:
    /// Opens the folder for this plan, creating it if it is not there. Of several processes that
    /// create it at once, one decides whose it is. One without a store.json is that of its
    /// journals. What the plan knows of its files is kept, beside what the store had of others.
    /// Throws StoreError: foreign (another sweep name, seed, kernel version or content of a file:
    /// the message says which and what to do), damaged (store.json unreadable; a folder, a FIFO, a
    /// device or a link that leads nowhere has the name of one of its files), io (cannot create or
    /// write).
    static Store open(const std::filesystem::path& folder, const Plan& plan);

    /// Opens a store that is there, without writing. Throws as open() does.
    static Store existing(const std::filesystem::path& folder, const Plan& plan);

    /// Reads the journals. Records of a plan with another digest are matched by point key, so a
    /// wider or narrower plan finds what was computed; of records whose points the plan leaves out
    /// only the number is told. Metrics are matched by name (MetricMap). Two results of one point
    /// with equal outcome fold; with different bits in metrics that both have they are
    /// StoreError(damaged) that names both places; the one that lacks fewer metrics stays. A result
    /// (done or not_applicable) replaces a failure. Replicates that the plan's stopping rule does
    /// not need are left out, so that what was computed under another rule does not show. Throws
    /// StoreError(foreign) for a journal of another sweep, seed or kernel version.
    Inventory inventory(const Plan& plan) const;

    Journal new_journal(const Plan& plan, const SyncPolicy& policy = {}) const;

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path results_file() const { return folder_ / "results.h5"; }
    std::filesystem::path timing_file() const { return folder_ / "timing.h5"; }
    std::filesystem::path sessions_file() const { return folder_ / "sessions.jsonl"; }

    /// Appends one line to sessions.jsonl.
    void add_session(const std::string& json_line) const;

private:
    explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}
    void require_regular_files() const; ///< throws StoreError(damaged)
    std::filesystem::path folder_;
};

/// The record at a place of the inventory, with one value for each of this program's metrics() (or
/// none, if it came to no result): NaN where it lacks one. Throws StoreError.
Record read_record(const Inventory& inventory, const RecordPlace& place);

/// What identifies a store, read without a plan (for `basin status DIR`, `basin report`).
struct StoreIdentity {
    std::string sweep_name;
    std::uint64_t seed = 0;
    std::uint32_t kernel_version = 0;
    std::string config_source; ///< path or preset of the last run
    std::string config_text;   ///< its text
    std::vector<std::string> overrides;
    std::string config_folder; ///< absolute path of the config's folder; "" for a preset
    FileTable files;           ///< all that were read, of whichever config
};

/// Throws StoreError(io) if there is no store, (damaged) if store.json cannot be read.
StoreIdentity read_identity(const std::filesystem::path& folder);

} // namespace basin
