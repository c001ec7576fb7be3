#pragma once
// Tics of printed axes. For print sources only.

#include "analysis/print/print_view.hpp"

#include <string>
#include <vector>

namespace basin {

struct PrintTics {
    std::string command; ///< what follows "set xtics": places and labels
    std::string bare;    ///< the same without labels
    double widest = 0.0; ///< label, in mm
    bool turned = false; ///< labels stand at an angle, to have room
};

/// Tics of an axis that is `length` mm long, with labels that do not overlap. `across`: labels
/// stand side by side.
PrintTics print_tics(const ChartAxis& axis, const PrintRange& range, double length, bool across);

} // namespace basin
