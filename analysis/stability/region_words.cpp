#include "analysis/cells/labels.hpp"
#include "analysis/cells/phrases.hpp"
#include "analysis/cells/statistics.hpp"
#include "analysis/charts/model_facets.hpp"
#include "analysis/stability/working_region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace basin {
namespace {

/// With the sign that print has.
std::string signed_text(double value) {
    std::string text = number_text(value);
    for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at))
        text.replace(at, 1, "−");
    return text;
}

/// "In the original formulation (float32)", "With float32", "" if there is but one model.
std::string model_words(const Cells& cells, const std::vector<std::uint32_t>& model) {
    std::string formulation;
    std::vector<std::size_t> axes;
    std::vector<std::uint32_t> values;
    const std::vector<std::size_t> all = model_axes(cells);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (cells.axes[all[i]].name == "formulation") {
            formulation =
                fmt::format("In the {} formulation", value_text(cells.axes[all[i]], model[i]));
        } else {
            axes.push_back(all[i]);
            values.push_back(model[i]);
        }
    const std::string others = described(cells, axes, values);
    if (formulation.empty()) return others.empty() ? "" : "With " + others;
    return others.empty() ? formulation : fmt::format("{} ({})", formulation, others);
}

std::string sentence(const std::string& where, const std::string& what) {
    if (!where.empty()) return fmt::format("{} {}.", where, what);
    std::string text = what + ".";
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

/// Equal replicates do not make a number certain to their last digit: beta moves on a grid.
std::string how_sure(const std::string& interval, double low, double high, std::size_t replicates) {
    if (low == high)
        return fmt::format("on this grid the same in all {}", replicates_text(replicates));
    return fmt::format("95 % interval {}; {}", interval, replicates_text(replicates));
}

std::string shift_text(const Slope& slope) {
    const MeanInterval& shift = slope.per_vertex;
    return fmt::format(
        "moves by {} decades per unit of n ({})", signed_text(shift.mean),
        how_sure(fmt::format("{} to {}", signed_text(shift.low), signed_text(shift.high)),
                 shift.low, shift.high, slope.replicates));
}

std::string growth_text(const Slope& slope) {
    const MeanInterval& growth = slope.per_vertex;
    const auto [low, high] = std::minmax({std::abs(growth.low), std::abs(growth.high)});
    return fmt::format(
        "becomes {} by {} % per unit of n ({})", growth.mean < 0 ? "narrower" : "wider",
        number_text(100.0 * std::abs(growth.mean)),
        how_sure(fmt::format("{} to {} %", number_text(100.0 * low), number_text(100.0 * high)),
                 low, high, slope.replicates));
}

/// "; of 5 vertices with a region 2 count, the others reach an end of the grid"
std::string left_out_text(const RegionDrift& drift, const Slope& slope) {
    if (slope.vertices == drift.vertices) return "";
    return fmt::format("; of {} vertices with a region {} count, for at the others the grid ends "
                       "before the region does",
                       drift.vertices, slope.vertices);
}

/// What moves, "" if nothing does. Edges have their say where no centre was measured.
std::string movement(const RegionDrift& drift) {
    std::vector<std::string> parts;
    if (excludes_zero(drift.centre.per_vertex)) parts.push_back(shift_text(drift.centre));
    if (excludes_zero(drift.area.per_vertex)) parts.push_back(growth_text(drift.area));
    if (!parts.empty())
        return "the working region of β " + joined(parts) + left_out_text(drift, drift.centre);
    if (drift.centre.replicates > 0) return "";
    for (const auto& [edge, slope] :
         {std::pair("lower", drift.low), std::pair("upper", drift.high)})
        if (excludes_zero(slope.per_vertex))
            parts.push_back(fmt::format("the {} edge of the working region of β {}{}", edge,
                                        shift_text(slope), left_out_text(drift, slope)));
    return joined(parts);
}

} // namespace

std::vector<std::string> region_sentences(const Cells& cells,
                                          const std::vector<RegionDrift>& drifts) {
    std::vector<std::string> sentences;
    for (const RegionDrift& drift : drifts) {
        const std::string where = model_words(cells, drift.model);
        if (const std::string what = movement(drift); !what.empty())
            sentences.push_back(sentence(where, what));
        if (drift.none_from)
            sentences.push_back(
                sentence(where, fmt::format("no β of the grid works from {} on ({})",
                                            at_vertex(cells, *drift.none_from),
                                            replicates_text(drift.none_replicates))));
    }
    return sentences;
}

} // namespace basin
