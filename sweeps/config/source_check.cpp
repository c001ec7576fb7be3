#include "sweeps/config/source_check.hpp"

#include "models/draws/cues.hpp"
#include "models/draws/patterns.hpp"
#include "sweeps/config/block_rules.hpp"
#include "sweeps/config/block_space.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <span>

namespace basin {

namespace {

struct SourceParameters {
    std::size_t source = parameter_index("source").value();
    std::size_t path = parameter_index("path").value();
    std::size_t dataset = parameter_index("dataset").value();
    std::size_t dimension = parameter_index("dimension").value();
    std::size_t embeddings = parameter_index("embeddings").value();
    std::size_t value_range = parameter_index("value_range").value();
    std::size_t channels = parameter_index("channels").value();
    std::size_t binarize = parameter_index("binarize").value();
    std::size_t pixel_range = parameter_index("pixel_range").value();
    std::size_t cue_source = parameter_index("cue_source").value();
    std::size_t cue_path = parameter_index("cue_path").value();
    std::size_t cue_dataset = parameter_index("cue_dataset").value();
    std::size_t cue_targets = parameter_index("cue_targets").value();

    std::vector<std::size_t> of_patterns() const {
        return {source, path, dataset, dimension, embeddings, value_range};
    }
    /// With what the cues have to fit.
    std::vector<std::size_t> of_cues() const {
        return {source,   path,        dataset,    value_range, dimension,   channels,
                binarize, pixel_range, cue_source, cue_path,    cue_dataset, cue_targets};
    }
};

std::string_view name_of(PathKind kind) {
    constexpr std::array<std::string_view, 3> names{"file", "folder", "file or folder"};
    return names[static_cast<std::size_t>(kind)];
}

/// What the path of this source may name; nothing for a source that reads no file.
std::optional<PathKind> path_kind(const Value& name) {
    const auto* text = std::get_if<std::string>(&name);
    const auto source = text == nullptr ? std::nullopt : Choice<PatternSources>::named(*text);
    if (!source) return std::nullopt;
    return source->visit([](auto entry) -> std::optional<PathKind> {
        if constexpr (entry.from_file)
            return entry.path_kind;
        else
            return std::nullopt;
    });
}

/// Adds every parameter the marked ones depend on: by zip or by the conditions of a when.
void close_over(const ConfigBlock& block, std::vector<bool>& marked) {
    bool grown = true;
    const auto mark = [&](std::size_t parameter) {
        grown = grown || !marked[parameter];
        marked[parameter] = true;
    };
    while (grown) {
        grown = false;
        for (const auto& zip : block.zips)
            if (std::ranges::any_of(zip, [&](std::size_t p) { return marked[p]; }))
                std::ranges::for_each(zip, mark);
        for (const When& when : block.whens)
            if (marked[when.parameter])
                for (const Condition& condition : when.conditions)
                    mark(condition.parameter);
    }
}

/// The part of the block that decides the values of these parameters.
ConfigBlock part_of(const ConfigBlock& block, std::span<const std::size_t> deciding) {
    std::vector<bool> marked(parameters().size());
    for (const std::size_t parameter : deciding)
        marked[parameter] = true;
    close_over(block, marked);

    const auto is_marked = [&](const auto& item) { return marked[item.parameter]; };
    ConfigBlock part;
    std::ranges::copy_if(block.axes, std::back_inserter(part.axes), is_marked);
    std::ranges::copy_if(block.whens, std::back_inserter(part.whens), is_marked);
    std::ranges::copy_if(block.zips, std::back_inserter(part.zips),
                         [&](const auto& zip) { return marked[zip.front()]; });
    std::ranges::copy_if(
        block.excludes, std::back_inserter(part.excludes),
        [&](const Conditions& all) { return std::ranges::all_of(all, is_marked); });
    return part;
}

/// Calls `see(slots)` for every point of the space.
template <class See>
void for_each_point(const BlockSpace& space, const See& see) {
    const std::vector<Group>& groups = space.groups();
    std::vector<std::uint64_t> indices(groups.size());
    for (bool more = true; more;) {
        std::vector<std::uint64_t> slots = indices;
        if (space.settle_scene(slots) && space.settle_model(slots)) see(slots);
        more = false;
        for (std::size_t g = groups.size(); g-- > 0 && !more;) {
            more = ++indices[g] < groups[g].size;
            if (!more) indices[g] = 0;
        }
    }
}

struct SourceProblem {
    std::size_t parameter = 0; ///< the one to blame
    std::string message;       ///< "" if all is well
    bool operator==(const SourceProblem&) const = default;
};

SourceProblem problem_of(const BlockSpace& space, BlockSpace::ConstSlots slots,
                         const SourceParameters& of) {
    const auto text = [&](std::size_t parameter) {
        return std::get<std::string>(space.value(parameter, slots));
    };
    const std::string source = text(of.source);
    if (!is_file_source(source)) {
        if (!text(of.embeddings).empty())
            return {of.embeddings,
                    fmt::format("embeddings are of the patterns in a file, but source \"{}\" reads "
                                "none; leave embeddings out there, by a [[when]] or a [[block]]",
                                source)};
        if (!text(of.value_range).empty())
            return {of.value_range,
                    fmt::format("value_range is of the numbers in a file, but source \"{}\" reads "
                                "none; leave value_range out there, by a [[when]] or a [[block]]",
                                source)};
        if (number_of(space.value(of.dimension, slots)) != 0) return {};
        return {of.dimension,
                fmt::format("dimension = 0 means \"as the file has it\", but source \"{}\" reads "
                            "no file; give a dimension of at least 1",
                            source)};
    }
    if (text(of.path).empty())
        return {of.source, fmt::format("source = \"{}\" needs a {}; set path in [patterns]", source,
                                       name_of(*path_kind(source)))};
    if (source == Hdf5Source::name && text(of.dataset).empty())
        return {of.source, fmt::format("source = \"{}\" needs the name of a dataset in the file; "
                                       "set dataset in [patterns]",
                                       source)};
    return {};
}

/// What is wrong with where the cues come from.
SourceProblem cue_problem_of(const BlockSpace& space, BlockSpace::ConstSlots slots,
                             const SourceParameters& of) {
    const auto text = [&](std::size_t parameter) {
        return std::get<std::string>(space.value(parameter, slots));
    };
    const std::string source = text(of.cue_source);
    if (!is_file_source(source)) return {};
    if (text(of.cue_path).empty())
        return {of.cue_source, fmt::format("cue_source = \"{}\" needs a {}; set path in [cue]",
                                           source, name_of(*path_kind(source)))};
    if (source == Hdf5Source::name && text(of.cue_dataset).empty())
        return {of.cue_source, fmt::format("cue_source = \"{}\" needs the name of a dataset in the "
                                           "file; set dataset in [cue]",
                                           source)};
    if (!text(of.cue_targets).empty() && !is_file_source(text(of.source)))
        return {of.cue_targets,
                fmt::format("targets are rows of a pattern file, but source \"{}\" reads none; "
                            "leave targets out there, by a [[when]] or a [[block]]: cues are "
                            "judged by the nearest memory then",
                            text(of.source))};
    return {};
}

/// What the block's paths may name: what some value of the source, at its axis or under a when,
/// reads. Nothing if none reads files.
std::optional<PathKind> path_kind_of(const ConfigBlock& block, std::size_t source) {
    std::optional<PathKind> common;
    const auto admit = [&](const Value& value) {
        const std::optional<PathKind> kind = path_kind(value);
        if (kind) common = !common || *common == *kind ? *kind : PathKind::file_or_folder;
    };
    if (const Axis* axis = axis_of(block, source)) std::ranges::for_each(axis->values, admit);
    for (const When& when : block.whens)
        if (when.parameter == source) admit(when.otherwise);
    return common;
}

/// Files of cues that no cue comes from.
void check_cue_files_used(const ConfigBlock& block, const SourceParameters& of,
                          std::vector<Diagnostic>& diagnostics) {
    if (path_kind_of(block, of.cue_source)) return;
    for (const std::size_t parameter : {of.cue_path, of.cue_dataset, of.cue_targets}) {
        const Axis* axis = axis_of(block, parameter);
        if (axis == nullptr || axis->values == std::vector<Value>{std::string()}) continue;
        diagnostics.push_back(
            {axis->place, fmt::format("{} in [cue] has no effect: cue_source is \"{}\"; set source "
                                      "in [cue] to the format of the file of cues",
                                      parameters()[parameter].key, MemoriesAsCues::name)});
    }
}

/// What keeps the path from being read as of this kind; "" if nothing does.
std::string obstacle(const std::string& path, PathKind kind) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    const bool is_folder = std::filesystem::is_directory(status);
    if (is_folder ? kind == PathKind::file
                  : kind == PathKind::folder || !std::filesystem::is_regular_file(status))
        return fmt::format("not a {}", name_of(kind));
    if (is_folder) {
        const std::filesystem::directory_iterator first(path, error);
        return error ? "the folder cannot be listed; check its permissions" : "";
    }
    return std::ifstream(path) ? "" : "the file cannot be read; check its permissions";
}

/// Checks the paths that a parameter names for what kind of place they are.
void check_axis_of_paths(const ConfigBlock& block, std::size_t parameter, PathKind kind,
                         FileUse use, const InputFiles& files,
                         std::vector<Diagnostic>& diagnostics) {
    const Axis* axis = axis_of(block, parameter);
    if (axis == nullptr) return;
    for (const Value& value : axis->values) {
        BankRequest request;
        request.path = std::get<std::string>(value);
        request.use = use;
        if (request.path.empty()) continue;
        const std::optional<std::string> place = find_file(files, request);
        const bool is_known = std::ranges::any_of(
            files.known, [&](const auto& entry) { return entry.first.path == request.path; });
        if (!place && is_known) continue;
        const std::string reason =
            place ? obstacle(file_at(*place, use), kind)
                  : fmt::format("no such {}{}", name_of(kind), searched_places(files, request));
        if (!reason.empty())
            diagnostics.push_back(
                {axis->place, fmt::format("{} = \"{}\": {}", parameters()[parameter].name,
                                          request.path, reason)});
    }
}

/// Past this many combinations of sources and what they hang on, problems show at run time.
constexpr std::size_t scan_limit = 1'000'000;

} // namespace

bool is_file_source(const Value& name) {
    return path_kind(name).has_value();
}

void check_paths(const ConfigBlock& block, const InputFiles& files,
                 std::vector<Diagnostic>& diagnostics) {
    if (files.recorded) return;
    const SourceParameters of;
    if (const std::optional<PathKind> kind = path_kind_of(block, of.source)) {
        check_axis_of_paths(block, of.path, *kind, FileUse::patterns, files, diagnostics);
        check_axis_of_paths(block, of.embeddings, PathKind::file, FileUse::embeddings, files,
                            diagnostics);
    }
    if (const std::optional<PathKind> kind = path_kind_of(block, of.cue_source)) {
        check_axis_of_paths(block, of.cue_path, *kind, FileUse::patterns, files, diagnostics);
        check_axis_of_paths(block, of.cue_targets, PathKind::file, FileUse::targets, files,
                            diagnostics);
    }
    check_cue_files_used(block, of, diagnostics);
}

namespace {

/// The values of these parameters that the block can reach together, each combination once; the
/// others have their fallbacks.
std::vector<Coordinates> combinations_of(const ConfigBlock& block,
                                         const std::vector<std::size_t>& wanted) {
    const BlockSpace space(part_of(block, wanted));
    std::set<Coordinates> combinations;
    for_each_point(space, [&](BlockSpace::ConstSlots slots) {
        Coordinates coordinates = default_coordinates();
        for (const std::size_t parameter : wanted)
            coordinates[parameter] = space.value(parameter, slots);
        combinations.insert(std::move(coordinates));
    });
    return {combinations.begin(), combinations.end()};
}

/// Reports, once each, the problems that `find(space, slots)` sees in what the block can reach of
/// these parameters.
template <class Find>
void check_combinations(const ConfigBlock& block, const std::vector<std::size_t>& deciding,
                        const Place& place, std::vector<Diagnostic>& diagnostics,
                        const Find& find) {
    const ConfigBlock part = part_of(block, deciding);
    if (std::ranges::any_of(part.axes, [](const Axis& axis) { return axis.values.empty(); }))
        return;
    const BlockSpace space(part);
    if (space.combinations() > scan_limit) return;
    std::vector<SourceProblem> seen{{}};
    for_each_point(space, [&](BlockSpace::ConstSlots slots) {
        SourceProblem problem = find(space, slots);
        if (std::ranges::find(seen, problem) != seen.end()) return;
        const Axis* culprit = axis_of(block, problem.parameter);
        diagnostics.push_back({culprit != nullptr ? culprit->place : place, problem.message});
        seen.push_back(std::move(problem));
    });
}

} // namespace

std::vector<Coordinates> source_combinations(const ConfigBlock& block) {
    const std::span<const std::size_t> wanted = file_parameters();
    return combinations_of(block, {wanted.begin(), wanted.end()});
}

std::set<BankRequest> named_files(const Config& config) {
    std::set<BankRequest> files;
    for (const ConfigBlock& block : config.blocks)
        for (const Coordinates& coordinates : source_combinations(block))
            for (const FileRole& role : file_roles())
                if (BankRequest request = role.request(coordinates); !request.path.empty())
                    files.insert(std::move(request));
    return files;
}

std::vector<Coordinates> cue_combinations(const ConfigBlock& block) {
    const SourceParameters of;
    if (!path_kind_of(block, of.cue_source)) return {};
    std::vector<Coordinates> all = combinations_of(block, of.of_cues());
    std::erase_if(all, [&](const Coordinates& c) { return !is_file_source(c[of.cue_source]); });
    return all;
}

void check_sources(const ConfigBlock& block, const Place& place,
                   std::vector<Diagnostic>& diagnostics) {
    const SourceParameters of;
    const auto check = [&](const std::vector<std::size_t>& deciding, const auto& problem) {
        check_combinations(block, deciding, place, diagnostics,
                           [&](const BlockSpace& space, BlockSpace::ConstSlots slots) {
                               return problem(space, slots, of);
                           });
    };
    check(of.of_patterns(), problem_of);
    check({of.source, of.cue_source, of.cue_path, of.cue_dataset, of.cue_targets}, cue_problem_of);
}

} // namespace basin
