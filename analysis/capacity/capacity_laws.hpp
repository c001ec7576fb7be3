#pragma once
// How the critical pattern count grows with the dimension: curves that differ in `dimension` alone
// make a power law K_c ~ a N^b.

#include "analysis/capacity/capacity_theory.hpp"
#include "analysis/capacity/power_law.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// One searched curve: its coordinates (at any pattern count), what was found, and what theory
/// says.
struct FoundCapacity {
    Coordinates coordinates;
    Crossing crossing;
    std::optional<CapacityTheory> theory{};
};

struct CapacityLaw {
    std::vector<std::size_t> curves; ///< indices, by dimension; at least two of them differ in it
    PowerLaw law;                    ///< its points are those curves
    /// b of large N: n - 1, or 1 for quadratic networks; nothing where theory is silent.
    std::optional<double> theory_exponent;
    /// b of the theory of the curves' own N (CapacityTheory::best), fitted with the same weights.
    std::optional<double> theory_exponent_here;
};

/// One law for every group of curves that agree in all but dimension (and pattern count) and have
/// two dimensions or more; in the order of their first curve. Curves of dimension 0, which is that
/// of a file, are left out. `confidence` is that of the crossings' intervals.
std::vector<CapacityLaw> capacity_laws(std::span<const FoundCapacity> found, double confidence);

} // namespace basin
