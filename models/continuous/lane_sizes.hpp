#pragma once

#include "models/continuous/separations.hpp"
#include "models/continuous/weight_sizes.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace basin {

/// The sizes of the weights in these lanes of [K][Q] weights; `made`, [Q], is what separate() said
/// of them. Undefined weights give sizes without a meaning.
template <class T>
std::vector<WeightSizes> sizes_of_lanes(const Block<T>& weights, std::span<const Separated> made,
                                        std::span<const std::size_t> lanes);

} // namespace basin
