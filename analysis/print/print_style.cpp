#include "analysis/print/print_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace basin {
namespace {

/// Okabe & Ito 2008 without yellow, which is too pale on white.
constexpr std::array line_colors{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                 "#56b4e9", "#e69f00", "#000000"};
/// Over tiles of all colours.
constexpr std::array map_line_colors{"#111111", "#c1121f"};
constexpr std::array viridis{"#440154", "#482878", "#3e4a89", "#31688e", "#26828e",
                             "#1f9e89", "#35b779", "#6dcd59", "#b4de2c", "#fde725"};
struct Symbol {
    int filled;
    int open;
};
constexpr std::array symbols{Symbol{7, 6},   Symbol{5, 4},   Symbol{9, 8},
                             Symbol{11, 10}, Symbol{13, 12}, Symbol{15, 14}};

std::string line_color(const PrintView& view, std::size_t style, std::size_t styles) {
    if (view.is_map()) return map_line_colors[style % map_line_colors.size()];
    if (styles <= line_colors.size()) return line_colors[style];
    // Many values of one parameter: an ordered scale, without its palest end.
    const double place = 0.9 * static_cast<double>(style) / static_cast<double>(styles - 1) *
                         static_cast<double>(viridis.size() - 1);
    return viridis[static_cast<std::size_t>(std::lround(place))];
}

} // namespace

std::string line_styles(const PrintView& view) {
    const std::size_t styles = view.styles();
    std::string text;
    for (std::size_t s = 0; s < styles; ++s) {
        const std::string color = line_color(view, s, styles);
        const Symbol& symbol = symbols[s % symbols.size()];
        for (const auto& [number, shown, type] :
             {std::tuple(s + 1, color, symbol.filled), std::tuple(s + 101, color, symbol.open),
              std::tuple(s + 201, "#90" + color.substr(1), symbol.filled)})
            text += fmt::format("set style line {} linecolor rgb \"{}\" linewidth 2 pointtype {} "
                                "pointsize 0.45\n",
                                number, shown, type);
    }
    return text + "set style line 99 linecolor rgb \"#222222\" linewidth 2 pointtype 7 pointsize "
                  "0.45\nset style line 299 linecolor rgb \"#90222222\" linewidth 2\n";
}

std::string palette_lines(const TileColors& colors) {
    std::string text;
    double low = colors.low;
    double high = colors.high;
    if (colors.diverging) {
        high = std::max(std::abs(low), std::abs(high));
        low = -high;
        text = "set palette defined (-1 \"#2166ac\", -0.5 \"#92c5de\", 0 \"#f7f7f7\", 0.5 "
               "\"#f4a582\", 1 \"#b2182b\")\n";
    } else {
        text = "set palette defined (";
        for (std::size_t i = 0; i < viridis.size(); ++i)
            text += fmt::format("{}{} \"{}\"", i == 0 ? "" : ", ", i, viridis[i]);
        text += ")\n";
    }
    if (!(low < high)) high = low + 1.0;
    text += fmt::format("set cbrange [{:g}:{:g}]\n", low, high);
    // Strokes are seen on bright tiles and on dark ones.
    text += colors.diverging ? std::string("hatch(value) = 0x1f2933\n")
                             : fmt::format("hatch(value) = value > {:g} ? 0x1f2933 : 0xffffff\n",
                                           low + 0.55 * (high - low));
    return text;
}

std::string functions_of(const char* axis, const PrintRange& range) {
    const bool log = range.scale == Scale::logarithmic;
    const double factor = log ? std::pow(range.high / range.low, 0.07) : 0.0;
    const double length = 0.07 * (range.high - range.low);
    std::string text = fmt::format(
        "{0}_low = {1:.17g}; {0}_high = {2:.17g}\n"
        "inside_{0}(value) = value < {0}_low ? {0}_low : value > {0}_high ? {0}_high : value\n",
        axis, range.low, range.high);
    text += log ? fmt::format("up_by_{0}(value) = value*{1:.6g} - value\n"
                              "down_by_{0}(value) = value/{1:.6g} - value\n",
                              axis, factor)
                : fmt::format("up_by_{0}(value) = {1:.6g}\ndown_by_{0}(value) = -{1:.6g}\n", axis,
                              length);
    return text;
}

} // namespace basin
