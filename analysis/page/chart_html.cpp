#include "analysis/page/chart_html.hpp"

#include "analysis/figures/chart_vega.hpp"
#include "analysis/page/html.hpp"
#include "analysis/page/map_key.hpp"

#include <fmt/format.h>

namespace basin {
namespace {

/// Wheel and drag do something on axes of numbers only.
bool is_zoomed(const Chart& chart) {
    return !chart.series.empty() && (chart.x.categories.empty() || chart.y.categories.empty());
}

std::string chart_html(const Chart& chart) {
    return fmt::format(
        "<figure id=\"{0}\">\n<figcaption>{1}</figcaption>\n"
        "<div class=\"controls\" id=\"{0}-controls\"></div>\n"
        "<div class=\"chart\" id=\"{0}-chart\" role=\"img\" aria-label=\"{2}\"{3}></div>\n{4}"
        "<p class=\"actions\"><button type=\"button\" data-save-chart=\"{0}\">Numbers of this "
        "figure as CSV</button>{5}</p>\n</figure>\n",
        escaped(chart.id), escaped(chart.caption), escaped(chart.alt),
        is_zoomed(chart) ? " tabindex=\"0\"" : "", key_html(map_key(chart)),
        is_zoomed(chart) ? "<span class=\"hint\">Click into the figure, then the wheel zooms and "
                           "dragging moves it; a double click shows all again.</span>"
                         : "");
}

} // namespace

std::string charts_html(const std::vector<Chart>& charts) {
    std::string html;
    for (const Chart& chart : charts)
        html += fmt::format(
            "<section aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}"
            "</section>\n",
            escaped(chart.id), escaped(chart.title),
            chart.left_out.empty() ? chart_html(chart)
                                   : fmt::format("<p>{}</p>\n", escaped(chart.left_out)));
    return html;
}

std::string charts_json(const std::vector<Chart>& charts) {
    std::string json;
    for (const Chart& chart : charts)
        if (chart.left_out.empty()) {
            if (!json.empty()) json += ",\n";
            json += chart_json(chart);
        }
    return "[" + json + "]";
}

} // namespace basin
