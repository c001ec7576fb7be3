#include "analysis/cells/rerun.hpp"

#include "analysis/cells/joined_cells.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/cells/shell.hpp"
#include "sweeps/parameters/axis.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace basin {
namespace {

using Json = nlohmann::json;

/// Values of a parameter in the grammar of --set (sweeps/parameters/axis.hpp); nothing if a text
/// has characters that the grammar cannot hold there.
std::optional<std::string> axis_text(const Parameter& parameter, const std::vector<Value>& values) {
    std::vector<std::string> texts;
    for (const Value& value : values) {
        std::string text = canonical_text(value);
        if (parameter.kind == Kind::text) {
            const bool plain =
                values.size() == 1 && !text.empty() &&
                std::string_view("[\" \t\n").find(text.front()) == std::string_view::npos &&
                std::string_view(" \t\n").find(text.back()) == std::string_view::npos;
            if (!plain && text.find('"') != std::string::npos) return std::nullopt;
            if (!plain) text = fmt::format("\"{}\"", text);
        }
        texts.push_back(std::move(text));
    }
    if (texts.size() == 1) return texts.front();
    return fmt::format("[{}]", fmt::join(texts, ","));
}

/// A name as a folder can have it.
std::string folder_name(std::string name) {
    std::ranges::replace(name, '/', '_');
    return shell_path(name);
}

/// What a command says of one or both cells: "name=value".
std::optional<std::vector<std::string>> assignments(const Cells& cells,
                                                    const std::vector<std::size_t>& rows) {
    const RowSettings settings(cells);
    std::vector<Coordinates> coordinates;
    coordinates.reserve(rows.size());
    for (const std::size_t row : rows)
        coordinates.push_back(settings.coordinates(row));
    std::vector<std::string> texts;
    for (const CubeAxis& axis : cells.axes) {
        const std::optional<std::size_t> parameter = parameter_index(axis.name);
        if (!parameter) continue;
        std::vector<Value> values;
        values.reserve(rows.size());
        for (const Coordinates& of_row : coordinates)
            values.push_back(of_row[*parameter]);
        keep_distinct(values);
        const std::optional<std::string> text = axis_text(parameters()[*parameter], values);
        if (!text) return std::nullopt;
        texts.push_back(fmt::format("{}={}", axis.name, *text));
    }
    return texts;
}

std::string name_of(const std::string& assignment) {
    return assignment.substr(0, assignment.find('='));
}

std::string command(const RunSource& source, const std::string& folder,
                    const std::vector<std::string>& changes) {
    std::string text =
        fmt::format("basin run {} --store {} --only", shell_quoted(folder_name(source.config)),
                    shell_quoted(folder_name(folder)));
    const auto is_changed = [&](const std::string& given) {
        return std::ranges::find(changes, name_of(given), name_of) != changes.end();
    };
    for (const std::string& given : source.overrides)
        if (!is_changed(given)) text += fmt::format(" --set {}", shell_quoted(given));
    for (const std::string& change : changes)
        text += fmt::format(" --set {}", shell_quoted(change));
    return text;
}

const std::optional<RunSource>* source_of(const Cells& cells, std::size_t row,
                                          const RunSources& sources) {
    const std::optional<std::size_t> store = cells.axis(store_axis);
    const std::size_t index = store ? cells.coordinate[*store][row] : 0;
    return index < sources.size() && sources[index] ? &sources[index] : nullptr;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

} // namespace

std::optional<RunSource> run_source(const std::map<std::string, std::string>& provenance) {
    const auto fact = [&](const char* name) {
        const auto found = provenance.find(name);
        return found == provenance.end() ? "" : found->second;
    };
    const Json resolved = Json::parse(fact("config_resolved"), nullptr, false);
    if (!resolved.is_object() || resolved.contains("capacity")) return std::nullopt;
    RunSource source;
    source.name = fact("sweep_name").empty() ? "sweep" : fact("sweep_name");
    source.config = source.name + ".toml";
    source.sequential = resolved.contains("stopping");
    std::istringstream lines(fact("overrides"));
    for (std::string line; std::getline(lines, line);)
        source.overrides.push_back(line);
    for (const Json& block : resolved.value("blocks", Json::array()))
        for (const Json& zip : block.value("zip", Json::array()))
            for (const Json& name : zip)
                source.zipped.push_back(name.get<std::string>());
    return source;
}

std::vector<std::string> rerun_commands(const Cells& cells, std::size_t row_a, std::size_t row_b,
                                        std::size_t axis, std::size_t replicates,
                                        const RunSources& sources) {
    const std::string& name = cells.axes[axis].name;
    const std::vector<std::size_t> both{row_a, row_b};
    const std::optional<std::size_t> store = cells.axis(store_axis);
    for (const std::size_t row : both)
        if (source_of(cells, row, sources) == nullptr) return {};

    const auto command_for = [&](const std::vector<std::size_t>& rows,
                                 const std::string& suffix) -> std::optional<std::string> {
        const RunSource& source = **source_of(cells, rows.front(), sources);
        std::optional<std::vector<std::string>> changes = assignments(cells, rows);
        if (!changes) return std::nullopt;
        if (source.sequential) changes->push_back(fmt::format("replicates={}", replicates));
        const std::string& folder =
            store ? cells.axes[*store].labels[cells.coordinate[*store][rows.front()]] : source.name;
        return command(source, folder + "-again" + suffix, *changes);
    };
    if (name != store_axis && !contains((*source_of(cells, row_a, sources))->zipped, name))
        if (const auto one = command_for(both, "")) return {*one};
    std::vector<std::string> commands;
    for (const std::size_t row : both) {
        const std::string suffix =
            name == store_axis ? "" : "-" + cells.axes[axis].labels[cells.coordinate[axis][row]];
        const auto one = command_for({row}, suffix);
        if (!one) return {};
        commands.push_back(*one);
    }
    return commands;
}

} // namespace basin
