#include "results/cube/cube_chunk_reader.hpp"

#include "models/metrics/metrics.hpp"
#include "results/files/undefined.hpp"
#include "results/store/needed_replicates.hpp"

#include <algorithm>

namespace basin {

namespace {

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
    : plan_(plan), replicates_(layout.replicates), inventory_(inventory), applicability_(plan),
      planned_(planned_cells(plan)), reader_(inventory) {}

void BlockReader::read(const Block& block, BlockValues& values) {
    const std::uint64_t first_cell = block.first * replicates_;
    const std::uint64_t cells = block.combinations * replicates_;
    const auto begin =
        std::ranges::lower_bound(inventory_.places, first_cell, {}, &RecordPlace::cell);
    const auto end = std::ranges::lower_bound(begin, inventory_.places.end(), first_cell + cells,
                                              {}, &RecordPlace::cell);
    const std::span<const RecordPlace> places(begin, end);
    values.recorded = !places.empty();
    values.status.resize(cells);
    values.flags.resize(cells);
    values.elapsed_s.resize(cells);
    values.metrics.resize(metrics().size());
    for (std::vector<double>& column : values.metrics)
        column.resize(cells);
    if (places.size() < cells) mark_without_records(first_cell, values);
    for (std::size_t p = 0; p < places.size(); p += together)
        read_records(places.subspan(p, std::min(together, places.size() - p)), first_cell, values);
}

/// Makes all cells of the block ones without a record.
void BlockReader::mark_without_records(std::uint64_t first_cell, BlockValues& values) const {
    for (std::size_t i = 0; i < values.status.size(); ++i)
        values.status[i] = static_cast<std::uint8_t>(without_record(first_cell + i));
    std::ranges::fill(values.flags, Flags{0});
    std::ranges::fill(values.elapsed_s, undefined);
    for (std::vector<double>& column : values.metrics)
        std::ranges::fill(column, undefined);
}

/// Puts at most `together` records into the columns. Their cells follow each other, but for gaps:
/// so each column is written a cache line at a time, not all columns for every record.
void BlockReader::read_records(std::span<const RecordPlace> places, std::uint64_t first_cell,
                               BlockValues& values) {
    std::array<RecordView, together> records;
    for (std::size_t r = 0; r < places.size(); ++r) {
        const std::size_t i = places[r].cell - first_cell;
        records[r] = reader_.view(places[r], bytes_[r]);
        values.status[i] = static_cast<std::uint8_t>(records[r].status);
        values.flags[i] = records[r].flags;
        values.elapsed_s[i] = records[r].elapsed_s;
    }
    for (std::size_t m = 0; m < values.metrics.size(); ++m)
        for (std::size_t r = 0; r < places.size(); ++r)
            values.metrics[m][places[r].cell - first_cell] =
                inventory_.metric_maps[places[r].journal].value(records[r], m);
}

Status BlockReader::without_record(std::uint64_t cell) const {
    if (!planned_[cell]) return Status::not_planned;
    return status_without_record(cell, plan_, inventory_, applicability_);
}

} // namespace basin
