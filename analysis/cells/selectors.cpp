#include "analysis/cells/selectors.hpp"

#include "analysis/cells/labels.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace basin {
namespace {

constexpr std::uint32_t no_value = ~std::uint32_t{0};

/// For every value of axis `by`, the one value of `axis` that occurs with it; nothing if some value
/// of `by` occurs with several.
std::optional<std::vector<std::uint32_t>> determined(const Cells& cells, std::size_t axis,
                                                     std::size_t by) {
    std::vector<std::uint32_t> partner(cells.axes[by].size(), no_value);
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        std::uint32_t& known = partner[cells.coordinate[by][row]];
        if (known != no_value && known != cells.coordinate[axis][row]) return std::nullopt;
        known = cells.coordinate[axis][row];
    }
    return partner;
}

/// The value a reader would want to see first, whether or not cells are done there.
std::size_t usual(const CubeAxis& axis, const std::vector<std::size_t>& values) {
    const auto best = [&](auto&& cost) {
        return *std::min_element(values.begin(), values.end(),
                                 [&](std::size_t a, std::size_t b) { return cost(a) < cost(b); });
    };
    if (axis.numeric && axis.name == "beta")
        return best([&](std::size_t v) { return std::abs(std::log(axis.numbers[v])); });
    if (axis.numeric && axis.name == "cue_level")
        return best([&](std::size_t v) { return axis.numbers[v] > 0 ? axis.numbers[v] : 2.0; });
    if (axis.name == "pattern_count") return values[values.size() * 2 / 3];
    return best([&](std::size_t v) {
        return axis.labels[v] == "dot" || axis.labels[v] == "float32" ? 0 : 1;
    });
}

bool contains(const std::vector<std::size_t>& list, std::size_t item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// Chooses initial values one selector after the other, keeping to values with done cells.
void choose_initial(const Cells& cells, std::vector<Selector>& all) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done) rows.push_back(row);
    for (Selector& selector : all) {
        const std::vector<std::uint32_t>& coordinate = cells.coordinate[selector.axis];
        std::vector<std::size_t> count(cells.axes[selector.axis].size());
        for (const std::size_t row : rows)
            ++count[coordinate[row]];
        const auto fullest = std::max_element(count.begin(), count.end());
        const std::size_t wanted = usual(cells.axes[selector.axis], selector.values);
        const bool enough = 2 * count[wanted] >= *fullest;
        selector.initial = enough ? wanted : static_cast<std::size_t>(fullest - count.begin());
        std::erase_if(rows, [&](std::size_t row) { return coordinate[row] != selector.initial; });
    }
}

} // namespace

std::vector<std::size_t> values_present(const Cells& cells, std::size_t axis) {
    std::vector<bool> occurs(cells.axes[axis].size());
    for (const std::uint32_t value : cells.coordinate[axis])
        occurs[value] = true;
    std::vector<std::size_t> values;
    for (std::size_t value = 0; value < occurs.size(); ++value)
        if (occurs[value]) values.push_back(value);
    return values;
}

std::vector<std::size_t> varying_axes(const Cells& cells) {
    std::vector<std::size_t> varying;
    for (std::size_t axis = 0; axis < cells.axes.size(); ++axis)
        if (values_present(cells, axis).size() > 1) varying.push_back(axis);
    return varying;
}

std::vector<std::size_t> varying_among(const Cells& cells,
                                       std::initializer_list<std::string_view> names) {
    const std::vector<std::size_t> varying = varying_axes(cells);
    std::vector<std::size_t> axes;
    for (const std::string_view name : names)
        if (const auto axis = cells.axis(name); axis && contains(varying, *axis))
            axes.push_back(*axis);
    return axes;
}

std::vector<Selector> selectors(const Cells& cells, const std::vector<std::size_t>& shown) {
    const std::vector<std::size_t> varying = varying_axes(cells);
    std::vector<std::size_t> kept = varying;
    for (std::size_t i = varying.size(); i-- > 0;) // of two that go together the first stays
        for (const std::size_t other : varying)
            if (const std::size_t axis = varying[i];
                axis != other && contains(kept, axis) && contains(kept, other) &&
                !contains(shown, axis) && determined(cells, axis, other))
                std::erase(kept, axis);

    std::vector<Selector> all;
    for (const std::size_t axis : kept) {
        if (contains(shown, axis)) continue;
        Selector selector{axis, 0, values_present(cells, axis), {}};
        for (const std::size_t value : selector.values)
            selector.texts.push_back(value_text(cells.axes[axis], value));
        for (const std::size_t other : varying) {
            if (contains(kept, other) || contains(shown, other)) continue;
            if (const auto partner = determined(cells, other, axis))
                for (std::size_t i = 0; i < selector.values.size(); ++i)
                    selector.texts[i] +=
                        " · " + words(cells.axes[other].name) + " = " +
                        value_text(cells.axes[other], (*partner)[selector.values[i]]);
        }
        all.push_back(std::move(selector));
    }
    choose_initial(cells, all);
    return all;
}

} // namespace basin
