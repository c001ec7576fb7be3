#pragma once
// How many of the largest weights make up nine tenths, for some of the queries that lie side by
// side.

#include "models/continuous/block.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace basin {

struct LeadingMass {
    std::size_t lane = 0;
    double total = 0.0;        ///< of the column
    std::uint32_t k90 = 0;     ///< as k90_of()
    std::uint32_t support = 0; ///< those above support_threshold of the total
};

/// Fills in k90 and support. `shares`: [K][16], >= 0 and <= 1, weights before their division by the
/// total; no more columns than lanes. Takes time as K, however the weights are spread.
template <class T>
void find_leading_mass(const Block<T>& shares, std::span<LeadingMass> columns);

} // namespace basin
