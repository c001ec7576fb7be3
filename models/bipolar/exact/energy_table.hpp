#pragma once
// The energy E = -sum_mu F(x(h_mu)) of a bipolar state (Krotov & Hopfield 2016, eq. 2), over match
// counts.

#include "models/bipolar/exact/exact_values.hpp"
#include "models/bipolar/overlaps.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

class EnergyTable {
public:
    /// Of the energy that decisions of the model lower one unit at a time: that of F, whichever
    /// rule the model decides by; -sum h^2 for the classical network. dimension N >= 1.
    EnergyTable(const ExactModel& model, std::uint32_t dimension);

    /// E of a state with these match counts, in units of the largest |F| that one memory can have:
    /// from -K to K. Rounded in double.
    double energy(std::span<const MatchCount> state) const;

    /// Whether E is larger after than before, for certain. Throws as ExactValues::sign() does.
    bool rises(std::span<const MatchCount> before, std::span<const MatchCount> after) const;

private:
    ExactValues values_;
    std::vector<double> levels_; ///< [N + 1] F by match count, the largest |F| being 1
};

} // namespace basin
