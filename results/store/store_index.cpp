// Which points of a plan the journals of a store hold.

#include "models/metrics/metrics.hpp"
#include "results/journal/journal_files.hpp"
#include "results/store/needed_replicates.hpp"
#include "results/store/record_reader.hpp"
#include "results/store/same_outcome.hpp"
#include "results/store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace basin {

namespace {

struct KeyedPlace {
    Key key;
    RecordPlace place;
    bool planned = false;
};

/// Records found so far: by cell where the journal's cells are this plan's, else by point key.
struct Found {
    std::vector<RecordPlace> places;
    std::vector<KeyedPlace> keyed;
};

/// Reads journal `index` of the inventory into `found`.
void read_journal(Inventory& inventory, std::uint32_t index, const Plan& plan, Found& found) {
    const std::filesystem::path& path = inventory.journals[index];
    MetricMap& metric_map = inventory.metric_maps.emplace_back();
    bool lacks_some = false;
    bool same_cells = false;
    const auto use_header = [&](const JournalHeader& header) {
        require_own_journal(header, path, plan);
        metric_map = MetricMap(header.metrics);
        lacks_some = !metric_map.lacking().empty();
        same_cells = header.plan_digest == plan.digest();
    };
    const auto take = [&](const RecordView& record, std::uint64_t offset) {
        const RecordPlace place{record.cell, offset, index, record.status,
                                lacks_some && record.status == Status::done};
        if (!same_cells) {
            found.keyed.push_back({record.key, place});
            return;
        }
        if (record.cell >= plan.cell_count() || plan.point_key(record.cell) != record.key)
            throw StoreError(StoreError::Kind::damaged,
                             fmt::format("the record at byte {} of {} does not belong to its cell "
                                         "{}; move the file out of the store and run again",
                                         offset, path.string(), record.cell));
        found.places.push_back(place);
    };
    inventory.damaged_bytes += visit_records(path, take, use_header).damaged_bytes;
}

bool cell_before(const RecordPlace& a, const RecordPlace& b) {
    return std::tie(a.cell, a.journal, a.offset) < std::tie(b.cell, b.journal, b.offset);
}

/// The places of cells that the plan visits, sorted: a point that is excluded today does not show
/// in the results because it was computed once.
/// Two cells may have one key and so share a record: those of two paths that hold the same.
/// `elsewhere` becomes the number of records that no cell has.
std::vector<RecordPlace> planned_places(Found found, const Plan& plan, std::uint64_t& elsewhere) {
    std::ranges::sort(found.keyed, {}, &KeyedPlace::key);
    std::vector<bool> planned(plan.cell_count());
    std::vector<RecordPlace> matched;
    const auto visit = [&](std::uint64_t cell) {
        planned[cell] = true;
        if (found.keyed.empty()) return true;
        const Key key = plan.point_key(cell);
        for (auto found_at = std::ranges::lower_bound(found.keyed, key, {}, &KeyedPlace::key);
             found_at != found.keyed.end() && found_at->key == key; ++found_at) {
            found_at->planned = true;
            matched.push_back(found_at->place);
            matched.back().cell = cell;
        }
        return true;
    };
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, visit);
    // In place: with millions of records a second copy would be what costs most memory.
    elsewhere =
        std::erase_if(found.places, [&](const RecordPlace& place) { return !planned[place.cell]; });
    elsewhere +=
        static_cast<std::uint64_t>(std::ranges::count(found.keyed, false, &KeyedPlace::planned));
    found.places.insert(found.places.end(), matched.begin(), matched.end());
    if (!std::ranges::is_sorted(found.places, cell_before))
        std::ranges::sort(found.places, cell_before);
    return std::move(found.places);
}

/// Of two results that agree, whether the second has more. Throws if they differ.
bool says_more(const RecordPlace& best, const RecordPlace& other, const Inventory& inventory,
               const Plan& plan) {
    if (!same_outcome(inventory, best.journal, read_record(inventory, best).outcome, other.journal,
                      read_record(inventory, other).outcome))
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("two results of one point differ: {} at byte {} and {} at byte {} ({}); "
                        "one of the journals comes from other code or a damaged machine: move it "
                        "out",
                        inventory.journals[best.journal].string(), best.offset,
                        inventory.journals[other.journal].string(), other.offset,
                        plan.point_text(best.cell)));
    return inventory.metric_maps[other.journal].lacking().size() <
           inventory.metric_maps[best.journal].lacking().size();
}

/// Which of two failures is told must not hang on the names of journals, as a merge gives them new
/// ones: the lowest status, then the first message. What equals in both is one failure.
bool comes_first(const RecordPlace& failure, const RecordPlace& best, const Inventory& inventory) {
    if (failure.status != best.status) return failure.status < best.status;
    return read_record(inventory, failure).outcome.message <
           read_record(inventory, best).outcome.message;
}

/// One place per cell. A point that failed once may succeed later: then the failure is history.
void fold(std::vector<RecordPlace>& places, const Inventory& inventory, const Plan& plan) {
    std::size_t kept = 0;
    for (const RecordPlace& place : places) {
        if (kept == 0 || places[kept - 1].cell != place.cell) {
            places[kept++] = place;
            continue;
        }
        RecordPlace& best = places[kept - 1];
        const bool result = is_result(place.status);
        const bool better = result != is_result(best.status) ? result
                            : result ? says_more(best, place, inventory, plan)
                                     : comes_first(place, best, inventory);
        if (better) best = place;
    }
    places.resize(kept);
}

std::vector<LackingMetric> lacking_metrics(const Inventory& inventory) {
    std::vector<std::uint64_t> by_journal(inventory.journals.size());
    for (const RecordPlace& place : inventory.places)
        by_journal[place.journal] += place.lacking ? 1 : 0;
    std::vector<LackingMetric> lacking;
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        std::uint64_t records = 0;
        for (std::size_t j = 0; j < by_journal.size(); ++j)
            if (!inventory.metric_maps[j].has(m)) records += by_journal[j];
        if (records > 0) lacking.push_back({m, records});
    }
    return lacking;
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
    inventory.places = planned_places(std::move(found), plan, inventory.elsewhere);
    fold(inventory.places, inventory, plan);
    inventory.needed = needed_replicates(plan, inventory);
    inventory.elsewhere += std::erase_if(inventory.places, [&](const RecordPlace& place) {
        return !is_needed(place.cell, plan, inventory);
    });
    inventory.lacking = lacking_metrics(inventory);
    return inventory;
}

Record read_record(const Inventory& inventory, const RecordPlace& place) {
    return RecordReader(inventory).read(place);
}

} // namespace basin
