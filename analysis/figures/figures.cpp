#include "analysis/figures/figures.hpp"

namespace basin {

std::vector<Figure> figures(const Cells& cells) {
    std::vector<Figure> all{line_figure(cells)};
    for (const auto& figure : {beta_figure(cells), regime_figure(cells)})
        if (figure) all.push_back(*figure);
    all.push_back(error_map(cells));
    all.push_back(overflow_map(cells));
    return all;
}

} // namespace basin
