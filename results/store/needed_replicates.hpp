#pragma once
// Which replicates a stopping rule or a capacity asks for, as far as the records of a store tell.

#include "results/store/store.hpp"
#include "sweeps/plan/applicability.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// [combination] replicates that are needed: those up to the first look that found the interval
/// narrow enough, or up to the next look. Empty without a rule: all. `inventory` has one place per
/// cell, sorted. A look needs a record of every replicate before it; failed ones do not count for
/// the interval. With a capacity: as many as there are, up to the last one; who
/// searches may raise that. Depends on records alone, not on their order. Throws StoreError.
std::vector<std::uint32_t> needed_replicates(const Plan& plan, const Inventory& inventory);

/// Whether the cell is one of the needed replicates.
bool is_needed(std::uint64_t cell, const Plan& plan, const Inventory& inventory);

/// What a planned cell is that has no record: not_applicable, not_needed or not_run.
Status status_without_record(std::uint64_t cell, const Plan& plan, const Inventory& inventory,
                             const Applicability& applicability);

} // namespace basin
