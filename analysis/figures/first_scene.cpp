#include "analysis/figures/first_scene.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/phrases.hpp"
#include "analysis/cells/selectors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

std::vector<PinnedAxis> keep_first_scene(const Cells& cells, std::vector<std::size_t>& rows,
                                         std::initializer_list<std::string_view> left_free) {
    const Cells part = only_rows(cells, rows);
    std::vector<PinnedAxis> pinned;
    for (const Selector& selector : selectors(part, varying_among(part, left_free))) {
        const std::size_t axis = selector.axis;
        std::erase_if(
            rows, [&](std::size_t row) { return cells.coordinate[axis][row] != selector.initial; });
        const auto at = std::ranges::find(selector.values, selector.initial);
        pinned.push_back(
            {axis, selector.texts[static_cast<std::size_t>(at - selector.values.begin())]});
    }
    return pinned;
}

std::string words_of(const Cells& cells, const std::vector<PinnedAxis>& pinned) {
    std::string text;
    for (const PinnedAxis& each : pinned)
        text += fmt::format("{}{} = {}", text.empty() ? "" : " · ",
                            words(cells.axes[each.axis].name), each.text);
    return text;
}

} // namespace basin
