#include "analysis/stability/stability.hpp"

#include "analysis/stability/model_comparison.hpp"
#include "analysis/stability/model_table.hpp"
#include "models/scene/setting.hpp"

#include <algorithm>
#include <iterator>

namespace basin {
namespace {

PageTable frontiers(const Cells& cells) {
    return {
        .id = "frontiers",
        .heading = "",
        .text =
            "<p>From which interaction vertex n on arithmetic fails: predicted by closed forms, "
            "and measured. Frontiers that are predicted and measured alike share a row; those "
            "that do not agree come first.</p>\n"
            "<p class=\"note\">Some overflow is predicted for probes that reach their memory. "
            "In a run of several sweeps “every decision NaN” is the same as NaN from the first "
            "sweep on, for a unit without a decision keeps its state. The closed forms are "
            "those of one memory, of powers rounded once: a frontier may shift by a vertex or "
            "two where every product is rounded, where two powers round to the same subnormal "
            "number, or where many memories add up.</p>",
        .table = frontier_table(cells),
        .without_rows =
            "<p>Theory has nothing to say of these cells: it needs a varying interaction "
            "vertex, the dot product or its equals, a polynomial or rectified polynomial, the "
            "contrastive rule, and cues of known overlap with their memory.</p>"};
}

} // namespace

Cells comparable_cells(const Cells& cells) {
    const std::optional<std::size_t> axis = cells.axis("formulation");
    std::vector<bool> keep(cells.rows(), true);
    if (axis)
        for (std::size_t row = 0; row < cells.rows(); ++row)
            keep[row] = cells.axes[*axis].labels[cells.coordinate[*axis][row]] != Classical::name;
    return filtered(cells, keep);
}

std::vector<std::string_view> stability_report_metrics(const Criterion&) {
    std::vector<std::string_view> names(stability_metrics.begin(), stability_metrics.end());
    for (const std::string_view name : model_metrics)
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    return names;
}

PageContent stability_content(const ReportInput& input) {
    const Cells comparable = comparable_cells(input.cells);
    const ModelComparison models = model_comparison(input);
    PageContent content;
    content.kind = "stability report";
    content.findings_title = "What differs, and what the arithmetic does";
    content.findings = stability_findings(comparable);
    std::ranges::copy(models.findings, std::back_inserter(content.findings));
    content.tables = models.tables;
    content.tables.push_back(frontiers(comparable));
    content.shown = fitted(comparable, page_data_limit / 3 * 2, content.figures_note);
    content.overlays = stability_overlays(content.shown);
    content.figures = stability_maps(content.shown, content.overlays);
    content.charts = models.charts;
    return content;
}

std::string stability_report(const Cells& cells, const std::vector<std::string>& sessions) {
    const ReportInput input{cells, sessions, {}, {}, {}, {}};
    return page(stability_content(input), input);
}

} // namespace basin
