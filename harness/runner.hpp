#pragma once
// The loop over scenes: OpenMP threads, one journal.

#include "harness/banks.hpp"
#include "harness/forecast.hpp"
#include "harness/progress.hpp"
#include "results/store.hpp"
#include "sweeps/applicability.hpp"
#include "sweeps/plan.hpp"

#include <atomic>
#include <cstdint>
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
};

struct RunSummary {
    std::uint64_t computed = 0;
    std::uint64_t failed = 0;
    bool stopped = false;                    ///< `stop` was set before everything was done
    std::vector<std::string> first_failures; ///< messages, three at most
    double elapsed_s = 0.0;                  ///< in the loop
    double busy_share = 0.0;                 ///< of threads * elapsed_s
    double tail_s = 0.0; ///< from when each thread had nothing left to do to the end, added up
};

/// Computes what is missing and appends it to the journal. Results do not depend on `threads`. A
/// point that throws becomes status failed with its message. Throws StoreError if the journal
/// cannot be written; what was appended is kept.
RunSummary run_missing(const Errand& errand, Journal& journal, int threads, Progress& progress,
                       const std::atomic<bool>& stop);

} // namespace basin
