#include "results/block_values.hpp"

#include "models/metrics.hpp"
#include "results/file.hpp"

#include <algorithm>
#include <fcntl.h>
#include <limits>
#include <optional>
#include <tuple>

namespace basin {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<bool> planned_cells(const Plan& plan) {
    std::vector<bool> planned(plan.cell_count());
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            planned[cell] = true;
            return true;
        });
    return planned;
}

} // namespace

BlockReader::BlockReader(const Plan& plan, const CubeLayout& layout, const Inventory& inventory)
    : replicates_(layout.replicates), inventory_(inventory), applicability_(plan),
      planned_(planned_cells(plan)) {}

void BlockReader::read(const Block& block, BlockValues& values) const {
    const std::uint64_t first_cell = block.first * replicates_;
    const std::uint64_t cells = block.combinations * replicates_;
    values.recorded = false;
    values.status.resize(cells);
    for (std::uint64_t i = 0; i < cells; ++i)
        values.status[i] = static_cast<std::uint8_t>(without_record(first_cell + i));
    values.flags.assign(cells, 0);
    values.elapsed_s.assign(cells, missing);
    values.metrics.resize(metrics().size());
    for (std::vector<double>& column : values.metrics)
        column.assign(cells, missing);
    read_records(first_cell, cells, values);
}

/// Each journal is opened once a block, and read from front to back.
void BlockReader::read_records(std::uint64_t first_cell, std::uint64_t cells,
                               BlockValues& values) const {
    const auto begin =
        std::ranges::lower_bound(inventory_.places, first_cell, {}, &RecordPlace::cell);
    const auto end = std::ranges::lower_bound(begin, inventory_.places.end(), first_cell + cells,
                                              {}, &RecordPlace::cell);
    std::vector<RecordPlace> places(begin, end);
    std::ranges::sort(places, {}, [](const RecordPlace& place) {
        return std::tuple(place.journal, place.offset);
    });
    std::optional<OpenFile> journal;
    std::uint32_t open_journal = 0;
    for (const RecordPlace& place : places) {
        if (!journal || place.journal != open_journal) {
            journal.emplace(inventory_.journals[place.journal], O_RDONLY, "open");
            open_journal = place.journal;
        }
        const Record record = read_record(inventory_, place, journal->descriptor());
        const std::uint64_t i = place.cell - first_cell;
        values.recorded = true;
        values.status[i] = static_cast<std::uint8_t>(record.outcome.status);
        values.flags[i] = record.outcome.flags;
        values.elapsed_s[i] = record.elapsed_s;
        for (std::size_t m = 0; m < record.outcome.values.size(); ++m)
            values.metrics.at(m)[i] = record.outcome.values[m];
    }
}

Status BlockReader::without_record(std::uint64_t cell) const {
    if (!planned_[cell]) return Status::not_planned;
    return applicability_.applicable(cell) ? Status::not_run : Status::not_applicable;
}

} // namespace basin
