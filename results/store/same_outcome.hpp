#pragma once

#include "results/store/store.hpp"

#include <cstdint>

namespace basin {

/// Whether the outcomes of two records of one point are the same in bits, as far as their journals
/// (indices in the inventory) both have the metrics.
bool same_outcome(const Inventory& inventory, std::uint32_t journal_a, const Outcome& a,
                  std::uint32_t journal_b, const Outcome& b);

} // namespace basin
