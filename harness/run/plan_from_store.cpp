#include "harness/run/plan_from_store.hpp"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace basin {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

/// Files of a config that was looked at before.
InputFiles recorded_files(FileTable known, const std::string& config_folder) {
    InputFiles files{.known = std::move(known), .recorded = true};
    if (!config_folder.empty()) files.folders.insert(files.folders.begin(), config_folder);
    return files;
}

/// What a result file says of its files, with the places that its store knows.
InputFiles files_of_results(const std::string& text, const std::filesystem::path& store) {
    FileTable known;
    try {
        if (!text.empty()) known = file_table_of(text);
    } catch (const std::invalid_argument& error) {
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("results.h5: its table of files: {}", error.what()));
    }
    if (store.empty() || !std::filesystem::exists(store / "store.json"))
        return recorded_files(std::move(known), "");
    const StoreIdentity identity = read_identity(store);
    for (auto& [request, facts] : known)
        if (const auto found = identity.files.find(request); found != identity.files.end())
            facts.place = found->second.place;
    return recorded_files(std::move(known), identity.config_folder);
}

} // namespace

Plan plan_of_store(const std::filesystem::path& folder, FileTable others) {
    StoreIdentity identity = read_identity(folder);
    identity.files.merge(others);
    return Plan(parse_config(identity.config_text, identity.config_source, identity.overrides,
                             recorded_files(std::move(identity.files), identity.config_folder)));
}

Plan plan_of_results(const std::map<std::string, std::string>& provenance,
                     const std::filesystem::path& store) {
    const auto text = [&](const char* name) {
        const auto found = provenance.find(name);
        return found == provenance.end() ? "" : found->second;
    };
    return Plan(parse_config(text("config_given"), "results.h5", lines_of(text("overrides")),
                             files_of_results(text("files"), store)));
}

FileTable files_of_store(const std::filesystem::path& folder) {
    return std::filesystem::exists(folder / "store.json") ? read_identity(folder).files
                                                          : FileTable{};
}

} // namespace basin
