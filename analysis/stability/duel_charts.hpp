#pragma once
// Duels as drawings.

#include "analysis/charts/chart.hpp"
#include "analysis/stability/duels.hpp"

#include <cstddef>
#include <vector>

namespace basin {

/// Forest plot: a line a comparison ("dot → cosine"), its difference with the 95 % interval along
/// x, a rule at no difference; metrics side by side.
Chart duel_chart(const Cells& cells, const std::vector<Duel>& duels);

/// Most tiles that all maps of a report have together.
inline constexpr std::size_t most_difference_tiles = 50'000;

/// A map an axis that some duel is fought on: where b differs from a in recall error. x and y are
/// two of interaction vertex, beta, pattern count and cue level that vary (or what else does, if
/// they do not); the reader chooses the comparison and all other parameters. Tiles where both
/// values are done, hatched where either overflowed. Of too many tiles every second value of the
/// longest parameters is left out, and the caption says so.
std::vector<Chart> difference_maps(const Cells& cells, const std::vector<Duel>& duels,
                                   std::size_t most_tiles = most_difference_tiles);

} // namespace basin
