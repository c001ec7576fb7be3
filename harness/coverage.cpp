#include "harness/coverage.hpp"

#include "harness/cell_set.hpp"

namespace basin {

Coverage coverage(const Plan& plan, const Applicability& applicability, const Inventory& inventory,
                  const UseMissing& use) {
    Coverage coverage;
    CellSet seen(plan.cell_count());
    for (const RecordPlace& place : inventory.places) {
        seen.claim(place.cell);
        ++(place.status == Status::done ? coverage.done : coverage.failed);
    }
    coverage.planned = inventory.places.size();
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            if (!seen.claim(cell)) return true;
            ++coverage.planned;
            if (applicability.applicable(cell))
                use(job, cell);
            else
                ++coverage.not_applicable;
            return true;
        });
    return coverage;
}

} // namespace basin
