#include "analysis/print/print_series.hpp"

#include "analysis/print/print_text.hpp"
#include "results/export/table_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

/// Lines with more points get a sign at some of them only.
constexpr std::size_t most_signs = 16;

/// Of a function of gnuplot's there are 12 at most.
constexpr std::size_t most_parameters = 11;

struct Element {
    const PrintView& view;
    const ChartSeries& series;
    std::string where;
    std::size_t style;

    std::string x() const { return fmt::format("({})", axis_column(view.chart.x)); }
    std::string y() const { return axis_column(view.chart.y); }
    /// The CSV's rows of the series for which `more` holds too ("" if all do).
    std::string rows(const std::string& more = "") const {
        return more.empty() ? where : where + " && " + more;
    }
    std::string point(const std::string& more = "") const {
        return fmt::format("csv using {}:({} ? {} : NaN)", x(), rows(more), y());
    }
};

bool some_point(const ChartSeries& series, const PrintView& view, auto&& holds) {
    return std::ranges::any_of(series.points, [&](const ChartPoint& point) {
        return drawable(view, point) && holds(point);
    });
}

bool has_interval(const ChartPoint& point) {
    return !std::isnan(point.low) && !std::isnan(point.high);
}

bool some_sign(const PrintView& view) {
    for (const ChartSeries& series : view.chart.series)
        for (const ChartPoint& point : series.points)
            if (point.sign != Sign::filled) return true;
    return false;
}

void add_intervals(std::vector<std::string>& elements, const Element& element) {
    const PrintView& view = element.view;
    if (!some_point(element.series, view, has_interval)) return;
    // Ends beyond the axes, and infinite ones, are cut to them.
    const char* cut = view.chart.intervals_along_x ? "inside_x" : "inside_y";
    const std::string interval = fmt::format("({0}(column(\"low\"))):({0}(column(\"high\")))", cut);
    if (element.series.mark == Mark::line && !view.chart.intervals_along_x)
        elements.push_back(fmt::format("csv using {}:({} ? {}(column(\"low\")) : "
                                       "NaN):({}(column(\"high\"))) with filledcurves linestyle {} "
                                       "fillstyle transparent solid 0.18 noborder notitle",
                                       element.x(), element.rows(), cut, cut, element.style));
    else
        elements.push_back(fmt::format(
            "{}:{} with {} linestyle {} pointsize 0.01 notitle", element.point(), interval,
            view.chart.intervals_along_x ? "xerrorbars" : "yerrorbars", element.style));
}

/// Symbols of the series' colour: filled, open with white inside, or an arrow to where the value
/// would be.
void add_signs(std::vector<std::string>& elements, const Element& element, std::size_t every) {
    const PrintView& view = element.view;
    const bool signs = some_sign(view);
    const std::string thinned = every > 1 ? fmt::format(" every {}", every) : "";
    const auto where = [&](const char* sign) {
        return signs ? fmt::format("strcol(\"sign\") eq \"{}\"", sign) : std::string();
    };
    const auto has = [&](Sign sign) {
        return some_point(element.series, view,
                          [&](const ChartPoint& point) { return point.sign == sign; });
    };
    const auto points = [&](const char* sign, const std::string& look) {
        std::string data = element.point(where(sign));
        if (!thinned.empty()) data.replace(0, 3, "csv" + thinned);
        elements.push_back(fmt::format("{} with points {} notitle", data, look));
    };
    if (has(Sign::filled)) points("filled", fmt::format("linestyle {}", element.style));
    if (has(Sign::open)) {
        points("open", fmt::format("linestyle {} linecolor rgb \"white\"", element.style));
        points("open", fmt::format("linestyle {}", element.style + 100));
    }
    const bool along_x = view.chart.intervals_along_x;
    for (const auto& [sign, name] :
         {std::pair(Sign::arrow_up, "up"), std::pair(Sign::arrow_down, "down")})
        if (has(sign)) {
            points(name, fmt::format("linestyle {}", element.style + 100));
            elements.push_back(fmt::format(
                "{}:({}):({}) with vectors head size screen 0.012,25 filled linestyle {} notitle",
                element.point(where(name)),
                along_x ? fmt::format("{}_by_x({})", name, axis_column(view.chart.x)) : "0",
                along_x ? "0" : fmt::format("{}_by_y({})", name, element.y()), element.style));
        }
}

bool has_points_too(const PrintView& view, const ChartSeries& line) {
    return std::ranges::any_of(view.chart.series, [&](const ChartSeries& other) {
        return other.mark == Mark::points && other.facets == line.facets;
    });
}

void add_line(std::vector<std::string>& elements, const Element& element) {
    const PrintView& view = element.view;
    const ChartSeries& series = element.series;
    const PrintKind& kind = view.kind_of(series);
    if (view.is_map()) // tiles are dark or light: a white line below
        elements.push_back(fmt::format("{} with {} linewidth 5 linecolor rgb \"white\" notitle",
                                       element.point(),
                                       series.mark == Mark::steps ? "steps" : "lines"));
    elements.push_back(
        fmt::format("{} with {} notitle", element.point(), drawn_with(view, kind, element.style)));
}

} // namespace

int dash_type(Dash dash) {
    constexpr std::array types{1, 2, 3};
    return types[static_cast<std::size_t>(dash)];
}

std::string drawn_with(const PrintView& view, const PrintKind& kind, std::size_t style) {
    if (kind.mark == Mark::points) return fmt::format("points linestyle {}", style);
    return fmt::format("{} linestyle {} dashtype {}{}",
                       kind.mark == Mark::steps ? "steps" : "lines",
                       style + (kind.wide && !view.is_map() ? 200 : 0), dash_type(kind.dash),
                       kind.wide ? " linewidth 6" : "");
}

std::string axis_column(const ChartAxis& axis) {
    return fmt::format("column({})",
                       gnuplot_text(axis.categories.empty() ? axis.name : axis.name + "_position"));
}

std::string rows_function(const Chart& chart) {
    if (chart.facets.size() > most_parameters) return "";
    std::string parameters = "k";
    std::string condition = "strcol(\"kind\") eq k";
    for (std::size_t f = 0; f < chart.facets.size(); ++f) {
        parameters += fmt::format(", f{}", f + 1);
        condition +=
            fmt::format(" && strcol({}) eq f{}", gnuplot_text(chart.facets[f].name), f + 1);
    }
    return fmt::format("rows({}) = {}\n", parameters, condition);
}

std::string rows_where(const Chart& chart, const std::vector<std::uint32_t>& facets,
                       const std::string& kind) {
    std::string values = gnuplot_text(spreadsheet_text(kind)); // as the CSV has it
    std::string where = "strcol(\"kind\") eq " + values;
    for (std::size_t f = 0; f < std::min(facets.size(), chart.facets.size()); ++f) {
        const std::string value = gnuplot_text(spreadsheet_text(chart.facets[f].values[facets[f]]));
        values += ", " + value;
        where += fmt::format(" && strcol({}) eq {}", gnuplot_text(chart.facets[f].name), value);
    }
    const bool function = facets.size() == chart.facets.size() && facets.size() <= most_parameters;
    return function ? fmt::format("rows({})", values) : where;
}

std::vector<std::string> panel_elements(const PrintView& view, std::uint32_t panel) {
    std::vector<std::string> elements;
    add_tiles(elements, view, panel);
    std::vector<Element> shown;
    for (const ChartSeries& series : view.chart.series)
        if (view.shows(series.facets, panel) &&
            some_point(series, view, [](const ChartPoint&) { return true; }))
            shown.push_back({view, series, rows_where(view.chart, series.facets, series.kind),
                             view.style_of(series)});
    for (const Element& element : shown)
        add_intervals(elements, element);
    for (const Element& element : shown)
        if (element.series.mark != Mark::points) add_line(elements, element);
    for (const Element& element : shown) {
        const ChartSeries& series = element.series;
        const bool special = some_point(
            series, view, [](const ChartPoint& point) { return point.sign != Sign::filled; });
        // Lines of several colours are told apart in grey by the signs on them.
        const bool told_apart = series.mark == Mark::line && series.dash == Dash::solid &&
                                !series.wide && !view.is_map() && !has_points_too(view, series);
        if (series.mark == Mark::points || special || told_apart)
            add_signs(elements, element,
                      series.mark == Mark::points || special
                          ? 1
                          : (series.points.size() + most_signs - 1) / most_signs);
    }
    elements.emplace_back("NaN notitle"); // a panel may be empty
    return elements;
}

} // namespace basin
