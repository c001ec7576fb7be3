#include "analysis/print/print_layout.hpp"

#include "analysis/print/print_text.hpp"

#include <algorithm>

namespace basin {
namespace {

constexpr double single_column = 86.0;
constexpr double double_column = 178.0;
constexpr double title_height = 4.5; // of a panel or an axis
constexpr double tic_height = 4.2;
constexpr std::size_t many_categories = 25;

std::size_t columns_of(std::size_t panels) {
    if (panels <= 3) return panels;
    return panels == 4 ? 2 : panels == 8 ? 4 : 3;
}

double panel_height(const PrintView& view, double width, bool alone) {
    if (!view.is_map()) return alone ? 0.72 * width : std::clamp(0.75 * width, 34.0, 52.0);
    const double rows = static_cast<double>(view.chart.y.categories.size());
    return std::clamp(4.4 * rows, alone ? 36.0 : 28.0, 72.0);
}

} // namespace

PrintLayout print_layout(const PrintView& view) {
    PrintLayout layout;
    const bool map = view.is_map();
    const std::size_t count = view.panels.size();
    const std::size_t columns = columns_of(count);
    const std::size_t rows = (count + columns - 1) / columns;
    layout.width = count > 1 || view.chart.x.categories.size() > many_categories ? double_column
                                                                                 : single_column;
    layout.legend = legend_strips(view, layout.width - 6.0);

    layout.y = print_tics(view.chart.y, view.y, 45.0, false);
    const double left = title_height + std::min(layout.y.widest, 40.0) + 5.0;
    const PrintRange colors{view.chart.tile_colors.low, view.chart.tile_colors.high, Scale::linear};
    const double right = !map ? 4.0
                         : colors.low < colors.high // the scale of colours
                             ? 12.0 + print_tics({}, colors, 45.0, false).widest
                             : 17.0;
    const double gap = map ? 4.0 : 5.0;
    const double across = static_cast<double>(columns);
    const double width = (layout.width - left - right - gap * (across - 1.0)) / across;
    const double height = panel_height(view, width, count == 1);
    layout.y = print_tics(view.chart.y, view.y, height, false);
    layout.x = print_tics(view.chart.x, view.x, width, true);
    const double below = layout.x.turned ? 0.6 * layout.x.widest + 3.0 : tic_height;

    double top = 1.5;
    for (const LegendStrip& strip : layout.legend)
        top += strip.height;
    const double heading = view.chart.panel ? title_height : 1.0;
    for (std::size_t p = 0; p < count; ++p) {
        const double column = static_cast<double>(p % columns);
        const std::size_t above = p / columns;
        layout.panels.push_back(
            {.left = left + column * (width + gap),
             .top = top + heading + static_cast<double>(above) * (height + heading + 2.5),
             .width = width,
             .height = height,
             .first = p % columns == 0,
             .last = p + columns >= count});
    }
    layout.height = top + static_cast<double>(rows) * (height + heading + 2.5) - 2.5 + below +
                    title_height + 1.0;
    return layout;
}

} // namespace basin
