#include "support/charts.hpp"

#include <limits>
#include <utility>

namespace basin::tests {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

const std::string evil = "#1a\"b,c\nd\\e$f@g`touch injected`'%s'.system(\"touch injected\"){^x}_y";

ChartAxis axis(std::string name, std::string title, std::vector<Scale> scales = {Scale::linear}) {
    ChartAxis made;
    made.name = std::move(name);
    made.title = std::move(title);
    made.scales = std::move(scales);
    return made;
}

} // namespace

ChartPoint point(double x, double y, double low, double high, Sign sign) {
    return {x, y, low, high, sign, ""};
}

ChartSeries series(std::vector<std::uint32_t> facets, std::string kind, Mark mark,
                   std::vector<ChartPoint> points) {
    ChartSeries made;
    made.facets = std::move(facets);
    made.kind = std::move(kind);
    made.mark = mark;
    made.points = std::move(points);
    return made;
}

Chart curves() {
    Chart chart;
    chart.id = "curves";
    chart.title = "Curves";
    chart.caption = "What they show.";
    chart.x = axis("dimension", "dimension N", {Scale::logarithmic, Scale::linear});
    chart.y = axis("pattern_count", "pattern count K", {Scale::logarithmic});
    chart.facets = {{"interaction_vertex", "interaction vertex n", {"2", "3"}, 0},
                    {"formulation", "formulation", {"original", "normalized"}, 0},
                    {"beta", "β", {"0.5", "2"}, 1}};
    chart.color = 0;
    chart.panel = 1;
    for (std::uint32_t n = 0; n < 2; ++n)
        for (std::uint32_t f = 0; f < 2; ++f)
            for (std::uint32_t b = 0; b < 2; ++b) {
                chart.series.push_back(series({n, f, b}, "measured", Mark::points,
                                              {point(64, 10, 8, 12), point(128, 20, 0, infinity),
                                               point(256, 40, 30, no_number, Sign::open),
                                               point(512, 80, 70, 90, Sign::arrow_up),
                                               point(1024, 9, 8, 10, Sign::arrow_down)}));
                chart.series.push_back(
                    series({n, f, b}, "theory", Mark::line, {point(64, 9), point(1024, 140)}));
                chart.series.back().dash = Dash::dashed;
                chart.series.push_back(series({n, f, b}, "fit", Mark::line,
                                              {point(64, 9, 8, 10), point(1024, 120, 90, 150)}));
                chart.series.push_back(
                    series({n, f, b}, "bracket", Mark::line, {point(90, 5), point(90, 20)}));
                chart.series.back().wide = true;
            }
    chart.rules = {{false, 50.0, "a threshold"}, {true, 300.0, "N = 300"}};
    return chart;
}

Chart map_chart() {
    Chart chart;
    chart.id = "map";
    chart.title = "Map";
    chart.x = axis("interaction_vertex", "interaction vertex n");
    chart.x.categories = {"2", "3", "10", "30"};
    chart.y = axis("beta", "β");
    chart.y.categories = {"0.1", "1", "1.5"};
    chart.facets = {{"precision", "precision", {"float32", "float64"}, 0}};
    chart.panel = 0;
    chart.tile_colors = {"exact_recall", "exact recall", 0.0, 1.0, false};
    for (std::uint32_t p = 0; p < 2; ++p)
        for (std::uint32_t x = 0; x < 4; ++x)
            for (std::uint32_t y = 0; y < 3; ++y) {
                ChartTile tile;
                tile.facets = {p};
                tile.x = x;
                tile.y = y;
                tile.value = (x + y) / 5.0;
                tile.hatched = x > 2;
                if (x == 3) tile.state = static_cast<TileState>(1 + y);
                if (x + y == 0) tile.value = no_number;
                chart.tiles.push_back(tile);
            }
    chart.series.push_back(
        series({0}, "theory: fails from here on", Mark::line, {point(1.5, -0.5), point(1.5, 2.5)}));
    return chart;
}

Chart histogram() {
    Chart chart;
    chart.id = "histogram";
    chart.x = axis("similarity", "similarity");
    chart.y = axis("share", "share of pairs");
    chart.series = {
        series({}, "self", Mark::steps, {point(-1, 0.2), point(0, 0.5), point(1, 0.5)})};
    return chart;
}

Chart odd_texts() {
    Chart chart = map_chart();
    chart.id = "texts";
    chart.x.title = chart.y.title = chart.tile_colors.title = evil;
    chart.x.name = "x," + evil;
    chart.tile_colors.name = "`touch injected`";
    chart.x.categories[0] = evil;
    chart.facets[0] = {"f" + evil, evil, {evil, evil + "\t"}, 0};
    chart.series[0].kind = evil;
    return chart;
}

Chart odd_texts_of_lines() {
    Chart chart = curves();
    chart.id = "texts-of-lines";
    for (ChartFacet& facet : chart.facets)
        facet = {facet.name + evil, evil, {evil, "\"" + evil}, 0};
    for (ChartSeries& each : chart.series)
        each.kind += evil;
    chart.rules[0].text = evil;
    return chart;
}

namespace {

Chart differences() {
    Chart chart = map_chart();
    chart.id = "differences";
    chart.series.clear();
    chart.tile_colors = {"difference", "difference", -0.2, 1.0, true};
    return chart;
}

Chart intervals_along_x() {
    Chart chart;
    chart.id = "models";
    chart.x = axis("k", "critical K");
    chart.y = axis("model", "model");
    chart.y.categories = {"original", "a name that is quite long", "normalized"};
    chart.intervals_along_x = true;
    chart.series = {series({}, "measured", Mark::points,
                           {point(10, 0, 8, 12), point(20, 1, 15, 30, Sign::arrow_up),
                            point(5, 2, no_number, no_number, Sign::open)})};
    return chart;
}

/// Numbers where they do not fit.
Chart odd_numbers() {
    Chart chart;
    chart.id = "odd";
    chart.x = axis("x", "x", {Scale::logarithmic, Scale::linear});
    chart.y = axis("y", "y", {Scale::logarithmic, Scale::linear});
    chart.facets = {{"f", "f", {"none", "one", "bad", "same"}, 0}};
    chart.color = 0;
    chart.series = {series({0}, "k", Mark::line, {}), series({1}, "k", Mark::line, {point(1, 1)}),
                    series({2}, "k", Mark::line,
                           {point(-1, 2), point(0, no_number), point(no_number, 1),
                            point(infinity, 1), point(1, -infinity), point(2, -3, -4, 0)}),
                    series({3}, "k", Mark::points, {point(1, 1, 1, 1), point(1, 1, -infinity, 2)})};
    return chart;
}

Chart without_numbers() {
    Chart chart;
    chart.id = "empty";
    chart.x = axis("x", "x", {Scale::logarithmic});
    chart.y = axis("y", "y");
    chart.series = {series({}, "k", Mark::points, {point(-1, 1), point(no_number, no_number)})};
    return chart;
}

} // namespace

std::vector<Chart> every_kind() {
    return {curves(),          map_chart(),         differences(),
            histogram(),       intervals_along_x(), odd_numbers(),
            without_numbers(), odd_texts(),         odd_texts_of_lines()};
}

} // namespace basin::tests
