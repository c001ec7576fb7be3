#include "analysis/figures.hpp"

namespace basin {

std::vector<Figure> figures(const Cells& cells) {
    return {line_figure(cells), error_map(cells), overflow_map(cells)};
}

} // namespace basin
