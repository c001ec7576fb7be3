#pragma once

#include "harness/run/failures.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <functional>

namespace basin {

/// What a plan has and what of it is missing in a store.
struct Coverage {
    std::uint64_t planned = 0; ///< distinct cells
    StatusCounts points;       ///< of them, by status; not_run: they are missing
    std::uint64_t done() const { return points[Status::done]; }
    std::uint64_t failed() const { return points.failures(); }
    std::uint64_t missing() const { return points[Status::not_run]; }
};

using UseMissing = std::function<void(std::uint64_t job, std::uint64_t cell)>;

/// Counts by one pass over the plan's points, and calls `use` for each that is missing, job by job.
/// What `retry` names is missing, too. A cell that several blocks name counts
/// once. Memory: one bit per cell of the cube.
Coverage coverage(
    const Plan& plan, const Applicability& applicability, const Inventory& inventory,
    const Retry& retry = {}, const UseMissing& use = [](std::uint64_t, std::uint64_t) {});

} // namespace basin
