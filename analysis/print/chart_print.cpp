#include "analysis/print/chart_print.hpp"

#include "analysis/print/print_layout.hpp"
#include "analysis/print/print_series.hpp"
#include "analysis/print/print_style.hpp"
#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

constexpr double inch = 25.4;

std::string head(const PrintedFile& file, const std::string& csv, const PrintLayout& layout) {
    return fmt::format(
        "# Run by gnuplot 5.4 or later in this folder: writes {0}.svg, {0}.pdf and {0}.png.\n"
        "# All numbers come from {1}; colours, signs and widths are the line styles below.\n"
        "set encoding utf8\n"
        "set datafile separator comma\n"
        "set datafile columnheaders\n"
        "set datafile commentschars \"\"\n"
        "set errorbars 0.5\n"
        "csv = {2}\n"
        "name = {3}\n"
        "width = {4:.5g} # inches\n"
        "height = {5:.5g}\n",
        file.name, csv, gnuplot_text(csv), gnuplot_text(file.name), layout.width / inch,
        layout.height / inch);
}

/// Lines are 0.5 pt and texts 8 pt in each of the formats, which count in units of their own.
constexpr const char* terminals = R"(
do for [format in "svg pdf png"] {
if (format eq "svg") {
    set terminal svg enhanced size 96*width,96*height font "Helvetica,10.67" linewidth 0.67
}
if (format eq "pdf") {
    set terminal pdfcairo enhanced size width,height font "Helvetica,8" fontscale 0.75
}
if (format eq "png") {
    set terminal pngcairo enhanced size 300*width,300*height font "Helvetica,8" fontscale 3.125 linewidth 2.1 pointscale 4.17 dashlength 0.5
}
set output name.".".format
set multiplot
)";

std::string margins(const PrintLayout& layout, double left, double top, double width,
                    double height) {
    return fmt::format("set lmargin at screen {:.5f}; set rmargin at screen {:.5f}; set tmargin at "
                       "screen {:.5f}; set bmargin at screen {:.5f}\n",
                       left / layout.width, (left + width) / layout.width,
                       1.0 - top / layout.height, 1.0 - (top + height) / layout.height);
}

std::string legend(const PrintLayout& layout) {
    std::string text =
        "unset logscale; unset arrow; unset object; unset label; unset xlabel; unset "
        "ylabel\nunset border; unset tics; unset colorbox\nset xrange [0:1]; set "
        "yrange [0:1]\n" +
        margins(layout, 0.0, 0.0, layout.width, layout.height);
    const auto place = [&](double left, double down) {
        return fmt::format("screen {:.5f},{:.5f}", left / layout.width, 1.0 - down / layout.height);
    };
    double top = 1.5;
    for (const LegendStrip& strip : layout.legend) {
        if (!strip.title.empty())
            text +=
                fmt::format("set label 1 {} noenhanced at {} center\n", gnuplot_text(strip.title),
                            place(layout.width / 2.0, top + 0.5 * legend_line));
        for (const LegendItem& item : strip.items)
            text += fmt::format("set key at {} left center Left reverse samplen 2 noenhanced\n"
                                "plot NaN notitle, keyentry with {} title {}\nunset label 1\n",
                                place(item.left + 3.0, top + item.down), item.drawn,
                                gnuplot_text(item.text));
        top += strip.height;
    }
    return text + "unset key\n";
}

std::string axis_lines(const char* name, const PrintRange& range) {
    return fmt::format("set {0}range [{0}_low:{0}_high]\n{1}", name,
                       range.scale == Scale::logarithmic ? fmt::format("set logscale {}\n", name)
                                                         : "");
}

/// Its numbers and title, or neither beside another panel's.
std::string shown_axis(const char* name, const ChartAxis& axis, const PrintTics& tics, bool shown) {
    const bool across = *name == 'x';
    const char* size = axis.categories.empty() ? "0.5,0.25" : "0";
    std::string text =
        fmt::format("set format {0} \"{1}\"\nset {0}tics nomirror out scale {2} offset {3} {4}\n",
                    name, shown ? "%h" : "", size, across && !tics.turned ? "0,0.3" : "0,0",
                    shown ? tics.command : tics.bare);
    if (!shown) return text + fmt::format("unset {}label\n", name);
    return text + fmt::format("set {}label {} noenhanced offset {}\n", name,
                              gnuplot_text(axis.title), across ? "0,0.5" : "0,0");
}

std::string rules_of(const PrintView& view) {
    std::string text;
    for (std::size_t r = 0; r < view.chart.rules.size(); ++r) {
        const ChartRule& rule = view.chart.rules[r];
        if (!(rule.vertical ? view.x : view.y).holds(rule.at)) continue;
        const char* across = rule.vertical ? "first {0:.17g}, graph 0 to first {0:.17g}, graph 1"
                                           : "graph 0, first {0:.17g} to graph 1, first {0:.17g}";
        text += fmt::format("set arrow {} from {} nohead back linecolor rgb \"#666666\" dashtype "
                            "{}\n",
                            r + 1, fmt::format(fmt::runtime(across), rule.at), rule_dash(r));
    }
    return text;
}

std::string colorbox(const PrintView& view, const PrintLayout& layout) {
    if (!view.is_map()) return "unset colorbox\n";
    const PrintPanel& first = layout.panels.front();
    const PrintPanel& last = layout.panels.back();
    double right = 0.0;
    for (const PrintPanel& panel : layout.panels)
        right = std::max(right, panel.left + panel.width);
    const double height = std::min(last.top + last.height - first.top, 60.0);
    return fmt::format("set colorbox user origin screen {:.5f},{:.5f} size screen {:.5f},{:.5f} "
                       "noborder\nset cbtics scale 0.3\nset cblabel {} noenhanced\n",
                       (right + 2.0) / layout.width, 1.0 - (first.top + height) / layout.height,
                       2.5 / layout.width, height / layout.height,
                       gnuplot_text(view.chart.tile_colors.title));
}

std::string panels(const PrintView& view, const PrintLayout& layout) {
    const Chart& chart = view.chart;
    std::string text = "set border 3 linewidth 1\n" + axis_lines("x", view.x) +
                       axis_lines("y", view.y) + rules_of(view);
    if (view.is_map())
        text += "set border 0\nset object 1 rectangle from graph 0,0 to graph 1,1 behind fillstyle "
                "solid 1 noborder fillcolor rgb \"#eef0f2\"\n";
    for (std::size_t p = 0; p < view.panels.size(); ++p) {
        const PrintPanel& panel = layout.panels[p];
        text += margins(layout, panel.left, panel.top, panel.width, panel.height);
        text += shown_axis("x", chart.x, layout.x, panel.last);
        text += shown_axis("y", chart.y, layout.y, panel.first);
        if (chart.panel)
            text +=
                fmt::format("set label 1 {} noenhanced at screen {:.5f},{:.5f} center\n",
                            gnuplot_text(facet_text(chart.facets[*chart.panel], view.panels[p])),
                            (panel.left + panel.width / 2.0) / layout.width,
                            1.0 - (panel.top - 2.2) / layout.height);
        text += p == 0 ? colorbox(view, layout) : "unset colorbox\n";
        text += "plot ";
        const std::vector<std::string> elements = panel_elements(view, view.panels[p]);
        for (const std::string& element : elements)
            text += fmt::format("{}{}", &element == elements.data() ? "" : ", \\\n    ", element);
        text += "\n";
    }
    return text;
}

} // namespace

std::string gnuplot_script(const Chart& chart, const PrintedFile& file, const std::string& csv) {
    const PrintView view = print_view(chart, file);
    const PrintLayout layout = print_layout(view);
    return head(file, csv, layout) + line_styles(view) +
           (view.is_map() ? palette_lines(chart.tile_colors) : "") + functions_of("x", view.x) +
           functions_of("y", view.y) + rows_function(chart) + terminals + legend(layout) +
           panels(view, layout) + "unset multiplot\nset output\n}\n";
}

} // namespace basin
