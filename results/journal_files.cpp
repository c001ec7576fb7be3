#include "results/journal_files.hpp"

#include "results/file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace basin {

std::vector<std::filesystem::path> journal_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure))
        if (entry.path().extension() == ".journal") files.push_back(entry.path());
    if (failure) {
        errno = failure.value();
        throw_io("list", folder);
    }
    std::ranges::sort(files);
    return files;
}

} // namespace basin
