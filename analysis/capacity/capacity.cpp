#include "analysis/capacity/capacity.hpp"

#include "analysis/capacity/capacity_charts.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/charts/error_distribution.hpp"
#include "analysis/page/html.hpp"
#include "sweeps/config/capacity_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

PageTable critical_counts(const Cells& cells, const CapacityCurves& curves) {
    PageTable page;
    page.id = "critical-counts";
    page.text = fmt::format(
        "<p>One row per curve: a combination of all parameters but the pattern count. K_c is where "
        "{} ceases to hold as K grows, from a logistic curve in ln K fitted around the threshold; "
        "its interval inverts a score test whose units are replicates, widened to the pattern "
        "counts between which the data cannot tell. A lower or upper end alone is a bound.</p>",
        escaped(curves.criterion.text()));
    if (curves.loads_vary) page.table = critical_count_table(cells, curves);
    page.without_rows = "<p>There is no curve over the pattern count, so there is no table of "
                        "critical pattern counts.</p>";
    return page;
}

PageTable laws(const Cells& cells, const CapacityCurves& curves) {
    return {.id = "capacity-laws",
            .heading = "How capacity grows with the dimension",
            .text =
                "<p>Power laws K_c = a N<sup>b</sup> through curves that differ in the dimension "
                "alone, by weighted least squares of ln K_c on ln N; the interval of b takes "
                "its scale from the residuals.</p>",
            .table = capacity_law_table(cells, curves),
            .without_rows = ""};
}

/// Where single probes end; of more than one a scene, the replicates are means.
constexpr std::string_view final_overlap = "overlap_absolute";

bool has_single_starts(const Cells& cells) {
    return cells.rows() > 0 && !cells.axis("probe_count") &&
           RowSettings(cells).scene(0).cues.probe_count == 1;
}

} // namespace

std::vector<std::string_view> capacity_report_metrics(const Criterion& criterion) {
    // Names that outlive the criterion.
    const auto known = capacity_metrics();
    std::vector<std::string_view> names{*std::ranges::find(known, criterion.metric)};
    if (names.front() != final_overlap) names.push_back(final_overlap);
    return names;
}

PageContent capacity_content(const ReportInput& input) {
    const Cells& cells = input.cells;
    const Criterion criterion = input.criterion ? *input.criterion : criterion_of(cells.provenance);
    const CapacityCurves curves = capacity_curves(cells, criterion);
    PageContent content;
    content.kind = "capacity report";
    content.findings_title = "How much is held";
    content.findings = capacity_findings(cells, curves);
    content.charts = critical_count_charts(cells, curves);
    content.charts.push_back(load_chart(cells, curves));
    content.charts.push_back(collapse_chart(cells, curves));
    content.charts.push_back(phase_map(cells, curves));
    if (has_single_starts(cells))
        content.charts.push_back(distribution_chart(cells, final_overlap));
    content.tables = {critical_counts(cells, curves), laws(cells, curves)};
    return content;
}

} // namespace basin
