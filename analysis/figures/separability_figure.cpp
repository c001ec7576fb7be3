#include "analysis/cells/labels.hpp"
#include "analysis/figures/separability.hpp"
#include "analysis/figures/vega.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

constexpr const char* self_color = "#d55e00";
constexpr const char* cross_color = "#0072b2";

/// Similarities are of all sizes, from 1e-6 to 1e7.
constexpr const char* edge_label =
    "datum.value !== 0 && (abs(datum.value) < 1e-3 || abs(datum.value) >= 1e5) ? "
    "format(datum.value, '.2~e') : format(datum.value, '.4~g')";

void add_rows(Json& rows, const std::string& name, const char* kind,
              const SimilarityHistogram& histogram, const std::vector<double>& edges) {
    const auto total = static_cast<double>(histogram.total());
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin)
        rows.push_back(
            {{"similarity", name},
             {"kind", kind},
             {"bin_low", edges[bin]},
             {"bin_high", edges[bin + 1]},
             {"count", histogram.counts[bin]},
             {"share",
              total > 0 ? rounded(static_cast<double>(histogram.counts[bin]) / total, 4) : 0}});
}

Json rows_of(const SceneSeparability& separability) {
    Json rows = Json::array();
    for (const auto& each : separability.similarities) {
        add_rows(rows, each.name, "cross", each.found.cross, each.found.edges);
        add_rows(rows, each.name, "self", each.found.self, each.found.edges);
    }
    return rows;
}

std::string signed_text(double value) {
    const std::string text = number_text(value);
    return text.starts_with('-') ? "−" + text.substr(1) : text;
}

/// What stands above a panel: the similarity and its gaps.
Json headings_of(const SceneSeparability& separability) {
    Json headings = Json::object();
    for (const auto& [name, found] : separability.similarities)
        headings[name] = {name,
                          fmt::format("Δ min {} · cues {}", signed_text(found.memory_gaps.least),
                                      signed_text(found.cue_gaps.least))};
    return headings;
}

std::string share_text(double share) {
    return fmt::format("{:.3g} %", 100.0 * share);
}

std::string hull_text(const HullCount& hull) {
    if (hull.looked_at == 0) return "";
    return fmt::format("{} of the memories {} extreme points of their convex hull ({} of {}{}{}).",
                       share_text(hull.extreme_share()), hull.extreme == 1 ? "is" : "are",
                       count_text(hull.extreme), count_text(hull.looked_at),
                       hull.inside > 0 ? fmt::format("; {} in the hull of the others", hull.inside)
                                       : "",
                       hull.undecided > 0 ? fmt::format("; {} undecided", hull.undecided) : "");
}

std::string gaps_text(const SceneSeparability& separability) {
    std::string text;
    for (const auto& [name, found] : separability.similarities)
        text +=
            fmt::format("{}{} {} (of cues {})", text.empty() ? "" : ", ", name,
                        signed_text(found.memory_gaps.least), signed_text(found.cue_gaps.least));
    return text;
}

/// What is not drawn, or looked at.
std::string left_out_text(const SceneSeparability& separability) {
    std::string text;
    for (const auto& [name, found] : separability.similarities)
        if (const auto count = found.self.not_finite() + found.cross.not_finite(); count > 0)
            text += fmt::format(" {} pair{} of {} {} infinite or not a number and not drawn.",
                                count_text(count), count == 1 ? "" : "s", name,
                                count == 1 ? "is" : "are");
    const Separability& any = separability.similarities.front().found;
    if (any.memories_looked_at < any.memories || any.cues_looked_at < any.cues)
        text += fmt::format(" Looked at: {} of {} memories and {} of {} cues, evenly spread; gaps "
                            "are to the nearest of all memories.",
                            count_text(any.memories_looked_at), count_text(any.memories),
                            count_text(any.cues_looked_at), count_text(any.cues));
    return text;
}

std::string caption_of(const SceneSeparability& separability) {
    std::string text = fmt::format(
        "Replicate 1{}{}, computed once more for this page: how similar a cue is to its own memory "
        "(self) and to the others (cross), as shares of either in {} bins; heights are drawn as "
        "square roots. Δ of a memory is its similarity to itself less that to the most similar "
        "other one, and of a cue likewise: below 0, another memory is more similar to it than its "
        "own, whatever β. Look for panels where the two are apart. ",
        separability.scene.empty() ? "" : " at ", separability.scene, histogram_bins);
    const std::string hull = hull_text(separability.hull);
    text += fmt::format("Smallest Δ: {}.{}{}{}", gaps_text(separability), hull.empty() ? "" : " ",
                        hull, left_out_text(separability));
    return separability.note.empty() ? text : text + " " + separability.note;
}

std::string alt_of(const SceneSeparability& separability) {
    return fmt::format("Histograms of self and cross similarity for {} similarit{}. Smallest gap "
                       "between a memory's similarity to itself and to the most similar other one: "
                       "{}. {}",
                       separability.similarities.size(),
                       separability.similarities.size() == 1 ? "y" : "ies", gaps_text(separability),
                       hull_text(separability.hull));
}

/// Of the shares drawn: the end of the axis, and where it is labelled.
Json share_axis(const Json& rows) {
    double largest = 0.0;
    for (const Json& row : rows)
        largest = std::max(largest, row["share"].get<double>());
    Json values = {0.0};
    for (const double value : {0.01, 0.05, 0.1, 0.2, 0.5, 1.0}) {
        values.push_back(value);
        if (value >= largest) break;
    }
    return {{"field", "share"},
            {"type", "quantitative"},
            {"title", nullptr},
            {"scale", {{"type", "sqrt"}, {"domain", {0, values.back()}}, {"nice", false}}},
            {"axis", {{"values", values}, {"format", ".0%"}}}};
}

Json bars(std::size_t panels, const Json& share) {
    return {
        {"width", panels == 1   ? 820
                  : panels == 2 ? 440
                                : 290},
        {"height", panels == 1 ? 300 : 170},
        // Bars of no height would draw a line along the base.
        {"transform", {{{"filter", "datum.count > 0"}}}},
        {"mark", {{"type", "rect"}, {"opacity", 0.6}}},
        {"encoding",
         {{"x",
           {{"field", "bin_low"},
            {"type", "quantitative"},
            {"title", nullptr},
            {"scale", {{"zero", false}, {"nice", false}}},
            {"axis",
             {{"grid", false},
              {"tickCount", 4},
              {"labelOverlap", "greedy"},
              {"labelSeparation", 8},
              {"labelExpr", edge_label}}}}},
          {"x2", {{"field", "bin_high"}}},
          {"y", share},
          {"y2", {{"datum", 0}}},
          {"color",
           {{"field", "kind"},
            {"type", "nominal"},
            {"scale", {{"domain", {"self", "cross"}}, {"range", {self_color, cross_color}}}},
            {"legend",
             {{"title", nullptr},
              {"orient", "top"},
              {"symbolType", "square"},
              {"symbolSize", 220},
              {"symbolStrokeWidth", 0}}}}},
          {"tooltip",
           {{{"field", "kind"}, {"type", "nominal"}},
            {{"field", "bin_low"}, {"type", "quantitative"}, {"format", ".4"}, {"title", "from"}},
            {{"field", "bin_high"}, {"type", "quantitative"}, {"format", ".4"}, {"title", "to"}},
            {{"field", "count"}, {"type", "quantitative"}, {"title", "pairs"}},
            {{"field", "share"}, {"type", "quantitative"}, {"format", ".2%"}}}}}}};
}

Json spec_of(const SceneSeparability& separability) {
    const Json headings = headings_of(separability);
    const Json rows = rows_of(separability);
    Json order = Json::array();
    for (const auto& each : separability.similarities)
        order.push_back(each.name);
    return {
        {"$schema", "https://vega.github.io/schema/vega-lite/v5.json"},
        {"config", house_style()},
        {"title", {{"text", "share of pairs"}, {"subtitle", separability.scene}}},
        {"data", {{"values", rows}}},
        {"usermeta",
         {{"columns", {"similarity", "kind", "bin_low", "bin_high", "count", "share"}}}},
        {"facet",
         {{"field", "similarity"},
          {"type", "nominal"},
          {"sort", order},
          {"title", nullptr},
          {"header", {{"labelExpr", headings.dump() + "[datum.value]"}, {"labelFontSize", 14}}}}},
        {"columns", 3},
        {"spacing", 36},
        {"resolve", {{"scale", {{"x", "independent"}}}}},
        {"spec", bars(separability.similarities.size(), share_axis(rows))},
    };
}

} // namespace

std::optional<Figure> separability_figure(const SceneSeparability& separability) {
    if (separability.is_empty()) return std::nullopt;
    Figure figure;
    figure.id = "separability";
    figure.title = "How far apart similarities hold memories";
    if (separability.similarities.empty()) {
        figure.left_out = separability.note;
        return figure;
    }
    figure.caption = caption_of(separability);
    figure.alt = alt_of(separability);
    figure.spec = spec_of(separability).dump();
    figure.own_data = true;
    return figure;
}

} // namespace basin
