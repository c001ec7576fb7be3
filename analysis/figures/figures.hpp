#pragma once
// The figures of a report, as Vega-Lite specifications without their data.

#include "analysis/cells/cells.hpp"

#include <optional>
#include <string>
#include <vector>

namespace basin {

/// A kind of line drawn over a map, for the map's key.
struct LineKey {
    std::string color;
    std::string dash; ///< lengths of dashes and gaps, "3 2"; "" if solid
    std::string text;
};

inline constexpr double line_width = 2.4;
inline constexpr double line_casing = 5.6; ///< of the white below a line: tiles are dark or light

/// One figure. Its data are the rows of page_data.hpp, under the name "cells", or its own.
struct Figure {
    std::string id; ///< for anchors and file names
    std::string title;
    std::string caption;        ///< what is drawn and what to look at
    std::string alt;            ///< the same for those who do not see it
    std::string spec;           ///< Vega-Lite 5 JSON; empty if the figure is left out
    std::string left_out;       ///< the reason, if it is
    bool own_data = false;      ///< in the specification, offered as CSV: columns as usermeta says
    bool map = false;           ///< draws cells as a map: needs the key of cell states
    bool hatched = false;       ///< ... and of overflow
    std::vector<LineKey> lines; ///< ... and of lines
};

/// Recall error over the pattern count, one line per interaction vertex, one panel per formulation.
/// Where one of these does not vary, the next parameter that does takes its place.
Figure line_figure(const Cells& cells);

/// Recall error over beta and interaction vertex, overflowing cells hatched.
Figure error_map(const Cells& cells);

/// Share of unit decisions touched by overflow, and by NaN, over the same axes.
Figure overflow_map(const Cells& cells);

/// Of continuous networks: what their probes end at, as shares over beta, one panel per pattern
/// count or what else varies. Nothing if there are none or beta does not vary.
std::optional<Figure> regime_figure(const Cells& cells);

/// Of continuous networks: their error over beta, one line per similarity or separation. Nothing
/// where regime_figure() is, and where the recall figure draws the same lines.
std::optional<Figure> beta_figure(const Cells& cells);

/// All of them, in the order of the page.
std::vector<Figure> figures(const Cells& cells);

} // namespace basin
