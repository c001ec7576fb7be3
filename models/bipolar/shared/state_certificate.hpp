#pragma once
// What a whole state says about the decisions of a number format: mostly that all of them are the
// exact ones, so that nothing has to be computed twice.

#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/exact/local_field.hpp"
#include "models/bipolar/shared/direct_decision.hpp"
#include "models/bipolar/shared/equivalence_classes.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace basin {

/// A memory of which it depends on the unit what it raises, or whether it stays finite.
struct Doubt {
    std::uint32_t memory;
    std::uint32_t matches;
};

/// A bundle's tables in one state.
struct Standing {
    enum class Kind : std::uint8_t {
        like_exact, ///< a finite decision has the exact one's sign if that is clear by `margin`
        nan,        ///< every decision is NaN
        zero,       ///< every decision is 0
        open,       ///< each decision has to be asked for
    };
    Kind kind = Kind::open;
    std::array<double, 2> margin{};  ///< [side of the field] at its scale, beyond its error
    std::array<Flags, 2> flags{};    ///< [side] of every decision, unless open
    std::array<double, 2> largest{}; ///< [side] every finite decision has a term at least as large
    // Of like_exact, if some decisions raise more than `flags`: resolve() asks, unit by unit.
    std::vector<Doubt> doubts{};     ///< the memories to ask, or the first of each flag
    std::vector<Flags> doubtful{};   ///< [N + 1] what memories with so many matches may raise
    Flags unlisted = 0;              ///< flags of which some memories are not listed
    std::array<Flags, 2> possible{}; ///< [side] all flags that some decision may raise
    bool all_finite = true;          ///< no doubt is about a step that is not finite
};

/// Fills `standing` with what holds for all members of a bundle. `field` is refreshed to the state
/// of `overlaps`. Whether it holds as long as the field's bounds do, not in this state alone; of
/// tables that are not calm then in those states where every decision raises all its flags.
bool stand(const Bundle& bundle, const Overlaps& overlaps, const ExactField& field,
           Standing& standing);

/// One decision of a table that stands like_exact: all its flags, and its value if that is not
/// finite; else the value is 0 and means nothing.
Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit, std::size_t side);

} // namespace basin
