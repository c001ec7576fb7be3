#pragma once
// Where the panels of a printed chart stand on the paper. For print sources only.

#include "analysis/print/print_axes.hpp"
#include "analysis/print/print_legend.hpp"

#include <vector>

namespace basin {

/// In mm; `top` is below the page's upper edge.
struct PrintPanel {
    double left = 0.0;
    double top = 0.0;
    double width = 0.0;
    double height = 0.0;
    bool first = false; ///< of its row: has the tics and title of y
    bool last = false;  ///< of its column: has those of x
};

struct PrintLayout {
    double width = 0.0; ///< of the figure, mm
    double height = 0.0;
    std::vector<LegendStrip> legend;
    std::vector<PrintPanel> panels; ///< as PrintView::panels
    PrintTics x;
    PrintTics y;
};

PrintLayout print_layout(const PrintView& view);

} // namespace basin
