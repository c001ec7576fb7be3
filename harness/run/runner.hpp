#pragma once
// The loop over scenes: OpenMP threads, one journal.

#include "harness/process/progress.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/run_estimate.hpp"
#include "harness/run/supervisor.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/plan.hpp"

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// What is to be computed: every applicable cell of the plan that the inventory lacks.
struct Errand {
    const Plan& plan;
    const Applicability& applicability;
    const Inventory& inventory;
    const Banks& banks;
    const JobOrder& order;
    Retry retry{};                     ///< computed again
    std::optional<double> timeout_s{}; ///< seconds of computing that a point may take
    /// Failures after which no more points are begun.
    std::uint64_t most_failures = std::numeric_limits<std::uint64_t>::max();
};

struct RunSummary {
    static constexpr std::size_t most_shown = 3;

    std::uint64_t computed = 0;
    StatusCounts failures;
    bool stopped = false;                    ///< `stop` was set before everything was done
    bool too_many_failures = false;          ///< most_failures was reached
    std::vector<std::string> first_failures; ///< messages, most_shown at most
    double elapsed_s = 0.0;                  ///< in the loop
    double busy_share = 0.0;                 ///< of threads * elapsed_s
    double tail_s = 0.0; ///< from when each thread had nothing left to do to the end, added up
};

/// Where a run is kept track of.
struct Desk {
    Journal& journal;
    Flights& flights; ///< what is being computed is in it
    const Suspects& suspects;
    Progress& progress;
    const std::atomic<bool>& stop;
};

/// Computes what is missing and appends it to the journal. Results do not depend on `threads`. A
/// point that throws becomes status failed with its message, one that takes longer than the timeout
/// timed_out, one that brought down two processes crashed. Throws StoreError if the journal cannot
/// be written; what was appended is kept.
RunSummary run_missing(const Errand& errand, const Desk& desk, int threads);

} // namespace basin
