#pragma once
// One run of a sweep on a store: from what is there to results.h5.

#include "harness/process/exit_codes.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/run_estimate.hpp"
#include "harness/run/runner.hpp"
#include "harness/run/supervisor.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>

namespace basin {

/// Told before each round what the store has, and what of that is computed again; raises
/// Inventory::needed to what it wants. The run goes on until nothing of that is missing. Memory is
/// then its concern, too.
using Search = std::function<void(Inventory&, const Retry&)>;

struct RunRequest {
    std::filesystem::path folder; ///< of the store; created if it is not there
    int threads = 1;
    std::size_t most_memory = std::numeric_limits<std::size_t>::max(); ///< bytes
    bool shows_progress = true;
    Retry retry{}; ///< computed again
    SyncPolicy sync;
    std::optional<double> timeout_s{}; ///< of a point, seconds of computing
    std::uint64_t most_failures = std::numeric_limits<std::uint64_t>::max();
    Search search{};   ///< of a plan with a capacity; else none
    bool only = false; ///< results.h5 shows this plan alone, whatever else the store has
};

/// What a run leaves behind in words and as a line of sessions.jsonl.
struct Session {
    std::string start; ///< UTC
    int threads = 1;
    Coverage before;
    RunSummary summary;
    std::uint64_t rounds = 0; ///< of sequential replicates; else 1, or 0 if nothing was missing
    std::vector<LackingMetric> lacking;
    std::vector<std::string> rounded;      ///< rounding_notes()
    std::vector<std::string> absent_files; ///< what they hold was not compared with the store
    std::uint64_t kept = 0;     ///< points that results.h5 shows besides those of this plan
    std::uint64_t left_out = 0; ///< records that results.h5 does not show, in the journals
    std::uint64_t left = 0;     ///< points that are missing at the end
    bool unwritten = false;     ///< a stop came before results.h5 was up to date
    double elapsed_s = 0.0;
    Exit exit = Exit::done;
};

/// Computes what is missing, writes results.h5 and timing.h5 if they are out of date, and adds a
/// line to sessions.jsonl. The results show what they showed before, too
/// (harness/run/kept_plan.hpp). Throws UsageError if that needs more memory than allowed,
/// ConfigError if points are missing and so are files, StoreError.
Session run_sweep(const LoadedSweep& sweep, const RunRequest& request, Flights& flights,
                  const Suspects& suspects);

/// Lines about what results.h5 shows besides the points of the run, and what it leaves out; "" if
/// there is neither.
std::string kept_text(const Session& session);

/// The line of sessions.jsonl.
nlohmann::json to_json(const Session& session);

} // namespace basin
