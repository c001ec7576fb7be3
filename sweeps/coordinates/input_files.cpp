#include "sweeps/coordinates/input_files.hpp"

#include "models/files/npz_file.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/coordinates/identity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace basin {

namespace fs = std::filesystem;

std::string_view name_of(FileUse use) {
    constexpr std::array<std::string_view, 3> names{"patterns", "embeddings", "targets"};
    return names[static_cast<std::size_t>(use)];
}

std::uint32_t dimension_of(const FileFacts& facts, Choice<ChannelForms> channels) {
    return static_cast<std::uint32_t>(units_of(channels, facts.image, facts.units));
}

std::size_t bytes_of(const FileFacts& facts) {
    const std::size_t each = sizeof(float) + (facts.is_rounded ? sizeof(double) : 0);
    return facts.count * facts.units * each;
}

TargetPlace targets_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::error_code failed;
    if (colon == std::string::npos || !npz_place(text).array.empty() || fs::exists(text, failed))
        return {text, ""};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

std::string file_at(const std::string& place, FileUse use) {
    return npz_place(use == FileUse::targets ? targets_of(place).path : place).file;
}

std::span<const FileRole> file_roles() {
    static const std::vector<FileRole> roles{
        {"content", {"source", "path", "dataset", "value_range"}, {"path", "dataset"}, bind_bank},
        {"embeddings_content",
         {"source", "path", "dataset", "value_range", "embeddings"},
         {"embeddings"},
         bind_embeddings},
        {"cue_content",
         {"cue_source", "cue_path", "cue_dataset"},
         {"cue_path", "cue_dataset"},
         bind_cues},
        {"targets_content",
         {"cue_source", "cue_path", "cue_dataset", "cue_targets"},
         {"cue_targets"},
         bind_targets},
    };
    return roles;
}

std::span<const std::size_t> file_parameters() {
    static const std::vector<std::size_t> indices = [] {
        std::set<std::size_t> found;
        for (const FileRole& role : file_roles())
            for (const std::string_view name : role.depends_on)
                found.insert(parameter_index(name).value());
        return std::vector<std::size_t>(found.begin(), found.end());
    }();
    return indices;
}

bool names_file(std::size_t parameter) {
    const std::string_view name = parameters()[parameter].name;
    return std::ranges::any_of(file_roles(), [&](const FileRole& role) {
        return std::ranges::find(role.named_by, name) != role.named_by.end();
    });
}

std::string files_identity(const Coordinates& coordinates, const FileTable& known) {
    std::string text;
    for (const FileRole& role : file_roles()) {
        const BankRequest request = role.request(coordinates);
        if (request.path.empty()) continue;
        const auto found = known.find(request);
        if (found != known.end()) {
            text += fmt::format("{}={};", role.name, to_string(found->second.content));
            continue;
        }
        for (const std::string_view name : role.named_by) {
            const std::size_t parameter = parameter_index(name).value();
            text += assignment(parameter, coordinates[parameter]);
        }
    }
    return text;
}

std::vector<FileOfPoint> files_of_point(const Coordinates& coordinates, const FileTable& known) {
    std::vector<FileOfPoint> files;
    for (const FileRole& role : file_roles()) {
        BankRequest request = role.request(coordinates);
        if (const auto found = known.find(request); found != known.end())
            files.push_back({role, std::move(request), found->second});
    }
    return files;
}

namespace {

bool is_there(const std::string& place, FileUse use) {
    std::error_code error; // what cannot be asked is not there
    return fs::exists(file_at(place, use), error);
}

/// Where the file was read, if that is where to look first.
const std::string* recorded_place(const InputFiles& files, const BankRequest& request) {
    const auto found = files.known.find(request);
    return files.recorded && found != files.known.end() && !found->second.place.empty()
               ? &found->second.place
               : nullptr;
}

} // namespace

std::optional<std::string> find_file(const InputFiles& files, const BankRequest& request) {
    if (const std::string* place = recorded_place(files, request);
        place && is_there(*place, request.use))
        return *place;
    for (const std::string& folder : files.folders)
        // An absolute path replaces the folder.
        if (const fs::path path = fs::path(folder) / request.path;
            is_there(path.native(), request.use))
            return path.native();
    return std::nullopt;
}

std::string searched_places(const InputFiles& files, const BankRequest& request) {
    std::vector<std::string> places;
    if (const std::string* place = recorded_place(files, request)) places.push_back("at " + *place);
    if (!fs::path(request.path).is_absolute())
        for (const std::string& folder : files.folders)
            places.push_back("in " + (folder.empty() ? "the working folder" : folder));
    return places.empty() ? "" : " " + fmt::format("{}", fmt::join(places, " or "));
}

std::string content_conflict(const FileTable& known, const BankRequest& request,
                             const FileFacts& now) {
    const auto name_of = [](const BankRequest& file) {
        return fs::path(file.path).lexically_normal();
    };
    for (const auto& [other, before] : known) {
        if (other.source != request.source || other.dataset != request.dataset ||
            other.use != request.use || before.content == now.content)
            continue;
        const bool same_place = !now.place.empty() && before.place == now.place;
        if (name_of(other) != name_of(request) && !same_place) continue;
        return fmt::format("{}{} holds something else than when results were computed from it (its "
                           "content has the digest {}, then it had {})",
                           now.place.empty() ? request.path : now.place,
                           request.dataset.empty() ? "" : ", dataset " + request.dataset + ",",
                           to_string(now.content), to_string(before.content));
    }
    return "";
}

} // namespace basin
