#pragma once
// The sizes of weights of some of the queries that lie side by side.

#include "models/continuous/effective_number.hpp"
#include "models/continuous/separations.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// The TieRule of some lanes.
struct LaneTies {
    double share = 0.0;
    std::span<const std::int32_t> targets; ///< one a lane

    TieRule of(std::size_t lane) const { return {share, targets[lane]}; }
};

/// Of stable softmax weights, from the similarities that separate() or an update made them of;
/// `made`, [Q], is what it said. Undefined weights give sizes without a meaning.
template <class T>
std::vector<WeightSizes> sizes_of_softmax(const SeparationRule& rule, const Block<T>& scores,
                                          const Extremes<T>& extremes,
                                          std::span<const Separated> made,
                                          std::span<const std::size_t> lanes, const LaneTies& ties);

/// Of [K][Q] weights, one by one.
template <class T>
std::vector<WeightSizes> sizes_of_lanes(const Block<T>& weights, std::span<const Separated> made,
                                        std::span<const std::size_t> lanes, const LaneTies& ties);

} // namespace basin
