#include "analysis/page/page.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/figures/chart_fit.hpp"
#include "analysis/page/chart_html.hpp"
#include "analysis/page/html.hpp"
#include "analysis/page/map_key.hpp"
#include "analysis/page/provenance_html.hpp"
#include "analysis/page/table_html.hpp"
#include "analysis/page/web_files.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace basin {
namespace {

/// "n = 20" must not be broken over two lines.
std::string with_whole_equations(std::string text) {
    for (const std::string sign : {" = ", " ≤ "})
        for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
            text.replace(at, sign.size(), "&nbsp;" + sign.substr(1, sign.size() - 2) + "&nbsp;");
    return text;
}

std::string findings_html(const std::vector<std::string>& sentences) {
    if (sentences.empty()) return "<p>No rule found anything to say about these cells.</p>";
    std::string html = "<ul class=\"findings\">\n";
    for (const std::string& sentence : sentences)
        html += fmt::format("<li>{}</li>\n", with_whole_equations(escaped(sentence)));
    return html + "</ul>";
}

std::string tally_html(const Cells& cells) {
    const auto points = [&](Status status) {
        return static_cast<std::size_t>(cells.points[static_cast<std::size_t>(status)]);
    };
    const std::size_t done = points(Status::done);
    const std::size_t bad =
        points(Status::failed) + points(Status::timed_out) + points(Status::crashed);
    const std::size_t missing = points(Status::not_run);
    const std::size_t without_meaning = points(Status::not_applicable);
    std::string html;
    const auto add = [&](std::size_t count, const char* what, bool alarming) {
        html += fmt::format("<li{}><b>{}</b> {}</li>\n",
                            alarming && count > 0 ? " class=\"bad\"" : "", count_text(count), what);
    };
    add(done + bad + missing + without_meaning, "points planned", false);
    add(done, "done", false);
    add(bad, "failed", true);
    add(without_meaning, "not applicable", false);
    add(missing, "not run", true);
    return html;
}

std::string figures_html(const std::vector<Figure>& all, const Cells& cells,
                         const std::string& note) {
    std::string html;
    for (const Figure& figure : all) {
        html +=
            fmt::format("<section aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
                        figure.id, escaped(figure.title));
        if (figure.spec.empty()) {
            html += fmt::format("<p>{}</p>\n</section>\n", escaped(figure.left_out));
            continue;
        }
        html += fmt::format(
            "<figure id=\"{0}\">\n<figcaption>{1} {2}</figcaption>\n"
            "<div class=\"controls\" id=\"{0}-controls\"></div>\n"
            "<div class=\"chart\" id=\"{0}-chart\" role=\"img\" aria-label=\"{3}\"></div>\n{4}{5}"
            "</figure>\n</section>\n",
            figure.id, escaped(figure.caption), escaped(note), escaped(figure.alt),
            figure.map ? key_html(map_key(figure, cells)) : "",
            figure.own_data ? fmt::format("<p class=\"actions\"><button type=\"button\" "
                                          "data-save-figure=\"{}\">Numbers of this figure as "
                                          "CSV</button></p>\n",
                                          figure.id)
                            : "");
    }
    return html;
}

std::string specs_json(const std::vector<Figure>& all) {
    nlohmann::json specs = nlohmann::json::array();
    for (const Figure& figure : all)
        if (!figure.spec.empty())
            specs.push_back({{"id", figure.id}, {"spec", nlohmann::json::parse(figure.spec)}});
    return specs.dump();
}

std::string tables_html(const PageContent& content) {
    std::string html;
    for (const PageTable& each : content.tables) {
        if (each.table.rows.empty()) {
            html += each.without_rows + "\n";
            continue;
        }
        if (!each.heading.empty()) html += fmt::format("<h3>{}</h3>\n", escaped(each.heading));
        const bool with_cells = &each == content.tables.data() && content.shown.rows() > 0;
        html += fmt::format("{}\n{}\n<p class=\"actions\">{}{}</p>\n", each.text,
                            table_html(each.table, each.id), table_button_html(each.id),
                            with_cells ? " <button type=\"button\" data-save-cells>Cells of the "
                                         "figures as CSV</button>"
                                       : "");
    }
    return html;
}

/// "sweep report" is made by `basin report sweep`.
std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find(' '));
}

/// Our own scripts, one after another: parts of one function.
std::string own_scripts() {
    std::string all;
    for (const char* name : {"data.js", "cells.js", "drawing.js", "chart_data.js", "chart_spec.js",
                             "chart_controls.js", "page.js"})
        all += std::string(web_file(name)) + "\n";
    return all;
}

} // namespace

std::string page(const PageContent& content, const ReportInput& input) {
    const Cells& cells = input.cells;
    const std::string shown = page_data(content.shown, content.overlays);
    const std::vector<Chart> charts =
        fitted(content.charts, page_data_limit - std::min(page_data_limit, shown.size()),
               chart_data_least);
    return filled(
        web_file("page.html"),
        {{"name", escaped(sweep_name(cells))},
         {"kind", content.kind},
         {"style", std::string(web_file("page.css"))},
         {"tally", tally_html(cells)},
         {"facts", facts_html(cells)},
         {"fixed", fixed_html(cells)},
         {"findings-title", content.findings_title},
         {"findings", findings_html(content.findings)},
         {"replicates",
          fmt::format("{} replicate{}", cells.replicates, cells.replicates == 1 ? "" : "s")},
         {"figures", figures_html(content.figures, content.shown, content.figures_note) +
                         charts_html(charts) + content.gallery},
         {"tables", tables_html(content)},
         {"provenance", again_html(cells, first_word(content.kind)) + provenance_html(cells)},
         {"sessions", sessions_html(input.sessions)},
         {"licences", escaped(web_file("licences.txt"))},
         {"cells", inside_json(shown)},
         {"specs", inside_json(specs_json(content.figures))},
         {"charts", inside_json(charts_json(charts))},
         {"vega", inside_script(web_file("vega.js"))},
         {"vega-lite", inside_script(web_file("vega-lite.js"))},
         {"vega-embed", inside_script(web_file("vega-embed.js"))},
         {"script", inside_script(own_scripts())}});
}

} // namespace basin
