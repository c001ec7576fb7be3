#include "results/journal/journal_files.hpp"

#include "models/recall/recall.hpp"
#include "results/files/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

namespace basin {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& journal, const std::string& why) {
    throw StoreError(StoreError::Kind::foreign,
                     fmt::format("{} {}: results are not mixed; use another --store folder, or the "
                                 "program and config that wrote it",
                                 journal.string(), why));
}

} // namespace

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

void require_own_journal(const JournalHeader& header, const std::filesystem::path& journal,
                         const Plan& plan) {
    if (header.kernel_version != kernel_version)
        refuse(journal, fmt::format("was written by kernel version {}, this program has {}",
                                    header.kernel_version, kernel_version));
    if (header.sweep_name != plan.config().name)
        refuse(journal, fmt::format("belongs to the sweep '{}', this is '{}'", header.sweep_name,
                                    plan.config().name));
    if (header.seed != plan.config().seed)
        refuse(journal, fmt::format("was computed with seed {}, this sweep has {}", header.seed,
                                    plan.config().seed));
}

} // namespace basin
