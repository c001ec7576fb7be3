#include "analysis/cells/cube_combinations.hpp"

#include "results/files/store_error.hpp"
#include "sweeps/coordinates/identity.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace basin {

namespace {

bool is_parameter(const CubeAxis& axis) {
    return axis.name != "replicate";
}

/// "name=label;", or "" for a parameter's fallback, which a program that does not know the
/// parameter goes by.
std::string identity_of(const std::string& name, const std::string& label) {
    const auto parameter = parameter_index(name);
    if (parameter && canonical_text(parameters()[*parameter].fallback) == label) return "";
    return name + "=" + escaped_text(Value{label}) + ";";
}

/// The coordinates as far as files are named by them: by texts and choices.
Coordinates naming_files(const std::map<std::string, std::string>& labels) {
    Coordinates coordinates = default_coordinates();
    for (const std::size_t parameter : file_parameters())
        if (const auto found = labels.find(parameter_name(parameter)); found != labels.end())
            coordinates[parameter] = found->second;
    return coordinates;
}

} // namespace

std::uint64_t replicates_of(const Hypercube& cube) {
    const CubeAxis* axis = cube.axis("replicate");
    return axis ? axis->size() : 1;
}

std::uint64_t combinations_of(const Hypercube& cube) {
    std::uint64_t count = 1;
    for (const CubeAxis& axis : cube.axes())
        if (is_parameter(axis)) count *= axis.size();
    return count;
}

std::string provenance_of(const Hypercube& cube, const std::string& name) {
    const auto found = cube.provenance().find(name);
    return found == cube.provenance().end() ? "" : found->second;
}

std::map<std::string, std::string> constants_of(const Hypercube& cube) {
    std::map<std::string, std::string> constants;
    try {
        const auto config = nlohmann::json::parse(provenance_of(cube, "config_resolved"));
        for (const auto& [name, values] : config.at("blocks").at(0).at("axes").items()) {
            const auto& value = values.at(0);
            Value content;
            if (value.is_string())
                content = value.get<std::string>();
            else if (value.is_number_integer())
                content = value.get<std::int64_t>();
            else
                content = value.get<double>();
            constants[name] = canonical_text(content);
        }
    } catch (const nlohmann::json::exception& error) {
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("a result file has no config in its provenance ({}); give the "
                                     "run command of its store again",
                                     error.what()));
    }
    return constants;
}

FileTable files_of(const Hypercube& cube) {
    const std::string text = provenance_of(cube, "files");
    try {
        return text.empty() ? FileTable{} : file_table_of(text);
    } catch (const std::invalid_argument& error) {
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("a result file's table of input files is wrong ({}); give the "
                                     "run command of its store again",
                                     error.what()));
    }
}

std::vector<std::pair<std::string, std::string>> labels_of(const Hypercube& cube,
                                                           std::uint64_t cell) {
    std::vector<std::pair<std::string, std::string>> labels;
    for (auto axis = cube.axes().rbegin(); axis != cube.axes().rend(); ++axis) {
        if (!is_parameter(*axis)) continue;
        labels.emplace_back(axis->name, axis->labels[cell % axis->size()]);
        cell /= axis->size();
    }
    std::ranges::reverse(labels);
    return labels;
}

std::vector<Key> keys_of(const Hypercube& cube, const FileTable& files) {
    std::map<std::string, std::string> labels = constants_of(cube);
    std::map<std::string, std::string> texts;
    const auto set = [&](const std::string& name, const std::string& label) {
        const auto parameter = parameter_index(name);
        const bool is_content = !files.empty() && parameter && names_file(*parameter);
        texts[name] = is_content ? "" : identity_of(name, label);
    };
    for (const auto& [name, label] : labels)
        set(name, label);
    std::vector<Key> keys(combinations_of(cube));
    for (std::uint64_t cell = 0; cell < keys.size(); ++cell) {
        for (const auto& [name, label] : labels_of(cube, cell)) {
            labels[name] = label;
            set(name, label);
        }
        std::string text = files.empty() ? "" : files_identity(naming_files(labels), files);
        for (const auto& [name, assignment_text] : texts)
            text += assignment_text;
        keys[cell] = key_of(text);
    }
    return keys;
}

} // namespace basin
