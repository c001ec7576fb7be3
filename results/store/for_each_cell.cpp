#include "results/store/for_each_cell.hpp"

#include "models/base/stop_request.hpp"
#include "results/store/needed_replicates.hpp"
#include "results/store/record_reader.hpp"
#include "sweeps/plan/applicability.hpp"

#include <vector>

namespace basin {

void walk_cells(const Plan& plan, const Inventory& inventory, const UseCell& use) {
    std::vector<bool> planned(plan.cell_count());
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            planned[cell] = true;
            return true;
        });
    const Applicability applicability(plan);
    RecordReader reader(inventory);
    auto place = inventory.places.begin();
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
        heed_stop();
        if (place != inventory.places.end() && place->cell == cell) {
            const Record record = reader.read(*place++);
            use(cell, record.outcome.status, &record.outcome);
        } else if (!planned[cell]) {
            use(cell, Status::not_planned, nullptr);
        } else {
            use(cell, status_without_record(cell, plan, inventory, applicability), nullptr);
        }
    }
}

} // namespace basin
