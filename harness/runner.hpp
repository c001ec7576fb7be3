#pragma once
// The loop over scenes: OpenMP threads, one journal.

#include "harness/banks.hpp"
#include "harness/progress.hpp"
#include "results/store.hpp"
#include "sweeps/applicability.hpp"
#include "sweeps/plan.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// What a plan has and what of it is missing in a store.
struct Coverage {
    std::uint64_t planned = 0;        ///< distinct cells
    std::uint64_t not_applicable = 0; ///< of them
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    std::uint64_t missing() const { return planned - not_applicable - done - failed; }
};

/// Counts by one pass over the plan's points. A cell that several blocks name counts once.
/// Memory: one bit per cell of the cube.
Coverage coverage(const Plan& plan, const Applicability& applicability, const Inventory& inventory);

struct RunSummary {
    std::uint64_t computed = 0;
    std::uint64_t failed = 0;
    bool stopped = false;                    ///< `stop` was set before everything was done
    std::vector<std::string> first_failures; ///< messages, three at most
};

/// Computes every applicable cell of the plan that the inventory lacks and appends it to the
/// journal. Results do not depend on `threads`. A point that throws becomes status failed with its
/// message. Throws StoreError if the journal cannot be written; what was appended is kept.
RunSummary run_missing(const Plan& plan, const Applicability& applicability,
                       const Inventory& inventory, const Banks& banks, Journal& journal,
                       int threads, Progress& progress, const std::atomic<bool>& stop);

} // namespace basin
