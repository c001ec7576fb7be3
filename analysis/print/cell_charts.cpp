#include "analysis/print/cell_charts.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/reported_metrics.hpp"
#include "analysis/figures/line_layers.hpp"
#include "analysis/figures/map_layers.hpp"
#include "analysis/print/cell_facets.hpp"
#include "analysis/print/frontier_series.hpp"
#include "analysis/print/separability_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace basin {
namespace {

void replace(std::string& text, std::string_view part, const std::string& by) {
    if (const std::size_t at = text.find(part); at != std::string::npos)
        text.replace(at, part.size(), by);
}

Chart chart_of(const Figure& figure) {
    Chart chart;
    chart.id = figure.id;
    chart.title = figure.title;
    chart.caption = figure.caption;
    replace(chart.caption, "one row of panels per precision", "one panel per precision");
    replace(chart.caption, "; heights are drawn as square roots", "");
    replace(chart.caption, " Pale grey is exactly zero.", ""); // print has no colour apart for it
    chart.alt = figure.alt;
    chart.left_out = figure.left_out;
    return chart;
}

std::string with_capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// The chart of one of several quantities, of which the page shows the `first`.
Chart chart_of(const Figure& figure, const Measure& measure, const Measure& first) {
    Chart chart = chart_of(figure);
    for (const char* chosen : {"The chosen quantity", "The chosen error"})
        replace(chart.caption, chosen, with_capital(words(measure.name)));
    if (&measure == &first) return chart;
    chart.id += "-" + measure.name;
    const std::string named = ": " + words(first.name);
    if (chart.title.find(named) != std::string::npos)
        replace(chart.title, named, ": " + words(measure.name));
    else
        chart.title += ": " + words(measure.name);
    return chart;
}

void add_lines(std::vector<Chart>& charts, const Figure& figure, const Cells& cells,
               const Drawn& drawn, std::initializer_list<std::string_view> metrics) {
    const std::vector<const Measure*> measures = measures_with_values(cells, metrics);
    for (const Measure* measure : measures) {
        Chart& chart = charts.emplace_back(chart_of(figure, *measure, *measures.front()));
        draw_lines(chart, cells, drawn, *measure);
    }
}

void recall(std::vector<Chart>& charts, const Figure& figure, const PageContent& content) {
    add_lines(charts, figure, content.shown, drawn_by_lines(content.shown),
              {"recall_error", "exact_recall", "metastable_count", "unique_states", "iterations",
               "one_minus_ssim", "k90"});
}

void choose_panel(Drawn& drawn, const Cells& cells,
                  std::initializer_list<std::string_view> wanted) {
    drawn.panel.reset();
    for (const std::size_t axis : varying_among(cells, wanted))
        if (!drawn.panel && axis != drawn.x && axis != drawn.y) drawn.panel = axis;
    std::vector<std::size_t> shown;
    for (const auto& axis : {drawn.x, drawn.y, drawn.panel})
        if (axis) shown.push_back(*axis);
    drawn.selectors = selectors(cells, shown);
}

void error_beta(std::vector<Chart>& charts, const Figure& figure, const PageContent& content) {
    const Cells cells = filtered(content.shown, continuous_rows(content.shown));
    Drawn drawn = drawn_over(cells, {"beta"}, {"similarity", "separation"});
    choose_panel(drawn, cells, {"separation", "formulation"});
    add_lines(charts, figure, cells, drawn, {"recall_error", "one_minus_ssim"});
}

/// Where areas stand one above the other on the page, lines stand here: they can be read in grey.
void shares_of_regimes(std::vector<Chart>& charts, const Figure& figure,
                       const PageContent& content) {
    const Cells cells = filtered(content.shown, continuous_rows(content.shown));
    Drawn drawn = drawn_over(cells, {"beta"}, {});
    choose_panel(
        drawn, cells,
        {"pattern_count", "dimension", "similarity", "separation", "cue_level", "cue_noise"});
    Measure all{"share_of_probes", "", "", std::vector<double>(cells.rows(), 0.0), {}, {}, {}};
    for (const Regime& regime : regimes())
        if (const Measure* count = cells.measure(regime.count))
            for (std::size_t row = 0; row < cells.rows(); ++row)
                all.mean[row] += count->mean[row];
    Chart& chart = charts.emplace_back(chart_of(figure));
    ChartFacet ends{"regime", "probes end at", {}, 0};
    std::vector<ChartSeries> series;
    for (const Regime& regime : regimes()) {
        const Measure* count = cells.measure(regime.count);
        if (count == nullptr) continue;
        Measure share = all;
        for (std::size_t row = 0; row < cells.rows(); ++row)
            share.mean[row] = count->mean[row] / all.mean[row];
        chart.series.clear();
        draw_lines(chart, cells, drawn, share);
        for (ChartSeries& line : chart.series) {
            line.facets.push_back(static_cast<std::uint32_t>(ends.values.size()));
            series.push_back(std::move(line));
        }
        ends.values.emplace_back(regime.words);
    }
    chart.series = std::move(series);
    chart.color = chart.facets.size();
    chart.facets.push_back(std::move(ends));
}

void error_map(std::vector<Chart>& charts, const Figure& figure, const PageContent& content) {
    const Drawn drawn = drawn_by_maps(content.shown);
    const std::vector<const Measure*> measures =
        measures_with_values(content.shown, {"recall_error", "exact_recall", "metastable_count",
                                             "unique_states", "iterations"});
    for (const Measure* measure : measures) {
        Chart& chart = charts.emplace_back(chart_of(figure, *measure, *measures.front()));
        draw_tiles(chart, content.shown, drawn, *measure, color_top(*measure), true);
    }
}

/// On the page these are two rows of panels.
void overflow_map(std::vector<Chart>& charts, const Figure& figure, const PageContent& content) {
    const std::vector<const Measure*> measures =
        measures_with_values(content.shown, {"overflow_fraction", "num_nan"});
    for (const Measure* measure : measures) {
        const bool nan = measure->name == "num_nan";
        Chart& chart = charts.emplace_back(chart_of(figure, *measure, *measures.front()));
        draw_tiles(chart, content.shown, drawn_by_maps(content.shown), *measure, 1.0, false);
        chart.tile_colors.title = nan ? "share with NaN" : "share with overflow";
        chart.caption = nan ? "Share of unit decisions in which the sum was NaN, so that no "
                              "decision was possible and the unit kept its state."
                            : "Share of unit decisions in which a number overflowed. Overflow "
                              "without NaN still decides with the right sign.";
    }
}

/// Makes panels by another facet too: one per pair of values, named after both.
void add_to_panels(Chart& chart, std::size_t other) {
    const std::size_t panel = *chart.panel;
    ChartFacet& into = chart.facets[panel];
    const ChartFacet with = chart.facets[other];
    const auto count = static_cast<std::uint32_t>(with.values.size());
    std::vector<std::string> pairs;
    for (const std::string& value : into.values)
        for (const std::string& second : with.values)
            pairs.push_back(fmt::format("{} · {}", value, second));
    into.initial = into.initial * count + with.initial;
    into.values = std::move(pairs);
    into.name += "_and_" + with.name;
    into.title += " and " + with.title;
    const auto merge = [&](std::vector<std::uint32_t>& facets) {
        facets[panel] = facets[panel] * count + facets[other];
        facets.erase(facets.begin() + static_cast<std::ptrdiff_t>(other));
    };
    for (ChartTile& tile : chart.tiles)
        merge(tile.facets);
    for (ChartSeries& series : chart.series)
        merge(series.facets);
    chart.facets.erase(chart.facets.begin() + static_cast<std::ptrdiff_t>(other));
}

/// As the stability page draws its maps, where precisions make rows of panels.
void stability_map(std::vector<Chart>& charts, const Figure& figure, const PageContent& content,
                   std::string_view metric) {
    const Cells& cells = content.shown;
    const Measure* measure = cells.measure(metric);
    Drawn drawn = drawn_over(cells, {"interaction_vertex"},
                             {"beta", "cue_level", "pattern_count", "dimension"});
    choose_panel(drawn, cells, {"formulation"});
    for (const std::size_t precision : varying_among(cells, {"precision"})) {
        (drawn.panel ? drawn.panel_row : drawn.panel) = precision;
        std::erase_if(drawn.selectors,
                      [&](const Selector& selector) { return selector.axis == precision; });
    }
    Chart& chart = charts.emplace_back(chart_of(figure));
    if (measure == nullptr || !drawn.x || !drawn.y) {
        chart.left_out = "There is no map to draw.";
        return;
    }
    draw_tiles(chart, cells, drawn, *measure, 1.0, false);
    draw_frontiers(chart, cells, drawn, content.overlays);
    // drawn_facets puts the rows of panels after the panels.
    if (drawn.panel_row) add_to_panels(chart, *chart.panel + 1);
}

} // namespace

std::vector<Chart> printed_figures(const PageContent& content, const ReportInput& input) {
    std::vector<Chart> charts;
    for (const Figure& figure : content.figures) {
        if (!figure.left_out.empty())
            charts.push_back(chart_of(figure));
        else if (figure.id == "recall")
            recall(charts, figure, content);
        else if (figure.id == "error-beta")
            error_beta(charts, figure, content);
        else if (figure.id == "regimes")
            shares_of_regimes(charts, figure, content);
        else if (figure.id == "error-map")
            error_map(charts, figure, content);
        else if (figure.id == "overflow-map")
            overflow_map(charts, figure, content);
        else if (figure.id == "recall-map")
            stability_map(charts, figure, content, "exact_recall");
        else if (figure.id == "failure-map")
            stability_map(charts, figure, content, "numerical_failure");
        else if (figure.id == "separability")
            for (Chart& chart : separability_charts(input.separability, chart_of(figure)))
                charts.push_back(std::move(chart));
        else
            charts.emplace_back(chart_of(figure)).left_out =
                "Not printed: it is drawn on the page alone.";
    }
    return charts;
}

} // namespace basin
