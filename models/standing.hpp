#pragma once
// What a whole state says about the decisions of a number format: mostly that all of them are the
// exact ones, so that nothing has to be computed twice.

#include "models/decision_table.hpp"
#include "models/direct_decision.hpp"
#include "models/exact_field.hpp"
#include "models/key.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace basin {

/// How far a table is from a multiple of the exact one, step by step. In every list steps 0 and
/// N + 1 repeat 1 and N: a memory that matches in no unit, or in all, can use one step only.
struct Closeness {
    ScaledNumber factor; ///< step is about factor * exact step; > 0
    /// [N + 2] step / (factor * exact step), about 1; 1 where both are 0.
    std::vector<double> ratios;
    std::vector<double> sizes;        ///< [N + 2] |step|; 0 if it is not finite
    std::vector<std::uint16_t> marks; ///< [N + 2] flags of the step, and the marks below

    /// No step raises a flag or is absorbed beside any other: every state is alike, and no ratio
    /// is off another one by more than `spread`.
    bool calm = false;
    double spread = 0.0;
    double largest = 0.0; ///< of sizes

    /// Tables of one exact model that have the same raise the same flags in every state whose
    /// decisions are finite and not 0. Nothing if the table's magnitudes are not in the order of
    /// the exact ones, or some are not finite.
    std::optional<Key> shape;
    // The table's floor and ceiling where its factor is 1 and the exact dominance has its scale.
    double floor = 0.0;
    double ceiling = 0.0;
};

/// Marks of steps, beside all flags.
namespace mark {
inline constexpr unsigned incomparable = 0x8000; ///< the ratio is infinite or unknown
inline constexpr unsigned nan = 0x4000;          ///< the step is NaN
inline constexpr unsigned any = incomparable | nan;
} // namespace mark

/// Both tables come from one setting: [N + 2] steps each.
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
    std::array<double, 2> margin{};  ///< [side of the field] at its scale, beyond its error
    std::array<Flags, 2> flags{};    ///< [side] of every decision, unless open
    std::array<double, 2> largest{}; ///< [side] every finite decision has a term at least as large
    std::vector<Doubt> doubts{};     ///< of like_exact: resolve() asks them, unit by unit
};

/// Fills `standing` for the table whose closeness is `close`. `field` is refreshed to the state of
/// `overlaps`. Whether it holds as long as the field's bounds do, not in this state alone.
bool stand(const DecisionTable& table, const Closeness& close, const Overlaps& overlaps,
           const ExactField& field, Standing& standing);

/// One decision of a table that stands like_exact: all its flags, and its value if that is not
/// finite; else the value is 0 and means nothing.
Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit, std::size_t side);

} // namespace basin
