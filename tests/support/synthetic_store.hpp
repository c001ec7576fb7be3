#pragma once
// A store with records that no recall made: each value says where it belongs.

#include "models/metrics/metrics.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "support/plan_points.hpp"

namespace basin {

using tests::plan_of;

/// Cells of a plan in the order of its jobs.
inline std::vector<std::uint64_t> planned_cells_of(const Plan& plan) {
    std::vector<std::uint64_t> cells;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            cells.push_back(cell);
            return true;
        });
    return cells;
}

/// What metric `metric` of a cell is in these stores: exact in doubles, different everywhere.
inline double synthetic_value(std::uint64_t cell, std::size_t metric) {
    return static_cast<double>(cell) + static_cast<double>(metric) / 64.0;
}

inline Record synthetic_record(const Plan& plan, std::uint64_t cell) {
    Record record{plan.point_key(cell), cell, {Status::done, 0, {}, ""}, 0.25};
    for (std::size_t metric = 0; metric < metrics().size(); ++metric)
        record.outcome.values.push_back(synthetic_value(cell, metric));
    return record;
}

/// A record of a cell that came to no result.
inline Record failed_record(const Plan& plan, std::uint64_t cell) {
    Record record = synthetic_record(plan, cell);
    record.outcome.status = Status::failed;
    record.outcome.message = "synthetic failure";
    record.outcome.values.assign(metrics().size(), std::numeric_limits<double>::quiet_NaN());
    return record;
}

/// Appends the records of the cells to one new journal.
inline void
add_journal(const Store& store, const Plan& plan, const std::vector<std::uint64_t>& cells,
            const std::function<Record(const Plan&, std::uint64_t)>& record = synthetic_record) {
    Journal journal = store.new_journal(plan);
    std::vector<Record> records;
    for (const std::uint64_t cell : cells)
        records.push_back(record(plan, cell));
    journal.append(records);
}

} // namespace basin
