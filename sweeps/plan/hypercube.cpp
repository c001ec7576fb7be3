#include "sweeps/plan/hypercube.hpp"

#include "sweeps/coordinates/identity.hpp"
#include "sweeps/coordinates/input_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace basin {

namespace {

/// 2^30. A plan is gone through in a minute then, and a bit for each cell takes 128 MB.
constexpr double most_cells = 1073741824.0;
constexpr double always_allowed = 1e7;
constexpr double most_cells_per_point = 64;

/// Numbers and texts ascending, choices as their catalog has them.
bool comes_before(const Parameter& parameter, const Value& a, const Value& b) {
    if (parameter.kind != Kind::choice) return a < b;
    const auto place = [&](const Value& value) {
        return std::ranges::find(parameter.choices, std::get<std::string>(value));
    };
    return place(a) < place(b);
}

/// Every value the parameter takes in a space.
void collect(const BlockSpace& space, std::size_t parameter, std::vector<Value>& values) {
    for (const Group& group : space.groups())
        for (const GroupMember& member : group.members)
            if (member.parameter == parameter) {
                values.insert(values.end(), member.values.begin(), member.values.end());
                return;
            }
    values.push_back(parameters()[parameter].fallback);
}

} // namespace

Cube::Cube(const Config& config, const std::vector<BlockSpace>& spaces)
    : seed_(config.seed), replicates_(config.replicates), common_(default_coordinates()) {
    for (std::size_t parameter = 0; parameter < parameters().size(); ++parameter)
        add_parameter(parameter, spaces);
    measure(config, spaces);
    cut_text();
    add_files(config.files.known);
}

void Cube::add_parameter(std::size_t parameter, const std::vector<BlockSpace>& spaces) {
    std::vector<Value> values;
    for (const BlockSpace& space : spaces)
        collect(space, parameter, values);
    std::ranges::sort(values, [&](const Value& a, const Value& b) {
        return comes_before(parameters()[parameter], a, b);
    });
    values.erase(std::unique(values.begin(), values.end()), values.end());
    common_[parameter] = values.front();
    if (values.size() > 1) dimensions_.push_back({parameter, std::move(values)});
}

void Cube::measure(const Config& config, const std::vector<BlockSpace>& spaces) {
    double cells = replicates_;
    std::string sizes;
    for (const Dimension& dimension : dimensions_) {
        cells *= static_cast<double>(dimension.values.size());
        sizes += fmt::format("{} {} x ", dimension.values.size(),
                             parameters()[dimension.parameter].name);
    }
    double points = 0;
    for (const BlockSpace& space : spaces)
        points += space.combinations() * replicates_;
    if (cells > most_cells)
        throw ConfigError(
            {config.source, 0, 0},
            fmt::format("the results would fill a cube of {:.4g} cells ({}{} replicates), and a "
                        "store takes {:.4g}; give fewer values or replicates, or split the sweep "
                        "into several files with a store each (`exclude` does not shrink a cube: "
                        "it has a cell for every combination of values)",
                        cells, sizes, replicates_, most_cells));
    if (cells > std::max(always_allowed, most_cells_per_point * points))
        throw ConfigError({config.source, 0, 0},
                          fmt::format("the results of {:.4g} points would fill a cube of {:.4g} "
                                      "cells ({}{} replicates), which is too sparse; split the "
                                      "sweep into several files",
                                      points, cells, sizes, replicates_));
    strides_.resize(dimensions_.size());
    cell_count_ = replicates_;
    for (std::size_t d = dimensions_.size(); d-- > 0;) {
        strides_[d] = cell_count_;
        cell_count_ *= dimensions_[d].values.size();
    }
}

void Cube::cut_text() {
    for (const Dimension& dimension : dimensions_) {
        std::vector<std::string>& texts = assignments_.emplace_back();
        for (const Value& value : dimension.values)
            texts.push_back(assignment(dimension.parameter, value));
    }
    Piece piece;
    for (const std::size_t parameter : parameters_by_name()) {
        if (names_file(parameter)) continue; // its content stands there instead: file_text()
        const auto found = std::ranges::find(dimensions_, parameter, &Dimension::parameter);
        if (found == dimensions_.end()) {
            piece.common += assignment(parameter, common_[parameter]);
            continue;
        }
        piece.dimension = static_cast<std::size_t>(found - dimensions_.begin());
        pieces_.push_back(std::move(piece));
        piece = {};
    }
    pieces_.push_back(std::move(piece));
}

void Cube::add_files(const FileTable& known) {
    std::uint64_t combinations = 1;
    for (std::size_t d = 0; d < dimensions_.size(); ++d)
        if (std::ranges::find(file_parameters(), dimensions_[d].parameter) !=
            file_parameters().end()) {
            file_dimensions_.push_back(d);
            combinations *= dimensions_[d].values.size();
        }
    Coordinates coordinates = common_;
    for (std::uint64_t index = 0; index < combinations; ++index) {
        std::uint64_t rest = index;
        for (std::size_t i = file_dimensions_.size(); i-- > 0;) {
            const Dimension& dimension = dimensions_[file_dimensions_[i]];
            coordinates[dimension.parameter] = dimension.values[rest % dimension.values.size()];
            rest /= dimension.values.size();
        }
        file_texts_.push_back(files_identity(coordinates, known));
    }
}

const std::string& Cube::file_text(std::uint64_t cell) const {
    std::uint64_t index = 0;
    for (const std::size_t d : file_dimensions_) {
        const std::uint64_t size = dimensions_[d].values.size();
        index = index * size + cell / strides_[d] % size;
    }
    return file_texts_[index];
}

std::uint64_t Cube::label_of(std::size_t dimension, const Value& value) const {
    const std::vector<Value>& values = dimensions_[dimension].values;
    const Parameter& parameter = parameters()[dimensions_[dimension].parameter];
    const auto found = std::ranges::lower_bound(values, value, [&](const Value& a, const Value& b) {
        return comes_before(parameter, a, b);
    });
    return static_cast<std::uint64_t>(found - values.begin());
}

std::size_t Cube::label_at(std::size_t dimension, std::uint64_t cell) const {
    return cell / strides_[dimension] % dimensions_[dimension].values.size();
}

Coordinates Cube::coordinates_of(std::uint64_t cell) const {
    Coordinates coordinates = common_;
    for (std::size_t d = 0; d < dimensions_.size(); ++d)
        coordinates[dimensions_[d].parameter] = dimensions_[d].values[label_at(d, cell)];
    return coordinates;
}

std::uint32_t Cube::replicate_of(std::uint64_t cell) const {
    return static_cast<std::uint32_t>(cell % replicates_);
}

std::string Cube::point_text(std::uint64_t cell) const {
    std::string text;
    for (const Piece& piece : pieces_) {
        text += piece.common;
        if (piece.dimension)
            text += assignments_[*piece.dimension][label_at(*piece.dimension, cell)];
    }
    text += file_text(cell);
    fmt::format_to(std::back_inserter(text), "replicate={};seed={};", replicate_of(cell), seed_);
    return text;
}

Key Cube::digest() const {
    std::string text = fmt::format("seed={};replicates={};", seed_, replicates_);
    for (const Dimension& dimension : dimensions_) {
        text +=
            fmt::format("{}={}:", parameters()[dimension.parameter].name, dimension.values.size());
        for (const Value& value : dimension.values)
            text += escaped_text(value) + ";";
    }
    for (std::size_t parameter = 0; parameter < common_.size(); ++parameter)
        if (std::ranges::find(dimensions_, parameter, &Dimension::parameter) == dimensions_.end())
            text += assignment(parameter, common_[parameter]);
    for (const std::string& files : file_texts_)
        text += files;
    return key_of(text);
}

} // namespace basin
