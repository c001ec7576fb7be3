#include "analysis/report.hpp"

#include "analysis/findings.hpp"
#include "analysis/page.hpp"
#include "analysis/page_data.hpp"
#include "analysis/table_html.hpp"

namespace basin {
namespace {

std::string overflow_html(const Cells& cells) {
    const Table table = overflow_table(cells);
    if (table.rows.empty()) return "";
    return "<h3>Where overflow begins</h3>\n<p>Interaction vertex n at which the first cell "
           "overflows, over all β, pattern counts and cue levels of the row.</p>\n" +
           table_html(table, "overflow-onset") + "\n<p class=\"actions\">" +
           table_button_html("overflow-onset") + "</p>";
}

std::string tables_html(const Cells& cells) {
    return "<p>One row per model and source. The columns on the right sum over β, pattern count "
           "and "
           "cue level; hover over a heading for its definition, press it to sort.</p>\n" +
           table_html(summary_table(cells), "summary") + "\n<p class=\"actions\">" +
           table_button_html("summary") +
           " <button type=\"button\" data-save-cells>Cells of the figures as CSV</button></p>\n" +
           overflow_html(cells);
}

} // namespace

std::string sweep_report(const Cells& cells, const std::vector<std::string>& sessions,
                         const Gallery& gallery, const SceneSeparability& separability) {
    PageContent content;
    content.kind = "sweep report";
    content.findings_title = "What the sweep shows";
    content.findings = findings(cells);
    content.tables = tables_html(cells);
    const Cells shown = fitted(cells, page_data_limit, content.figures_note);
    content.figures = figures(shown);
    if (const auto figure = separability_figure(separability)) content.figures.push_back(*figure);
    content.gallery = gallery_html(gallery);
    return page(content, cells, shown, sessions);
}

} // namespace basin
