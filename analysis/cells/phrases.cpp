#include "analysis/cells/phrases.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"

#include <fmt/format.h>

#include <cctype>
#include <numeric>

namespace basin {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? std::string(" and ") : ", ") + parts[i];
    return text;
}

std::vector<Excerpt> excerpts(const Cells& cells, const std::vector<std::size_t>& split,
                              const std::vector<std::size_t>& free) {
    std::vector<std::size_t> shown = split;
    shown.insert(shown.end(), free.begin(), free.end());
    std::vector<bool> keep(cells.rows(), true);
    std::vector<std::size_t> axes = split;
    std::vector<std::uint32_t> usual_values;
    for (const Selector& selector : selectors(cells, shown)) {
        axes.push_back(selector.axis);
        usual_values.push_back(static_cast<std::uint32_t>(selector.initial));
        for (std::size_t row = 0; row < cells.rows(); ++row)
            keep[row] = keep[row] && cells.coordinate[selector.axis][row] == selector.initial;
    }
    const Cells usual = filtered(cells, keep);
    std::vector<Excerpt> all;
    for (const auto& [group, rows] : grouped(usual, split)) {
        std::vector<std::uint32_t> values = group;
        values.insert(values.end(), usual_values.begin(), usual_values.end());
        all.push_back({only_rows(usual, rows), axes, std::move(values)});
    }
    return all;
}

std::string described(const Cells& cells, const std::vector<std::size_t>& axes,
                      const std::vector<std::uint32_t>& values) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const CubeAxis& axis = cells.axes[axes[i]];
        const std::string value = value_text(axis, values[i]);
        if (axis.name == "formulation" || axis.name == "similarity")
            parts.push_back(value + " " + axis.name);
        else if (axis.name == "precision" || axis.name == "source")
            parts.push_back(value);
        else
            parts.push_back(words(axis.name) + " = " + value);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string heading(const Excerpt& excerpt) {
    std::string text = described(excerpt.cells, excerpt.axes, excerpt.values);
    if (text.empty()) return "All cells";
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

std::string at_vertex(const Cells& cells, std::size_t value) {
    return "n = " + value_text(cells.axes[*cells.axis("interaction_vertex")], value);
}

Cells only_rows(const Cells& cells, const std::vector<std::size_t>& rows) {
    std::vector<bool> keep(cells.rows());
    for (const std::size_t row : rows)
        keep[row] = true;
    return filtered(cells, keep);
}

std::vector<std::size_t> all_rows(const Cells& cells) {
    std::vector<std::size_t> rows(cells.rows());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

} // namespace basin
