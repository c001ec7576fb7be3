#include "models/folder_files.hpp"

#include "models/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace basin {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder, bool (*is_wanted)(std::string_view)) {
    std::vector<std::string> paths;
    try {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            if (!is_wanted(entry.path().filename().native())) continue;
            std::error_code ignored; // a link to nothing is told as no file
            if (entry.is_directory(ignored)) continue;
            // A pipe would be waited for, and a link to nothing not be missed.
            if (!entry.is_regular_file(ignored))
                throw InputError(fmt::format("{}: not a file, or a link that leads to none; "
                                             "replace or remove it",
                                             entry.path().native()));
            paths.push_back(entry.path().native());
        }
    } catch (const fs::filesystem_error& error) {
        throw InputError(
            fmt::format("{}: cannot be listed as a folder: {}", folder, error.code().message()));
    }
    std::ranges::sort(paths);
    return paths;
}

std::string last_name(const std::string& path) {
    const fs::path plain = fs::path(path).lexically_normal();
    return plain.has_filename() ? plain.filename().native()
                                : plain.parent_path().filename().native();
}

} // namespace basin
