#include "analysis/cells/labels.hpp"
#include "analysis/figures/gallery.hpp"
#include "analysis/figures/png_image.hpp"
#include "analysis/page/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace basin {
namespace {

/// A cell of the table: an image with what it is, for those who do not see it, and what is said
/// below it.
struct Shown {
    const GalleryImage& image;
    std::string alt;
    std::string said;
    std::string_view kind = ""; ///< "right", "wrong"
    bool first = false;         ///< of a probe's images
};

std::string cell_html(const Gallery& gallery, const Shown& shown) {
    const std::string_view place = shown.first ? " class=\"first\"" : "";
    if (shown.image.empty()) return fmt::format("<td{}></td>", place);
    const Picture picture = picture_of(shown.image, gallery.image, gallery.range);
    return fmt::format("<td{}><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\"><span "
                       "class=\"said {}\">{}</span></td>\n",
                       place, data_uri(picture), picture.width, picture.height, escaped(shown.alt),
                       shown.kind, escaped(shown.said));
}

/// A line, or nothing without an original.
std::string error_line(double error) {
    return std::isnan(error) ? "" : "MSE " + number_text(error, 2) + "\n";
}

/// What the network stores and is shown, above the first setting.
std::string probes_html(const Gallery& gallery) {
    std::string html = "<tr><th scope=\"row\">stored, and its cue</th>";
    for (std::size_t p = 0; p < gallery.probes.size(); ++p) {
        const GalleryProbe& probe = gallery.probes[p];
        const bool is_of_memory = !probe.original.empty();
        const std::string memory = fmt::format("#{}", probe.target);
        html += cell_html(gallery, {probe.original, fmt::format("Probe {}: original", p + 1),
                                    is_of_memory ? memory : "", "", true});
        html += cell_html(gallery, {probe.cue, fmt::format("Probe {}: cue", p + 1), "cue"});
        html += "<td></td>";
    }
    return html + "</tr>\n";
}

std::string row_html(const Gallery& gallery, const GalleryRow& row) {
    std::string html = fmt::format("<tr><th scope=\"row\">{}</th>", escaped(row.setting));
    for (std::size_t p = 0; p < row.probes.size(); ++p) {
        const GalleryRecall& recall = row.probes[p];
        const GalleryProbe& probe = gallery.probes[p];
        const std::string of = fmt::format("Probe {}, {}: ", p + 1, row.setting);
        const std::string steps =
            fmt::format("{} step{}", recall.steps, recall.steps == 1 ? "" : "s");
        const std::string k90 = recall.k90 == 0 ? "no weights" : fmt::format("k90 {}", recall.k90);
        const bool is_judged = !probe.original.empty();
        const bool is_right = recall.nearest == probe.original;
        html += cell_html(gallery, {recall.after_one, of + "after one step",
                                    error_line(recall.error_after_one), "", true});
        html += cell_html(gallery, {recall.recalled, fmt::format("{}recalled after {}", of, steps),
                                    fmt::format("{}{}\n{}", error_line(recall.error), k90, steps)});
        html += cell_html(gallery, {recall.nearest,
                                    fmt::format("{}nearest stored, memory {}{}", of, recall.memory,
                                                !is_judged ? ""
                                                : is_right ? ", the original"
                                                           : ", not the original"),
                                    fmt::format("{}#{}",
                                                !is_judged ? ""
                                                : is_right ? "✓ "
                                                           : "✗ ",
                                                recall.memory),
                                    !is_judged ? ""
                                    : is_right ? "right"
                                               : "wrong"});
    }
    return html + "</tr>\n";
}

std::string table_of(const Gallery& gallery) {
    std::string html = "<div class=\"gallery\" tabindex=\"0\"><table>\n<thead><tr><td></td>";
    for (std::size_t p = 0; p < gallery.probes.size(); ++p)
        html += fmt::format("<th scope=\"colgroup\" colspan=\"3\" class=\"first\">probe {}</th>",
                            p + 1);
    html += "</tr>\n</thead>\n<tbody>\n" + probes_html(gallery) + "<tr><td></td>";
    for (std::size_t p = 0; p < gallery.probes.size(); ++p)
        html += "<th scope=\"col\" class=\"first\">one step</th><th scope=\"col\">recalled</th><th "
                "scope=\"col\">nearest stored</th>";
    html += "</tr>\n";
    for (const GalleryRow& row : gallery.rows)
        html += row_html(gallery, row);
    return html + "</tbody></table></div>\n";
}

std::string caption_of(const Gallery& gallery) {
    const bool is_reduced = std::max(gallery.image.height, gallery.image.width) > longest_side;
    return fmt::format(
        "Replicate 1{}{}, its first {} probes, recalled once more for this page. On top the stored "
        "image and the cue; below, for each setting, the state after one step, at the end, and the "
        "memory nearest to it. MSE: mean squared difference from the original, in the patterns' "
        "own units. k90: memories that make up 90 % of the state. #: a memory's index, ✓ if it is "
        "the original. Values from {} to {} are drawn "
        "from black to white{}.",
        gallery.scene.empty() ? "" : " at ", gallery.scene, gallery.probes.size(),
        number_text(gallery.range.low), number_text(gallery.range.high),
        is_reduced ? fmt::format("; images of {} × {} pixels are shown smaller",
                                 gallery.image.height, gallery.image.width)
                   : "");
}

} // namespace

std::string gallery_html(const Gallery& gallery) {
    if (gallery.is_empty()) return "";
    std::string html = "<section aria-labelledby=\"gallery-title\">\n<h2 "
                       "id=\"gallery-title\">What is recalled</h2>\n";
    if (!gallery.note.empty())
        html += fmt::format("<p class=\"notice\">{}</p>\n", escaped(gallery.note));
    if (!gallery.rows.empty())
        html += fmt::format("<figure id=\"gallery\">\n<figcaption>{}</figcaption>\n{}</figure>\n",
                            escaped(caption_of(gallery)), table_of(gallery));
    return html + "</section>\n";
}

} // namespace basin
