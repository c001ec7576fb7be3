#pragma once
// A plan's cells in C order, with what the journals hold of them.

#include "results/store/store.hpp"

#include <cstdint>
#include <functional>

namespace basin {

/// `outcome` is nullptr where nothing was recorded; the status says why.
using UseCell = std::function<void(std::uint64_t cell, Status status, const Outcome* outcome)>;

/// Visits every cell of the cube, also those that the plan leaves out (not_planned). One record is
/// in memory at a time, and a bit for each cell. Throws StoreError as reading a record does.
void walk_cells(const Plan& plan, const Inventory& inventory, const UseCell& use);

} // namespace basin
