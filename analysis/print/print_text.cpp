#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace basin {
namespace {

constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::array<std::string_view, 3> mark_names{"points", "line", "steps"};

bool one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string one_line(std::string text) {
    std::ranges::replace_if(text, is_control, ' ');
    return text;
}

/// A name that gnuplot's CSV reader gives back as it is.
std::string readable(std::string text, std::string_view if_empty) {
    for (char& c : text) {
        if (c == ',') c = ';';
        if (c == '"') c = '\'';
        if (c == '\\') c = '/';
        if (is_control(c)) c = ' ';
    }
    // It trims fields.
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string::npos) return std::string(if_empty);
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The text, or if it is taken with the first free number; then it is taken.
std::string distinct(const std::string& text, std::set<std::string>& taken) {
    std::string name = text;
    for (int i = 2; !taken.insert(name).second; ++i)
        name = fmt::format("{} ({})", text, i);
    return name;
}

/// Names of columns are those of parameters and metrics: words without blanks.
std::string column_name(const std::string& name, std::string_view if_empty) {
    std::string word = file_name_part(name);
    return word.empty() ? std::string(if_empty) : word;
}

void name_columns(Chart& chart) {
    std::set<std::string> taken{"kind", "low", "high", "state", "overflow", "sign", "note", "tile"};
    for (ChartFacet& facet : chart.facets)
        facet.name = distinct(column_name(facet.name, "facet"), taken);
    for (auto [axis, name] : {std::pair(&chart.x, "x"), std::pair(&chart.y, "y")}) {
        axis->name = distinct(column_name(axis->name, name), taken);
        taken.insert(axis->name + "_position");
    }
    chart.tile_colors.name = distinct(column_name(chart.tile_colors.name, "value"), taken);
}

using SeriesKey = std::pair<std::vector<std::uint32_t>, std::string>;
using Look = std::tuple<Mark, Dash, bool>;

void join_alike(Chart& chart) {
    std::map<std::string, std::map<Look, std::string>> names; // of a kind, by how it is drawn
    std::set<std::string> taken{"tile"};
    std::map<SeriesKey, std::size_t> place;
    std::vector<ChartSeries> joined;
    for (ChartSeries& series : chart.series) {
        const Look look{series.mark, series.dash, series.wide};
        auto& of_kind = names[series.kind];
        if (!of_kind.contains(look)) {
            const std::string kind = readable(series.kind, "data");
            of_kind[look] = distinct(
                of_kind.empty()
                    ? kind
                    : fmt::format("{} {}", kind, mark_names[static_cast<std::size_t>(series.mark)]),
                taken);
        }
        series.kind = of_kind[look];
        const auto [at, fresh] = place.try_emplace({series.facets, series.kind}, joined.size());
        if (fresh) {
            joined.push_back(std::move(series));
            continue;
        }
        std::vector<ChartPoint>& points = joined[at->second].points;
        ChartPoint gap;
        gap.x = gap.y = no_number;
        points.push_back(gap);
        points.insert(points.end(), series.points.begin(), series.points.end());
    }
    chart.series = std::move(joined);
}

std::string escaped_text(std::string_view text, bool tic) {
    std::string literal = "\"";
    bool after_escape = false; // a digit would be taken as part of it
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        const bool plain = static_cast<signed char>(c) < 0 || one_of(c, letters_and_digits) ||
                           one_of(c, " .,;:=+-()/<>_%");
        const bool escape = !is_control(c) && (!plain || (digit && after_escape));
        if (escape)
            literal += fmt::format("\\{:03o}", static_cast<unsigned>(c));
        else if (is_control(c))
            literal += ' ';
        else
            literal += tic && c == '%' ? "%%" : std::string(1, c);
        after_escape = escape;
    }
    return literal + "\"";
}

} // namespace

std::string gnuplot_text(std::string_view text) {
    return escaped_text(text, false);
}

std::string gnuplot_tic_text(std::string_view text) {
    return escaped_text(text, true);
}

double text_width(std::string_view text, double points) {
    constexpr double mm = 25.4 / 72.0;
    double em = 0.0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0U) == 0x80U) continue; // goes on with a character
        em += one_of(c, "ijlI.,;:'|! ()") ? 0.36 : one_of(c, "mwMW") ? 0.95 : 0.62;
    }
    return em * points * mm;
}

Chart printable(Chart chart) {
    name_columns(chart);
    // They also stand in comments, and in lists of files.
    for (std::string* title :
         {&chart.title, &chart.x.title, &chart.y.title, &chart.tile_colors.title})
        *title = one_line(*title);
    for (ChartFacet& facet : chart.facets)
        facet.title = one_line(facet.title);
    for (ChartFacet& facet : chart.facets) {
        std::set<std::string> taken;
        for (std::string& value : facet.values)
            value = distinct(readable(value, "none"), taken);
    }
    join_alike(chart);
    for (ChartSeries& series : chart.series)
        for (ChartPoint& point : series.points)
            point.note = readable(point.note, "");
    for (ChartTile& tile : chart.tiles)
        tile.note = readable(tile.note, "");
    for (ChartRule& rule : chart.rules)
        rule.text = readable(rule.text, "");
    for (ChartAxis* axis : {&chart.x, &chart.y})
        for (std::string& category : axis->categories)
            category = readable(category, "none");
    return chart;
}

std::string file_name_part(std::string_view text) {
    std::string name;
    for (const char c : text)
        name += one_of(c, letters_and_digits) || one_of(c, ".-_") ? c : '_';
    return name;
}

} // namespace basin
