#include "results/store/store.hpp"

#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "results/files/atomic_file.hpp"
#include "results/files/file.hpp"
#include "results/journal/journal_files.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace basin {

namespace {

using nlohmann::json;

constexpr std::uint32_t schema_version = 1;

/// The folder of the config's file, in which its paths are looked up first; "" if there is none.
std::string config_folder(const Config& config) {
    const std::string& first = config.files.folders.front();
    std::error_code none; // a working folder that is gone has no absolute path
    return first.empty() ? "" : std::filesystem::absolute(first, none).lexically_normal().native();
}

json identity_json(const Plan& plan, const FileTable& files) {
    const Config& config = plan.config();
    return {{"schema_version", schema_version},
            {"sweep_name", config.name},
            {"seed", config.seed},
            {"kernel_version", kernel_version},
            {"config_source", config.source},
            {"config_text", config.text},
            {"overrides", config.overrides},
            {"config_folder", config_folder(config)},
            {"files", json::parse(to_json_text(files, true))}};
}

/// Names of folders need not be UTF-8.
std::string text_of(const json& identity) {
    return identity.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::filesystem::path identity_file(const std::filesystem::path& folder) {
    return folder / "store.json";
}

/// Throws StoreError(damaged) if store.json is no regular file.
bool has_identity(const std::filesystem::path& folder) {
    require_regular(identity_file(folder));
    return std::filesystem::exists(identity_file(folder));
}

json read_identity_json(const std::filesystem::path& folder) {
    const auto file = identity_file(folder);
    if (!has_identity(folder))
        throw StoreError(StoreError::Kind::io, fmt::format("{} is not a store: there is no {}",
                                                           folder.string(), file.string()));
    try {
        return json::parse(whole_text(file));
    } catch (const json::exception& error) {
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("{} cannot be read ({}); the journals beside it are whole: remove "
                        "this file and give the run command again",
                        file.string(), error.what()));
    }
}

[[noreturn]] void throw_lacking(const std::filesystem::path& folder, std::string_view why) {
    throw StoreError(
        StoreError::Kind::damaged,
        fmt::format("{} lacks what it should hold ({}); remove this file and give the run command "
                    "again",
                    identity_file(folder).string(), why));
}

/// JSON's own conversions would cut what is no number of this kind.
template <class Number>
Number whole_number(const std::filesystem::path& folder, const json& identity, const char* key) {
    const json& value = identity.at(key);
    if (!value.is_number_unsigned() ||
        value.get<std::uint64_t>() > std::numeric_limits<Number>::max())
        throw_lacking(folder, fmt::format("{} = {}", key, value.dump()));
    return value.get<Number>();
}

[[noreturn]] void refuse(const std::filesystem::path& folder, std::string_view what,
                         const std::string& theirs, const std::string& ours) {
    throw StoreError(StoreError::Kind::foreign,
                     fmt::format("{} belongs to another sweep: its {} is {}, this run's is {}; use "
                                 "another --store folder",
                                 folder.string(), what, theirs, ours));
}

void check_identity(const std::filesystem::path& folder, const StoreIdentity& theirs,
                    const Plan& plan) {
    const Config& ours = plan.config();
    if (theirs.kernel_version != kernel_version)
        throw StoreError(
            StoreError::Kind::foreign,
            fmt::format("{} was computed by kernel version {}, this program has {}: results "
                        "may differ, so they are not mixed; use another --store folder, or "
                        "the program of that version",
                        folder.string(), theirs.kernel_version, kernel_version));
    if (theirs.sweep_name != ours.name)
        refuse(folder, "name", fmt::format("'{}'", theirs.sweep_name),
               fmt::format("'{}'", ours.name));
    if (theirs.seed != ours.seed)
        refuse(folder, "seed", fmt::format("{}", theirs.seed), fmt::format("{}", ours.seed));
    for (const auto& [request, facts] : ours.files.known)
        if (const std::string conflict = content_conflict(theirs.files, request, facts);
            !conflict.empty())
            throw StoreError(StoreError::Kind::foreign,
                             fmt::format("{}: {}: {}", folder.string(), conflict, content_remedy));
}

/// Throws StoreError(foreign) if a journal is of another sweep, seed or kernel version.
void require_own_journals(const std::filesystem::path& folder, const Plan& plan) {
    for (const std::filesystem::path& journal : journal_files(folder / "journals"))
        visit_records(
            journal, [](const RecordView&, std::uint64_t) {},
            [&](const JournalHeader& header) { require_own_journal(header, journal, plan); });
}

/// Creates a folder and those above it that are not there, so that after a power loss none of them
/// is missing around journals that are durable.
void create_folder(const std::filesystem::path& folder) {
    std::error_code failure;
    if (std::filesystem::is_directory(folder, failure)) return;
    const std::filesystem::path above = folder.has_parent_path() ? folder.parent_path() : ".";
    if (above != folder) create_folder(above);
    std::filesystem::create_directory(folder, failure);
    if (failure) {
        errno = failure.value();
        throw_io("create", folder);
    }
    sync_folder(above);
}

} // namespace

Store Store::open(const std::filesystem::path& folder, const Plan& plan) {
    create_folder(folder / "journals");
    Store store(folder);
    store.require_regular_files();
    FileTable files = plan.config().files.known;
    // Until there is a store.json, the journals alone say whose the store is; and another process
    // may make one at any time.
    while (!has_identity(folder)) {
        require_own_journals(folder, plan);
        if (create_file(identity_file(folder), text_of(identity_json(plan, files)))) return store;
    }
    StoreIdentity theirs = read_identity(folder);
    check_identity(folder, theirs, plan);
    files.merge(theirs.files);
    const json ours = identity_json(plan, files);
    if (read_identity_json(folder) != ours) replace_file(identity_file(folder), text_of(ours));
    return store;
}

Store Store::existing(const std::filesystem::path& folder, const Plan& plan) {
    check_identity(folder, read_identity(folder), plan);
    Store store(folder);
    store.require_regular_files();
    return store;
}

void Store::require_regular_files() const {
    for (const std::filesystem::path& file : {results_file(), timing_file(), sessions_file()})
        require_regular(file);
}

Journal Store::new_journal(const Plan& plan, const SyncPolicy& policy) const {
    std::vector<std::string> metric_names;
    for (const Metric& metric : metrics())
        metric_names.emplace_back(metric.name);
    return Journal(folder_ / "journals",
                   {.kernel_version = kernel_version,
                    .plan_digest = plan.digest(),
                    .sweep_name = plan.config().name,
                    .seed = plan.config().seed,
                    .metrics = std::move(metric_names),
                    .host = host_name(),
                    .process = static_cast<std::uint32_t>(::getpid())},
                   policy);
}

void Store::add_session(const std::string& json_line) const {
    append_line(sessions_file(), json_line);
}

StoreIdentity read_identity(const std::filesystem::path& folder) {
    const json identity = read_identity_json(folder);
    try {
        if (const auto schema = whole_number<std::uint32_t>(folder, identity, "schema_version");
            schema != schema_version)
            throw StoreError(
                StoreError::Kind::foreign,
                fmt::format("{} has store format {}, this program reads {}; use the program "
                            "that wrote it, or another --store folder",
                            folder.string(), schema, schema_version));
        return {identity.at("sweep_name"),
                whole_number<std::uint64_t>(folder, identity, "seed"),
                whole_number<std::uint32_t>(folder, identity, "kernel_version"),
                identity.at("config_source"),
                identity.at("config_text"),
                identity.at("overrides"),
                identity.value("config_folder", ""), // stores of kernel version 4 have neither
                file_table_of(identity.value("files", json::array()).dump())};
    } catch (const json::exception& error) {
        throw_lacking(folder, error.what());
    } catch (const std::invalid_argument& error) {
        throw_lacking(folder, error.what());
    }
}

} // namespace basin
