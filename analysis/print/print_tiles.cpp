// The tiles of a printed map.

#include "analysis/print/print_series.hpp"
#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace basin {

void add_tiles(std::vector<std::string>& elements, const PrintView& view, std::uint32_t panel) {
    const Chart& chart = view.chart;
    std::array<bool, 4> occurs{};
    bool some_value = false;
    bool hatched = false;
    const ChartTile* any = nullptr;
    for (const ChartTile& tile : chart.tiles) {
        if (!view.shows(tile.facets, panel)) continue;
        any = &tile;
        occurs[static_cast<std::size_t>(tile.state)] = true;
        some_value = some_value || (tile.state == TileState::value && tile.value == tile.value);
        hatched = hatched || tile.hatched;
    }
    if (any == nullptr) return;
    const std::string x = axis_column(chart.x);
    const std::string y = axis_column(chart.y);
    const std::string where = rows_where(chart, any->facets, "tile");
    const auto boxes = [&](const char* state, const std::string& more) {
        return fmt::format("csv using ({0}):({2} && strcol(\"state\") eq \"{3}\" ? {1} : "
                           "NaN):({0}-0.5):({0}+0.5):({1}-0.5):({1}+0.5){4}",
                           x, y, where, state, more);
    };
    const std::string value = fmt::format("column({})", gnuplot_text(chart.tile_colors.name));
    if (some_value)
        elements.push_back(boxes("done", fmt::format(":({})", value)) +
                           " with boxxyerror fillstyle solid 1 border linewidth 0.3 linecolor "
                           "palette notitle");
    if (hatched && chart.hatching && some_value)
        for (const auto& [dx, dy] : {std::pair(0.0, 0.0), std::pair(0.0, 0.5), std::pair(0.5, 0.0)})
            elements.push_back(fmt::format(
                "csv using ({0}-0.5+{4}):({2} && strcol(\"overflow\") eq \"1\" && "
                "strcol(\"state\") "
                "eq \"done\" ? {1}-0.5+{5} : NaN):({6}):({6}):(hatch({3})) with vectors nohead "
                "linewidth 1.1 linecolor rgb variable notitle",
                x, y, where, value, dx, dy, dx + dy > 0.0 ? 0.5 : 1.0));
    constexpr std::array signs{
        std::pair("failed", "pointtype 2 pointsize 0.7 linewidth 1.5 linecolor rgb \"#c1121f\""),
        std::pair("not_run", ""),
        std::pair("not_applicable", "pointtype 7 pointsize 0.25 linecolor rgb \"#7b8794\"")};
    constexpr std::array fills{"white", "white", "#f5f7fa"};
    constexpr std::array edges{"#c1121f", "#9aa5b1", "#e4e7eb"};
    for (std::size_t s = 0; s < signs.size(); ++s) {
        if (!occurs[s + 1]) continue;
        const auto& [state, sign] = signs[s];
        elements.push_back(fmt::format("{} with boxxyerror fillstyle solid 1 border rgb \"{}\" "
                                       "linewidth 0.6 linecolor rgb \"{}\" notitle",
                                       boxes(state, ""), edges[s], fills[s]));
        if (*sign != '\0')
            elements.push_back(fmt::format("csv using ({}):({} && strcol(\"state\") eq \"{}\" ? {} "
                                           ": NaN) with points {} notitle",
                                           x, where, state, y, sign));
    }
}

} // namespace basin
