#pragma once
// A number format's table beside the exact one.

#include "models/base/key.hpp"
#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/exact/exact_table.hpp"

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
    std::vector<double> deviations;   ///< [N + 2] |ratio - 1|
    std::vector<double> sizes;        ///< [N + 2] |step|; 0 if it is not finite
    std::vector<std::uint16_t> marks; ///< [N + 2] flags of the step, and the marks below

    /// No step raises a flag or is absorbed beside any other: every state is alike, and no ratio
    /// is off another one by more than `spread`.
    bool calm = false;
    double spread = 0.0;

    /// Tables of one exact model that have the same raise the same flags in every state in which
    /// all decisions are clear, and in every state in which all terms are 0. Nothing if the table's
    /// magnitudes are not in the order of the exact ones, or some are not finite.
    std::optional<Key> shape;
    ScaledNumber floor;   ///< the table's, as if the factor were 1
    ScaledNumber ceiling; ///< likewise
};

/// Marks of steps, beside all flags.
namespace mark {
inline constexpr unsigned incomparable = 0x8000; ///< the ratio is infinite or unknown
inline constexpr unsigned nan = 0x4000;          ///< the step is NaN
inline constexpr unsigned any = incomparable | nan;
} // namespace mark

/// Both tables come from one setting: [N + 2] steps each.
Closeness compare(const DecisionTable& table, const ExactTable& exact);

} // namespace basin
