#pragma once
// Where two values of a parameter disagree most, and how to see it again.

#include "analysis/cells/rerun.hpp"
#include "analysis/page/table.hpp"
#include "analysis/stability/duels.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace basin {

/// A cell that a duel's values do not share the outcome of.
struct Disagreement {
    std::size_t duel = 0; ///< index among the duels
    DuelCell cell;
    double mean_a = 0.0; ///< over replicates
    double mean_b = 0.0;
    DifferenceTest test;
    std::vector<std::string> commands; ///< rerun.hpp
};

/// Most that a duel is asked for.
inline constexpr std::size_t usual_disagreements = 5;

/// Of every duel the cells won or lost whose means differ most: by size of the difference, then by
/// place. Duels in order. `sources` by value of the axis "store"; none given:
/// the cells' own provenance.
std::vector<Disagreement> disagreements(const Cells& cells, const std::vector<Duel>& duels,
                                        RunSources sources = {},
                                        std::size_t most = usual_disagreements);

/// A row a disagreement: every varying parameter ("dot → cosine" of the duel's), metric, both
/// means, difference with its interval, effect size, adjusted p, the command (two are joined by
/// &&).
Table disagreement_table(const Cells& cells, const std::vector<Duel>& duels,
                         const std::vector<Disagreement>& disagreements);

} // namespace basin
