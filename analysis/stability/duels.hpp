#pragma once
// Duels: two values of one parameter against each other, everything else equal, cell by cell and
// over all. Which similarity recalls better, in how many cells, and by how much.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/difference_test.hpp"
#include "analysis/cells/joined_cells.hpp"
#include "models/metrics/metrics.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// What duels are judged by, unless told otherwise. read_cells must be asked for the replicates.
inline constexpr std::array<std::string_view, 2> duel_metrics{"recall_error", "exact_recall"};

/// Parameters whose values meet in duels, in the order in which they are told of.
inline constexpr std::array<std::string_view, 6> duel_axes{
    store_axis, "formulation", "interaction", "similarity", "separation", "precision"};

/// The false discovery rate at which a cell counts as won or lost, and a pair as different.
inline constexpr double discovery_rate = 0.05;

enum class DuelVerdict : std::uint8_t { tie, win, loss };

/// Two cells that are equal but for the duel's axis, both done.
struct DuelCell {
    std::uint32_t row_a = 0; ///< of Cells
    std::uint32_t row_b = 0;
    double difference = 0.0;                ///< mean over replicates, b - a
    double p_value = 0.0;                   ///< NaN with fewer than two replicates
    double adjusted_p = 0.0;                ///< over the cells of this duel; NaN as p_value
    DuelVerdict verdict = DuelVerdict::tie; ///< of b
};

/// Value b of an axis against value a in one metric.
struct Duel {
    std::size_t axis = 0; ///< of Cells
    std::size_t a = 0;    ///< value index, less than b
    std::size_t b = 0;
    std::string metric;
    Better better = Better::lower; ///< lower or higher (models/metrics/metrics.hpp)
    bool paired = true;            ///< replicates of a and b share their scenes
    /// Cells in which both have values of replicates to compare; by place of the a cell.
    std::vector<DuelCell> cells;
    /// Of the means over the common cells, one a replicate: cells of a replicate share scenes, so
    /// replicates are the only independent repetitions. b - a.
    DifferenceTest overall;
    double adjusted_p = 0.0; ///< of `overall`, over all duels in this metric
    std::size_t wins = 0;    ///< cells in which b is better at discovery_rate
    std::size_t ties = 0;    ///< not told apart
    std::size_t losses = 0;
    /// Of the wins and losses, those whose differences are all equal: nothing varies, so that the
    /// test takes them for certain (p = 0, difference_test.hpp). With few replicates that may be
    /// luck.
    std::size_t without_spread = 0;
};

/// Every pair of values of every axis among duel_axes, in every metric of `names` that the cells
/// have the replicates of and of which one end is the better one (Metric::better): by axis, a, b,
/// metric. Pairs without a common cell are left out. A cell
/// that is not done (CellState) takes no part.
///
/// In a cell, replicates are tested pair by pair (paired_test); where `stores_share_seeds` is
/// false, those of two stores as independent samples (welch_test). p-values are adjusted for the
/// false discovery rate over all cells of a duel; those of `overall` over all duels in its metric
/// (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57:289). Effect sizes: Cohen's d_z of pairs, d
/// of independent samples (Cohen 1988, Statistical Power Analysis, 2.2 and 2.3.5). Throws
/// std::out_of_range for a name that is no metric.
std::vector<Duel> duels(const Cells& cells, bool stores_share_seeds = true,
                        std::span<const std::string_view> names = duel_metrics);

/// The test of one cell in full.
DifferenceTest cell_test(const Cells& cells, const Duel& duel, const DuelCell& cell);

/// Axes on which some duel is fought, in the order of the duels.
std::vector<std::size_t> duelled_axes(const std::vector<Duel>& duels);

} // namespace basin
