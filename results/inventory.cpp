// Which points of a plan the journals of a store hold.

#include "models/metrics.hpp"
#include "models/recall.hpp"
#include "results/file.hpp"
#include "results/needed_replicates.hpp"
#include "results/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <tuple>
#include <unordered_map>

namespace basin {

namespace {

/// Of a trusted journal, every so many records are checked against the plan's own keys.
constexpr std::uint64_t key_check_interval = 4096;

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

[[noreturn]] void refuse(const std::filesystem::path& journal, const std::string& why) {
    throw StoreError(StoreError::Kind::foreign,
                     fmt::format("{} {}: results are not mixed; use another --store folder, or the "
                                 "program and config that wrote it",
                                 journal.string(), why));
}

void check_header(const JournalHeader& header, const std::filesystem::path& journal,
                  const Plan& plan) {
    if (header.kernel_version != kernel_version)
        refuse(journal, fmt::format("was written by kernel version {}, this program has {}",
                                    header.kernel_version, kernel_version));
    if (!std::ranges::equal(header.metrics, metrics(), {}, {}, &Metric::name))
        refuse(journal, "has other metrics than this program");
    if (header.sweep_name != plan.config().name)
        refuse(journal, fmt::format("belongs to the sweep '{}', this is '{}'", header.sweep_name,
                                    plan.config().name));
    if (header.seed != plan.config().seed)
        refuse(journal, fmt::format("was computed with seed {}, this sweep has {}", header.seed,
                                    plan.config().seed));
}

struct KeyHash {
    std::size_t operator()(const Key& key) const { return key.low; }
};

/// Records found so far: by cell where the journal's cells are this plan's, else by point key.
struct Found {
    std::vector<RecordPlace> places;
    std::unordered_multimap<Key, RecordPlace, KeyHash> keyed;
};

/// Reads journal `index` of the inventory into `found`.
void read_journal(Inventory& inventory, std::uint32_t index, const Plan& plan, Found& found) {
    const std::filesystem::path& path = inventory.journals[index];
    const JournalHeader header = read_journal_header(path);
    if (header != JournalHeader{}) check_header(header, path, plan);
    const bool same_cells = header.plan_digest == plan.digest();
    std::uint64_t number = 0;
    const JournalScan scan = scan_journal(path, [&](const Record& record, std::uint64_t offset) {
        const RecordPlace place{record.cell, index, offset, record.outcome.status};
        if (!same_cells) {
            found.keyed.emplace(record.key, place);
            return;
        }
        const bool sampled = number++ % key_check_interval == 0;
        if (record.cell >= plan.cell_count() ||
            (sampled && plan.point_key(record.cell) != record.key))
            throw StoreError(StoreError::Kind::damaged,
                             fmt::format("the record at byte {} of {} does not belong to its cell "
                                         "{}; move the file out of the store and run again",
                                         offset, path.string(), record.cell));
        found.places.push_back(place);
    });
    inventory.damaged_bytes += scan.damaged_bytes;
}

bool cell_before(const RecordPlace& a, const RecordPlace& b) {
    return std::tie(a.cell, a.journal, a.offset) < std::tie(b.cell, b.journal, b.offset);
}

/// The places of cells that the plan visits, sorted: a point that is excluded today does not show
/// in the results because it was computed once.
std::vector<RecordPlace> planned_places(Found found, const Plan& plan) {
    std::ranges::sort(found.places, cell_before);
    std::vector<bool> planned(found.places.size());
    std::vector<RecordPlace> matched;
    const auto visit = [&](std::uint64_t cell) {
        for (auto place = std::ranges::lower_bound(found.places, cell, {}, &RecordPlace::cell);
             place != found.places.end() && place->cell == cell; ++place)
            planned[static_cast<std::size_t>(place - found.places.begin())] = true;
        if (found.keyed.empty()) return true;
        const auto [begin, end] = found.keyed.equal_range(plan.point_key(cell));
        for (auto entry = begin; entry != end; ++entry) {
            matched.push_back(entry->second);
            matched.back().cell = cell;
        }
        found.keyed.erase(begin, end);
        return true;
    };
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, visit);
    // In place: with millions of records a second copy would be what costs most memory.
    std::size_t kept = 0;
    for (std::size_t p = 0; p < planned.size(); ++p)
        if (planned[p]) found.places[kept++] = found.places[p];
    found.places.resize(kept);
    if (!matched.empty()) {
        found.places.insert(found.places.end(), matched.begin(), matched.end());
        std::ranges::sort(found.places, cell_before);
    }
    return std::move(found.places);
}

/// A point that failed once may succeed later: then the failure is history. Two results may not
/// differ, for recall is a function of the point.
bool is_result(Status status) {
    return status == Status::done || status == Status::not_applicable;
}

bool same_bits(const Outcome& a, const Outcome& b) {
    return a.status == b.status && a.flags == b.flags && a.message == b.message &&
           std::ranges::equal(a.values, b.values, {}, std::bit_cast<std::uint64_t, double>,
                              std::bit_cast<std::uint64_t, double>);
}

void check_equal(const RecordPlace& a, const RecordPlace& b, const Inventory& inventory,
                 const Plan& plan) {
    if (same_bits(read_record(inventory, a).outcome, read_record(inventory, b).outcome)) return;
    throw StoreError(
        StoreError::Kind::damaged,
        fmt::format("two results of one point differ: {} at byte {} and {} at byte {} ({}); one of "
                    "the journals comes from other code or a damaged machine: move it out",
                    inventory.journals[a.journal].string(), a.offset,
                    inventory.journals[b.journal].string(), b.offset, plan.point_text(a.cell)));
}

/// One place per cell. A result wins over failures; among failures the lowest status wins, so that
/// the order of the journals does not matter.
void fold(std::vector<RecordPlace>& places, const Inventory& inventory, const Plan& plan) {
    std::size_t kept = 0;
    for (const RecordPlace& place : places) {
        if (kept == 0 || places[kept - 1].cell != place.cell) {
            places[kept++] = place;
            continue;
        }
        RecordPlace& best = places[kept - 1];
        const bool result = is_result(place.status);
        if (result && is_result(best.status))
            check_equal(best, place, inventory, plan);
        else if (result || (!is_result(best.status) && place.status < best.status))
            best = place;
    }
    places.resize(kept);
}

} // namespace

Inventory Store::inventory(const Plan& plan) const {
    Inventory inventory;
    inventory.journals = journal_files(folder_ / "journals");
    Found found;
    for (std::uint32_t index = 0; index < inventory.journals.size(); ++index)
        read_journal(inventory, index, plan, found);
    const std::uint64_t records = found.places.size() + found.keyed.size();
    if (records == 0) { // a plan of any size, without a walk
        inventory.needed = needed_replicates(plan, inventory);
        return inventory;
    }
    inventory.places = planned_places(std::move(found), plan);
    inventory.elsewhere = records - inventory.places.size();
    fold(inventory.places, inventory, plan);
    inventory.needed = needed_replicates(plan, inventory);
    inventory.elsewhere += std::erase_if(inventory.places, [&](const RecordPlace& place) {
        return !is_needed(place.cell, plan, inventory);
    });
    return inventory;
}

Record read_record(const Inventory& inventory, const RecordPlace& place) {
    const OpenFile file(inventory.journals[place.journal], O_RDONLY, "open");
    return read_record(file.descriptor(), place.offset);
}

} // namespace basin
