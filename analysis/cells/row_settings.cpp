#include "analysis/cells/row_settings.hpp"

#include "results/journal/journal.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace basin {
namespace {

using Json = nlohmann::json;

Value value_of(const Parameter& parameter, const Json& json) {
    if (parameter.kind == Kind::integer) return json.get<std::int64_t>();
    if (parameter.kind == Kind::real) return json.get<double>();
    return json.get<std::string>();
}

Value value_of(const Parameter& parameter, const CubeAxis& axis, std::size_t index) {
    if (parameter.kind == Kind::integer) return static_cast<std::int64_t>(axis.numbers[index]);
    if (parameter.kind == Kind::real) return axis.numbers[index];
    const std::string& label = axis.labels[index];
    const auto known = [&](std::string_view choice) { return choice == label; };
    if (parameter.kind == Kind::choice && std::ranges::none_of(parameter.choices, known))
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("the result file holds the unknown {} '{}'; it is of a later "
                                     "version of Basin",
                                     parameter.name, label));
    return label;
}

} // namespace

RowSettings::RowSettings(const Cells& cells) : cells_(cells), fixed_(default_coordinates()) {
    for (const CubeAxis& axis : cells.axes)
        parameter_of_axis_.push_back(parameter_index(axis.name));
    const auto config = cells.provenance.find("config_resolved");
    if (config == cells.provenance.end()) return;
    try {
        const Json resolved = Json::parse(config->second);
        // What is no axis of the cube is the same in every block.
        for (const auto& [name, values] : resolved.at("blocks").at(0).at("axes").items())
            if (const auto p = parameter_index(name))
                fixed_[*p] = value_of(parameters()[*p], values.at(0));
    } catch (const Json::exception& error) {
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("the config in the result file cannot be read: {}", error.what()));
    }
}

Coordinates RowSettings::coordinates(std::size_t row) const {
    Coordinates all = fixed_;
    for (std::size_t axis = 0; axis < cells_.axes.size(); ++axis)
        if (const auto p = parameter_of_axis_[axis])
            all[*p] = value_of(parameters()[*p], cells_.axes[axis], cells_.coordinate[axis][row]);
    return all;
}

Setting RowSettings::setting(std::size_t row) const {
    return bind_setting(coordinates(row));
}

SceneSpec RowSettings::scene(std::size_t row) const {
    // Seed and replicate make the draw's identity, which nobody asks for here.
    return bind_scene(coordinates(row), 0, 0);
}

} // namespace basin
