#include "harness/run/point_counts.hpp"

#include "harness/run/atomic_bitset.hpp"
#include "results/store/needed_replicates.hpp"

namespace basin {

Coverage coverage(const Plan& plan, const Applicability& applicability, const Inventory& inventory,
                  const Retry& retry, const UseMissing& use) {
    Coverage coverage;
    CellSet seen(plan.cell_count());
    for (const RecordPlace& place : inventory.places) {
        if (retry.has(place)) continue;
        seen.claim(place.cell);
        ++coverage.planned;
        ++coverage.points[place.status];
    }
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            if (!seen.claim(cell)) return true;
            ++coverage.planned;
            const Status status = status_without_record(cell, plan, inventory, applicability);
            ++coverage.points[status];
            if (status == Status::not_run) use(job, cell);
            return true;
        });
    return coverage;
}

} // namespace basin
