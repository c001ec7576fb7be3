#pragma once
// The key below a map: what its signs mean, those that occur.

#include "analysis/charts/chart.hpp"
#include "analysis/figures/figures.hpp"

#include <string>
#include <vector>

namespace basin {

struct MapKey {
    std::vector<LineKey> lines;
    bool overflow = false; ///< some tile is hatched
    bool failed = false;
    bool not_run = false;
    bool not_applicable = false;
};

/// Of a figure over cells.
MapKey map_key(const Figure& figure, const Cells& cells);

/// Of the tiles of a chart.
MapKey map_key(const Chart& chart);

/// A list; "" if there is nothing to say.
std::string key_html(const MapKey& key);

} // namespace basin
