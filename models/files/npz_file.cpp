#include "models/files/npz_file.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/zip_archive.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

namespace basin {

namespace {

constexpr std::string_view array_suffix = ".npy";

} // namespace

NpzPlace npz_place(const std::string& path) {
    constexpr std::string_view mark = ".npz:";
    const auto at = path.rfind(mark);
    std::error_code ignored; // what is not there is told when it is opened
    if (at == std::string::npos || std::filesystem::exists(path, ignored)) return {path, ""};
    return {path.substr(0, at + mark.size() - 1), path.substr(at + mark.size())};
}

ByteFile open_npz(const NpzPlace& place) {
    std::vector<ZipMember> arrays = zip_members(place.file);
    std::erase_if(arrays, [](const ZipMember& m) { return !m.name.ends_with(array_suffix); });
    std::vector<std::string> names;
    names.reserve(arrays.size());
    for (const ZipMember& member : arrays)
        names.push_back(member.name.substr(0, member.name.size() - array_suffix.size()));
    const auto fail = [&](std::string_view problem) {
        throw InputError(fmt::format("{}: {}", place.file, problem));
    };
    if (names.empty()) fail("holds no arrays (*.npy); write it by numpy.savez");
    if (place.array.empty() && names.size() > 1)
        fail(fmt::format("holds the arrays {}; say which one, as in path = \"{}:{}\"",
                         fmt::join(names, ", "),
                         std::filesystem::path(place.file).filename().native(), names.front()));
    const auto found = place.array.empty() ? names.begin() : std::ranges::find(names, place.array);
    if (found == names.end())
        fail(fmt::format("holds no array {}; it has {}", place.array, fmt::join(names, ", ")));
    const ZipMember& member = arrays[static_cast<std::size_t>(found - names.begin())];
    const std::string name = fmt::format("{}:{}", place.file, *found);
    // Before it is unpacked; of narrower numbers than these the array's own header tells.
    constexpr std::size_t widest = 8;
    require_pattern_room(member.size / widest, widest, name);
    return {name, unzipped(place.file, member)};
}

} // namespace basin
