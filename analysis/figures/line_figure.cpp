#include "analysis/cells/labels.hpp"
#include "analysis/figures/figures.hpp"
#include "analysis/figures/line_layers.hpp"

#include <fmt/format.h>

namespace basin {

Figure line_figure(const Cells& cells) {
    Figure figure;
    figure.id = "recall";
    const Drawn drawn = drawn_by_lines(cells);
    const std::vector<const Measure*> quantities =
        measures_with_values(cells, {"recall_error", "exact_recall", "metastable_count",
                                     "unique_states", "iterations", "one_minus_ssim", "k90"});
    if (!drawn.x || quantities.empty()) {
        figure.title = "Recall";
        figure.left_out = quantities.empty()
                              ? "No cell is done yet."
                              : "No numeric parameter varies in this sweep, so there "
                                "is no curve to draw; the table has the numbers.";
        return figure;
    }
    const std::string x = words(cells.axes[*drawn.x].name);
    figure.title = "Recall against " + x;
    figure.caption = fmt::format(
        "{} as a function of {}{}{}. Points are means over {}. Open points: in some "
        "unit decision a number overflowed. Look for where the curves leave the base line, and "
        "whether they do so at open points (arithmetic) or at filled ones (capacity).",
        quantities.size() > 1 ? "The chosen quantity" : "Recall", x,
        drawn.y ? ", one line per value of " + words(cells.axes[*drawn.y].name) : "",
        drawn.panel ? ", one panel per " + words(cells.axes[*drawn.panel].name) : "",
        replicates_text(cells));
    figure.alt = fmt::format("Line chart of {} against {}{}. The same numbers are in the downloads "
                             "under Table.",
                             words(quantities.front()->name), x,
                             drawn.y ? " for each " + words(cells.axes[*drawn.y].name) : "");

    figure.spec = line_spec(cells, drawn, quantities, "datum.state === 'done'").dump();
    return figure;
}

} // namespace basin
