#pragma once
// What a whole state says about the decisions of a number format: mostly that all of them are the
// exact ones, so that nothing has to be computed twice.

#include "models/decision_table.hpp"
#include "models/direct_decision.hpp"
#include "models/exact_field.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// How far a table is from a multiple of the exact one.
struct Closeness {
    ScaledNumber factor;        ///< step is about factor * exact step; > 0
    std::vector<double> ratios; ///< [N + 2] step / (factor * exact step): about 1, infinite or NaN
                                ///< where nothing can be said; 1 where both are 0
};

Closeness compare(const DecisionTable& table, const ExactTable& exact);

/// A memory of which it depends on the unit what it raises, or whether it stays finite.
struct Doubt {
    std::uint32_t memory;
    std::uint32_t matches;
};

/// A table in one state.
struct Standing {
    enum class Kind : std::uint8_t {
        like_exact, ///< a finite decision has the exact one's sign if that is clear by `margin`
        nan,        ///< every decision is NaN
        zero,       ///< every decision is 0
        open,       ///< each decision has to be asked for
    };
    Kind kind = Kind::open;
    double margin = 0.0;         ///< at the field's scale, beyond the field's error
    Flags flags = 0;             ///< of every decision, unless open
    double largest = 0.0;        ///< every finite decision has a term at least this large
    std::vector<Doubt> doubts{}; ///< of like_exact: resolve() asks them, unit by unit
};

/// Fills `standing`. `field` is refreshed to the state of `overlaps`.
void stand(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
           const ExactField& field, Standing& standing);

/// One decision of a table that stands like_exact: all its flags, and its value if that is not
/// finite; else the value is 0 and means nothing.
Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit);

} // namespace basin
