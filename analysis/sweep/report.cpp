#include "analysis/sweep/report.hpp"

#include "analysis/sweep/findings.hpp"

namespace basin {
namespace {

std::vector<PageTable> tables(const Cells& cells) {
    return {{.id = "summary",
             .heading = "",
             .text =
                 "<p>One row per model and source. The columns on the right sum over β, pattern "
                 "count and cue level; hover over a heading for its definition, press it to "
                 "sort.</p>",
             .table = summary_table(cells),
             .without_rows = ""},
            {.id = "overflow-onset",
             .heading = "Where overflow begins",
             .text = "<p>Interaction vertex n at which the first cell overflows, over all β, "
                     "pattern counts and cue levels of the row.</p>",
             .table = overflow_table(cells),
             .without_rows = ""}};
}

} // namespace

PageContent sweep_content(const ReportInput& input) {
    PageContent content;
    content.kind = "sweep report";
    content.findings_title = "What the sweep shows";
    content.findings = findings(input.cells);
    content.tables = tables(input.cells);
    content.shown = fitted(input.cells, page_data_limit, content.figures_note);
    content.figures = figures(content.shown);
    if (const auto figure = separability_figure(input.separability))
        content.figures.push_back(*figure);
    content.gallery = gallery_html(input.gallery);
    return content;
}

std::string sweep_report(const Cells& cells, const std::vector<std::string>& sessions,
                         const Gallery& gallery, const SceneSeparability& separability) {
    const ReportInput input{cells, sessions, gallery, separability, {}, {}};
    return page(sweep_content(input), input);
}

} // namespace basin
