#include "support/synthetic_charts.hpp"

#include <cmath>
#include <limits>

namespace basin::tests {
namespace {

ChartFacet dimensions() {
    return {"dimension", "dimension N", {"50", "100", "150", "200"}, 1};
}

ChartFacet formulations() {
    return {"formulation", "formulation", {"original", "normalized"}, 0};
}

Chart begun(const char* id, const char* title, const char* caption) {
    Chart chart;
    chart.id = id;
    chart.title = title;
    chart.caption = caption;
    chart.alt = std::string("A drawing: ") + title;
    return chart;
}

ChartPoint at(double x, double y) {
    ChartPoint point;
    point.x = x;
    point.y = y;
    return point;
}

const std::vector<std::string>& vertices() {
    static const std::vector<std::string> all{"2", "3", "5", "10", "20", "30"};
    return all;
}

} // namespace

Chart capacity_chart() {
    Chart chart = begun("capacity", "How many patterns are recalled",
                        "Critical pattern count over interaction vertex, with 95 % intervals. "
                        "Look for similarities whose points leave the line of theory.");
    chart.x = {"interaction_vertex", "interaction vertex n", {Scale::linear}, {}, {}, {}};
    chart.y = {"critical_pattern_count",
               "critical pattern count K",
               {Scale::logarithmic, Scale::linear},
               {},
               {},
               {}};
    chart.facets = {{"similarity", "similarity", {"dot", "cosine", "inverse squared euclidean"}, 0},
                    formulations(),
                    dimensions()};
    chart.color = 0;
    chart.panel = 1;
    for (std::uint32_t s = 0; s < 3; ++s)
        for (std::uint32_t f = 0; f < 2; ++f)
            for (std::uint32_t d = 0; d < 4; ++d) {
                ChartSeries measured{{s, f, d}, "measured", Mark::points, Dash::solid, false, {}};
                ChartSeries theory{{s, f, d}, "theory", Mark::line, Dash::dashed, false, {}};
                ChartSeries bound{{s, f, d}, "bound", Mark::line, Dash::dotted, false, {}};
                for (int n = 2; n <= 6; ++n) {
                    const double k = std::pow(50.0 * (d + 1), 0.5 * n) / n * (1 + 0.4 * s) *
                                     (f == 0 ? 1.0 : 0.9);
                    ChartPoint point{static_cast<double>(n), k,         0.8 * k, 1.3 * k,
                                     Sign::filled,           "8 scenes"};
                    if (n == 2) point.sign = Sign::open;
                    if (n == 4 && s == 0) {
                        point.low = 0.0;
                        point.high = std::numeric_limits<double>::infinity();
                    }
                    if (n == 6)
                        point = {static_cast<double>(n), k, no_number, no_number,
                                 Sign::arrow_up,         ""};
                    measured.points.push_back(point);
                    theory.points.push_back(at(n, 1.1 * k));
                    bound.points.push_back(at(n, 2.5 * k));
                }
                for (const ChartSeries& series : {measured, theory, bound})
                    chart.series.push_back(series);
            }
    chart.rules = {{false, 1e4, "most that was tried"}};
    return chart;
}

Chart recall_chart() {
    Chart chart = begun("recall-curves", "Where recall breaks off",
                        "Exact recall over pattern count; bands are 95 % intervals. The broad grey "
                        "line is the bracket of the search.");
    chart.x = {"pattern_count", "pattern count K", {Scale::logarithmic, Scale::linear}, {}, {}, {}};
    chart.y = {"exact_recall", "exact recall", {Scale::linear}, 0.0, 1.0, {}};
    chart.facets = {dimensions()};
    chart.color = 0;
    for (std::uint32_t d = 0; d < 4; ++d) {
        ChartSeries line{{d}, "measured", Mark::line, Dash::solid, false, {}};
        ChartSeries steps{{d}, "bits kept", Mark::steps, Dash::dotted, false, {}};
        ChartSeries bracket{{d}, "bracket", Mark::line, Dash::solid, true, {}};
        const double centre = 0.14 * 50 * (d + 1);
        for (int i = 0; i <= 12; ++i) {
            const double k = std::round(2 * std::pow(10.0, i / 6.0));
            const double p = 1 / (1 + std::pow(k / centre, 4));
            line.points.push_back(
                {k, p, std::max(0.0, p - 0.06), std::min(1.0, p + 0.06), Sign::filled, ""});
            steps.points.push_back(at(k, 0.5 + 0.5 * p));
        }
        bracket.points = {at(0.9 * centre, 0.5), at(1.1 * centre, 0.5)};
        for (const ChartSeries& series : {line, steps, bracket})
            chart.series.push_back(series);
    }
    chart.rules = {{false, 0.5, "threshold"}, {true, 100, "N = 100"}};
    return chart;
}

Chart share_map() {
    Chart chart = begun("share-map", "Where recall works, by precision",
                        "Each tile is one cell, coloured by the share of probes recalled. Hatched: "
                        "some number overflowed.");
    chart.x = {"interaction_vertex", "interaction vertex n", {Scale::linear}, {}, {}, vertices()};
    chart.y = {"beta", "β", {Scale::linear}, {}, {}, {"0.01", "0.1", "1", "10", "100"}};
    chart.facets = {{"precision", "precision", {"float32", "float64"}, 0}, formulations()};
    chart.panel = 0;
    chart.tile_colors = {"exact_recall", "exact recall", 0.0, 1.0, false};
    for (std::uint32_t p = 0; p < 2; ++p)
        for (std::uint32_t f = 0; f < 2; ++f) {
            for (std::uint32_t x = 0; x < 6; ++x)
                for (std::uint32_t y = 0; y < 5; ++y) {
                    const double share =
                        1 / (1 + std::exp(1.5 * (x + 0.7 * y - 4.0 - 2.0 * p - f)));
                    ChartTile tile{{p, f}, x, y, share, TileState::value, x == 5 && y > 0, ""};
                    if (x == 0 && y == 0) tile.state = TileState::failed;
                    if (x == 1 && y == 0) tile.state = TileState::not_run;
                    if (x == 2 && y == 0) tile.state = TileState::not_applicable;
                    if (tile.state != TileState::value) tile.value = no_number;
                    if (tile.state == TileState::failed) tile.note = "out of memory";
                    chart.tiles.push_back(tile);
                }
            chart.series.push_back(
                {{p, f},
                 "largest term leaves the range",
                 Mark::line,
                 Dash::dashed,
                 false,
                 {at(4.5, -0.5), at(4.5, 1.5), at(3.2 + p, 3.0), at(3.0 + p, 4.5)}});
        }
    return chart;
}

Chart difference_map() {
    Chart chart = begun("difference-map", "What normalizing changes",
                        "Exact recall of the normalized less that of the original formulation.");
    chart.x = {"interaction_vertex",  "interaction vertex n", {Scale::linear}, {}, {},
               {"2", "3", "10", "30"}};
    chart.y = {"similarity", "similarity", {Scale::linear},
               {},           {},           {"dot", "cosine", "inverse squared euclidean"}};
    chart.tile_colors = {"difference", "difference of exact recall", -0.6, 0.6, true};
    for (std::uint32_t x = 0; x < 4; ++x)
        for (std::uint32_t y = 0; y < 3; ++y)
            chart.tiles.push_back(
                {{}, x, y, 0.6 * std::sin(1.0 + 2.0 * x + 1.3 * y), TileState::value, x == 3, ""});
    return chart;
}

Chart ranking_chart() {
    Chart chart = begun("ranking", "Exponents of capacity",
                        "Fitted exponents with 95 % intervals; the rule is what theory says.");
    chart.x = {"exponent", "exponent α", {Scale::linear}, {}, {}, {}};
    chart.y = {
        "network", "network", {Scale::linear},
        {},        {},        {"dot, n = 2", "cosine, n = 2", "dot, n = 3", "a \"quoted\" name"}};
    chart.intervals_along_x = true;
    chart.series = {{{},
                     "fitted",
                     Mark::points,
                     Dash::solid,
                     false,
                     {{1.02, 0, 0.9, 1.15, Sign::filled, "r² = 0.99, 5 points"},
                      {0.97, 1, 0.91, 1.04, Sign::filled, "line one\nline two"},
                      {1.0e-5, 2, -0.1, 0.1, Sign::open, ""},
                      {1.4, 3, no_number, no_number, Sign::arrow_up, "1e-5 < α, \"all\""}}}};
    chart.rules = {{true, 1.0, "theory"}};
    return chart;
}

Chart plain_chart() {
    Chart chart = begun("plain", "One line", "A line and nothing else.");
    chart.x = {"beta", "β", {Scale::logarithmic}, {}, {}, {}};
    chart.y = {"energy", "energy per unit", {Scale::linear}, {}, {}, {}};
    ChartSeries line{{}, "exact", Mark::line, Dash::solid, false, {}};
    for (int i = -30; i <= 30; ++i) {
        const double beta = std::pow(10.0, i);
        line.points.push_back(at(beta, i == 3 ? no_number : std::tanh(0.1 * i) / 3.0));
    }
    line.points.push_back(at(1e31, std::numeric_limits<double>::infinity()));
    chart.series = {line};
    return chart;
}

Chart absent_chart() {
    Chart chart = begun("absent", "What cannot be drawn", "");
    chart.left_out = "No search has found a <crossing>.";
    return chart;
}

std::vector<Chart> synthetic_charts() {
    return {capacity_chart(), recall_chart(), share_map(),   difference_map(),
            ranking_chart(),  plain_chart(),  absent_chart()};
}

} // namespace basin::tests
