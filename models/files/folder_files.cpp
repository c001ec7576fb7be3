#include "models/files/folder_files.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace basin {

namespace fs = std::filesystem;

namespace {

/// Paths of the entries that `is_wanted` takes, in the order of the bytes of their names.
template <class IsWanted>
std::vector<std::string> listed(const std::string& folder, const IsWanted& is_wanted) {
    std::vector<std::string> paths;
    try {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder))
            if (is_wanted(entry)) paths.push_back(entry.path().native());
    } catch (const fs::filesystem_error& error) {
        throw InputError(
            fmt::format("{}: cannot be listed as a folder: {}", folder, error.code().message()));
    }
    std::ranges::sort(paths);
    return paths;
}

} // namespace

std::vector<std::string> files_in(const std::string& folder, bool (*is_wanted)(std::string_view)) {
    return listed(folder, [&](const fs::directory_entry& entry) {
        if (!is_wanted(entry.path().filename().native())) return false;
        std::error_code ignored; // a link to nothing is told as no file
        if (entry.is_directory(ignored)) return false;
        // A pipe would be waited for, and a link to nothing not be missed.
        if (!entry.is_regular_file(ignored))
            throw InputError(fmt::format("{}: not a file, or a link that leads to none; replace or "
                                         "remove it",
                                         entry.path().native()));
        return true;
    });
}

std::vector<std::string> folders_in(const std::string& folder) {
    return listed(folder, [](const fs::directory_entry& entry) {
        std::error_code ignored; // a link to nothing is no folder
        return !entry.path().filename().native().starts_with('.') && entry.is_directory(ignored);
    });
}

std::string last_name(const std::string& path) {
    const fs::path plain = fs::path(path).lexically_normal();
    return plain.has_filename() ? plain.filename().native()
                                : plain.parent_path().filename().native();
}

} // namespace basin
