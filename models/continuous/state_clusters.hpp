#pragma once
// Which final states are the same one.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

using RealState = std::vector<double>;

struct StateClusters {
    std::vector<std::uint32_t> cluster_of; ///< [state]
    std::vector<std::uint32_t> firsts;     ///< [cluster] the state that stands for it
    std::vector<std::uint32_t> sizes;      ///< [cluster]
};

/// States within `radius` of one that stands for a cluster are in it: the first such one along a
/// fixed direction, so that only neighbours are compared.
/// A state of NaN is a cluster by itself.
StateClusters cluster(std::span<const RealState* const> states, double radius);

double distance(std::span<const double> a, std::span<const double> b);

} // namespace basin
