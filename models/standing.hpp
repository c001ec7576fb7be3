#pragma once
// What a whole state says about the decisions of a number format: mostly that all of them are the
// exact ones, so that nothing has to be computed twice.

#include "models/decision_table.hpp"
#include "models/exact_field.hpp"

#include <vector>

namespace basin {

/// How far a table is from a multiple of the exact one.
struct Closeness {
    ScaledNumber factor;           ///< step is about factor * exact step; > 0
    std::vector<double> deviation; ///< [N + 2] |step / factor - exact| / |exact|; infinite or NaN
                                   ///< where nothing can be said
};

Closeness compare(const DecisionTable& table, const ExactTable& exact);

/// A table in one state.
struct Standing {
    enum class Kind : std::uint8_t {
        like_exact, ///< a decision has the exact one's sign if that is clear by more than `margin`
        nan,        ///< every decision is NaN
        zero,       ///< every decision is 0
        open,       ///< each decision has to be asked for
    };
    Kind kind = Kind::open;
    double margin = 0.0; ///< at the field's scale, beyond the field's error
    Flags flags = 0;     ///< of every decision, unless open
};

/// `field` is refreshed to the state of `overlaps`.
Standing stand(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
               const ExactField& field);

} // namespace basin
