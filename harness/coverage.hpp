#pragma once

#include "results/store.hpp"
#include "sweeps/applicability.hpp"
#include "sweeps/plan.hpp"

#include <cstdint>
#include <functional>

namespace basin {

/// What a plan has and what of it is missing in a store.
struct Coverage {
    std::uint64_t planned = 0;        ///< distinct cells
    std::uint64_t not_applicable = 0; ///< of them
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    std::uint64_t missing() const { return planned - not_applicable - done - failed; }
};

using UseMissing = std::function<void(std::uint64_t job, std::uint64_t cell)>;

/// Counts by one pass over the plan's points, and calls `use` for each that is missing, job by job.
/// A cell that several blocks name counts once. Memory: one bit per cell of the cube.
Coverage coverage(
    const Plan& plan, const Applicability& applicability, const Inventory& inventory,
    const UseMissing& use = [](std::uint64_t, std::uint64_t) {});

} // namespace basin
