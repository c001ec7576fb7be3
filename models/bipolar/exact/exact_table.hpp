#pragma once
// The exact network's unit decision as a table over match counts, for any vertex.

#include "models/arithmetic/scaled_number.hpp"
#include "models/bipolar/exact/energy_table.hpp"
#include "models/bipolar/exact/exact_values.hpp"
#include "models/bipolar/exact/step_bounds.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// A decision is a sum of steps. `m` units of memory and state agree; if unit i is one of them, the
/// memory says step[m] for keeping the unit's state, else -step[m + 1]:
///   contrastive  step[k] = V(node k) - V(node k - 1), as h_on and h_off are neighbouring nodes
///   gradient     step[k] = V'(node k - 1)
/// Steps 1 ... N occur; 0 and N + 1 are 0 and stand for no memory.
struct ExactTable {
    ExactValues values;
    std::vector<ScaledNumber> steps;    ///< [N + 2], to a relative error below `error`
    Dominance dominance;                ///< of the steps, where the largest is near 1
    std::vector<std::uint32_t> by_size; ///< [N] steps 1 ... N, the smallest magnitude first
    double error = 0.0;                 ///< 0 if all steps are integers below 2^53, else 2^-52
    EnergyTable energy;
    /// Whether exact decisions of one unit at a time never raise the energy: the contrastive rule,
    /// which is its difference, and the classical network (Krotov & Hopfield 2016, eq. 4).
    bool descends = false;

    /// -1, 0 or +1: the true sign of the sum of counts[k] * step[k], counts: [N + 2]. Throws as
    /// ExactValues::sign() does.
    int sign(const std::vector<std::int64_t>& counts) const;
};

/// The table of a model, N + 2 steps. dimension N >= 1. Source of the decision: Krotov & Hopfield
/// 2016, eq. 4 (contrastive) and eq. 10 (gradient); McAlister et al. 2024 where the gain is inside.
ExactTable make_exact_table(const ExactModel& model, std::uint32_t dimension);

} // namespace basin
