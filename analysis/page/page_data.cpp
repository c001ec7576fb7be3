#include "analysis/page/page_data.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace basin {
namespace {

using Json = nlohmann::json;

constexpr int digits = 4; // a mean's interval is wider than its fourth digit

Json rounded_column(const std::vector<double>& values) {
    Json column = Json::array();
    for (const double value : values)
        column.push_back(rounded(value, digits));
    return column;
}

Json axes_json(const Cells& cells) {
    Json axes = Json::array();
    for (const CubeAxis& axis : cells.axes) {
        Json texts = Json::array();
        for (std::size_t value = 0; value < axis.size(); ++value)
            texts.push_back(value_text(axis, value));
        axes.push_back({{"name", axis.name},
                        {"title", words(axis.name)},
                        {"numeric", axis.numeric},
                        {"values", axis.numeric ? Json(axis.numbers) : Json(axis.labels)},
                        {"texts", texts}});
    }
    return axes;
}

/// The numeric axis with the most values among the cells, if that is more than three.
std::optional<std::size_t> longest_axis(const Cells& cells) {
    std::optional<std::size_t> longest;
    std::size_t most = 3;
    for (std::size_t axis = 0; axis < cells.axes.size(); ++axis)
        if (const std::size_t size = values_present(cells, axis).size();
            cells.axes[axis].numeric && size > most) {
            longest = axis;
            most = size;
        }
    return longest;
}

Cells every_second(const Cells& cells, std::size_t axis) {
    const std::vector<std::size_t> values = values_present(cells, axis);
    std::vector<bool> kept(cells.axes[axis].size());
    for (std::size_t i = 0; i < values.size(); i += 2)
        kept[values[i]] = true;
    std::vector<bool> rows(cells.rows());
    for (std::size_t row = 0; row < cells.rows(); ++row)
        rows[row] = kept[cells.coordinate[axis][row]];
    return filtered(cells, rows);
}

} // namespace

std::string page_data(const Cells& cells, const std::vector<Overlay>& overlays) {
    Json places = Json::array();
    Json states = Json::array();
    std::uint64_t previous = 0;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        const std::uint64_t place = cells.place(row);
        places.push_back(place - previous);
        previous = place;
        states.push_back(static_cast<unsigned>(cells.state[row]));
    }
    Json flag_names = Json::array();
    for (const Flag& each : all_flags)
        flag_names.push_back(each.name);
    Json measures = Json::array();
    for (const Measure& measure : cells.measures)
        measures.push_back({{"name", measure.name},
                            {"title", title_with_unit(measure.name, measure.unit)},
                            {"mean", rounded_column(measure.mean)},
                            {"low", rounded_column(measure.low)},
                            {"high", rounded_column(measure.high)}});
    Json overlays_json = Json::array();
    for (const Overlay& overlay : overlays)
        overlays_json.push_back({{"name", overlay.name}, {"values", overlay.values}});
    const Json data = {
        {"axes", axes_json(cells)},
        {"replicates", cells.replicates},
        {"states", cell_state_names},
        {"flag_names", flag_names},
        {"overflow_mask", flag::any_overflow},
        {"columns",
         {{"place", places}, {"state", states}, {"done", cells.done}, {"flags", cells.flags}}},
        {"measures", measures},
        {"overlays", overlays_json},
    };
    return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Cells fitted(Cells cells, std::size_t limit, std::string& note) {
    note.clear();
    std::map<std::size_t, std::size_t> all_values;
    while (page_data(cells).size() > limit) {
        const std::optional<std::size_t> axis = longest_axis(cells);
        if (!axis) break;
        all_values.try_emplace(*axis, values_present(cells, *axis).size());
        cells = every_second(cells, *axis);
    }
    for (const auto& [axis, size] : all_values)
        note += fmt::format("{}{} of the {} values of {}", note.empty() ? "Figures show " : ", ",
                            values_present(cells, axis).size(), size, words(cells.axes[axis].name));
    if (!note.empty()) note += ", to keep this page small; the result file has all of them.";
    return cells;
}

} // namespace basin
