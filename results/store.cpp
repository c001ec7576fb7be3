#include "results/store.hpp"

#include "models/metrics.hpp"
#include "models/recall.hpp"
#include "results/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <tuple>
#include <unistd.h>
#include <unordered_map>

namespace basin {

namespace {

using nlohmann::json;

constexpr int schema_version = 1;

json identity_json(const Plan& plan) {
    const Config& config = plan.config();
    return {{"schema_version", schema_version},
            {"sweep_name", config.name},
            {"seed", config.seed},
            {"kernel_version", kernel_version},
            {"config_source", config.source},
            {"config_text", config.text},
            {"overrides", config.overrides}};
}

std::filesystem::path identity_file(const std::filesystem::path& folder) {
    return folder / "store.json";
}

json read_identity_json(const std::filesystem::path& folder) {
    const auto file = identity_file(folder);
    std::ifstream in(file);
    if (!in)
        throw StoreError(StoreError::Kind::io, fmt::format("{} is not a store: there is no {}",
                                                           folder.string(), file.string()));
    try {
        return json::parse(in);
    } catch (const json::exception& error) {
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("{} cannot be read ({}); the journals beside it are whole: remove "
                        "this file and give the run command again",
                        file.string(), error.what()));
    }
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
}

std::vector<std::string> metric_names() {
    std::vector<std::string> names;
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    return names;
}

std::vector<std::filesystem::path> journal_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "journals"))
        if (entry.path().extension() == ".journal") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

struct KeyHash {
    std::size_t operator()(const Key& key) const { return key.low; }
};

/// What a journal's records are matched by: cells of a plan with the same digest, else point keys.
using KeyedPlaces = std::unordered_multimap<Key, RecordPlace, KeyHash>;

bool same_bits(const Outcome& a, const Outcome& b) {
    return a.status == b.status && a.flags == b.flags && a.message == b.message &&
           a.values.size() == b.values.size() &&
           std::equal(a.values.begin(), a.values.end(), b.values.begin(), [](double x, double y) {
               return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
           });
}

/// One place per cell: equal outcomes fold, different ones are an error that names both.
std::vector<RecordPlace> fold(std::vector<RecordPlace> places, const Inventory& inventory,
                              const Plan& plan) {
    std::ranges::sort(places, [](const RecordPlace& a, const RecordPlace& b) {
        return std::tie(a.cell, a.journal, a.offset) < std::tie(b.cell, b.journal, b.offset);
    });
    std::vector<RecordPlace> folded;
    for (const RecordPlace& place : places) {
        if (folded.empty() || folded.back().cell != place.cell) {
            folded.push_back(place);
            continue;
        }
        const RecordPlace& kept = folded.back();
        if (!same_bits(read_record(inventory, kept).outcome, read_record(inventory, place).outcome))
            throw StoreError(
                StoreError::Kind::damaged,
                fmt::format(
                    "two results of one point differ: {} at byte {} and {} at byte {} ({}); one "
                    "of the journals comes from other code or a damaged machine: move it out",
                    inventory.journals[kept.journal].string(), kept.offset,
                    inventory.journals[place.journal].string(), place.offset,
                    plan.point_text(place.cell)));
    }
    return folded;
}

} // namespace

Store Store::open(const std::filesystem::path& folder, const Plan& plan) {
    std::error_code failure;
    std::filesystem::create_directories(folder / "journals", failure);
    if (failure) {
        errno = failure.value();
        throw_io("create", folder / "journals");
    }
    const json ours = identity_json(plan);
    if (std::filesystem::exists(identity_file(folder)))
        check_identity(folder, read_identity(folder), plan);
    if (!std::filesystem::exists(identity_file(folder)) || read_identity_json(folder) != ours)
        replace_file(identity_file(folder), ours.dump(2) + "\n");
    return Store(folder);
}

Store Store::existing(const std::filesystem::path& folder, const Plan& plan) {
    check_identity(folder, read_identity(folder), plan);
    return Store(folder);
}

Inventory Store::inventory(const Plan& plan) const {
    Inventory inventory;
    inventory.journals = journal_files(folder_);
    const Key digest = plan.digest();
    std::vector<RecordPlace> places;
    KeyedPlaces keyed;
    for (std::uint32_t index = 0; index < inventory.journals.size(); ++index) {
        const auto& path = inventory.journals[index];
        const JournalHeader header = read_journal_header(path);
        const bool same_plan = header.plan_digest == digest;
        if (!header.metrics.empty() && header.metrics != metric_names())
            throw StoreError(
                StoreError::Kind::foreign,
                fmt::format("{} has other metrics than this program; use another --store "
                            "folder, or the program that wrote it",
                            path.string()));
        if (!header.metrics.empty() && header.kernel_version != kernel_version)
            throw StoreError(
                StoreError::Kind::foreign,
                fmt::format("{} was written by kernel version {}, this program has {}: "
                            "results are not mixed; use another --store folder",
                            path.string(), header.kernel_version, kernel_version));
        const JournalScan scan =
            scan_journal(path, [&](const Record& record, std::uint64_t offset) {
                const RecordPlace place{record.cell, index, offset, record.outcome.status};
                if (same_plan)
                    places.push_back(place);
                else
                    keyed.emplace(record.key, place);
            });
        inventory.damaged_bytes += scan.damaged_bytes;
    }
    if (!keyed.empty()) {
        inventory.elsewhere = keyed.size();
        for (std::uint64_t job = 0; job < plan.job_count(); ++job)
            plan.visit_points(job, 0, [&](std::uint64_t cell) {
                const auto [begin, end] = keyed.equal_range(plan.point_key(cell));
                for (auto found = begin; found != end; ++found) {
                    RecordPlace place = found->second;
                    place.cell = cell;
                    places.push_back(place);
                    --inventory.elsewhere;
                }
                keyed.erase(begin, end); // a point that several blocks name is found once
                return true;
            });
    }
    inventory.places = fold(std::move(places), inventory, plan);
    return inventory;
}

Journal Store::new_journal(const Plan& plan) const {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host = {"unknown"};
    return Journal(folder_ / "journals", {.kernel_version = kernel_version,
                                          .plan_digest = plan.digest(),
                                          .sweep_name = plan.config().name,
                                          .seed = plan.config().seed,
                                          .metrics = metric_names(),
                                          .host = host.data(),
                                          .process = static_cast<std::uint32_t>(::getpid())});
}

void Store::add_session(const std::string& json_line) const {
    append_line(sessions_file(), json_line);
}

Record read_record(const Inventory& inventory, const RecordPlace& place) {
    const auto& path = inventory.journals[place.journal];
    const OpenFile file(path, O_RDONLY, "open");
    return read_record(file.descriptor(), place.offset);
}

StoreIdentity read_identity(const std::filesystem::path& folder) {
    const json identity = read_identity_json(folder);
    try {
        if (const int schema = identity.at("schema_version"); schema != schema_version)
            throw StoreError(
                StoreError::Kind::foreign,
                fmt::format("{} has store format {}, this program reads {}; use the program "
                            "that wrote it",
                            folder.string(), schema, schema_version));
        return {identity.at("sweep_name"),     identity.at("seed"),
                identity.at("kernel_version"), identity.at("config_source"),
                identity.at("config_text"),    identity.at("overrides")};
    } catch (const json::exception& error) {
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("{} lacks what it should hold ({}); remove this file and give the "
                        "run command again",
                        identity_file(folder).string(), error.what()));
    }
}

} // namespace basin
