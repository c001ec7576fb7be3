#include "results/cube/cube_comparison.hpp"

#include "models/metrics/metrics.hpp"
#include "results/store/needed_replicates.hpp"
#include "results/store/record_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

namespace {

/// Values of variables that are held at a time.
constexpr std::size_t values_at_a_time = std::size_t{64} << 20;

/// A variable of the file; what it is in a record.
struct Column {
    std::string name;
    xt::xarray<double> values; ///< by cell
};

Column read_column(const Hypercube& cube, std::string_view name, std::uint64_t cells) {
    Column column{std::string(name), {}};
    const bool known =
        std::ranges::find(cube.variables(), name, &CubeVariable::name) != cube.variables().end();
    if (known) column.values = cube.read(column.name);
    if (!known || column.values.size() != cells)
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("results.h5 has no variable {} over the plan's {} cells; "
                                     "remove the file and give the run command again, it is made "
                                     "from the journals",
                                     name, cells));
    return column;
}

double number_in(const Record& record, std::size_t variable) {
    if (variable == 0) return static_cast<double>(record.outcome.flags);
    return record.outcome.values.at(variable - 1);
}

bool is_done(double status) {
    return status == static_cast<double>(Status::done);
}

bool is_held(double status) {
    return is_done(status) || is_failure(static_cast<Status>(status));
}

/// Sorts the points by what file and journals say of their status; returns the places of those that
/// both hold.
std::vector<RecordPlace> compare_status(const Column& status, const Plan& plan,
                                        const Inventory& inventory, CubeComparison& comparison) {
    std::vector<RecordPlace> both;
    auto place = inventory.places.begin();
    for (std::uint64_t cell = 0; cell < status.values.size(); ++cell) {
        const double theirs = status.values.data()[cell];
        const bool recorded = place != inventory.places.end() && place->cell == cell;
        const auto ours = static_cast<double>(recorded ? place->status : Status::not_run);
        if (is_done(theirs) && !is_done(ours)) {
            // What a stopping rule no longer asks for may still be in the journals.
            if (is_needed(cell, plan, inventory)) comparison.lost.push_back(cell);
        } else if (recorded && theirs == ours)
            both.push_back(*place);
        else if (recorded && (is_done(ours) || !is_held(theirs)))
            ++comparison.newer; // run since, or failed then and done since
        else if (recorded)
            comparison.differences.push_back({*place, "status", ours, theirs});
        if (recorded) ++place;
    }
    comparison.compared = both.size();
    return both;
}

} // namespace

CubeComparison compare_with_journals(const Hypercube& cube, const Plan& plan,
                                     const Inventory& inventory) {
    const std::uint64_t cells = plan.cell_count();
    CubeComparison comparison;
    const std::vector<RecordPlace> both =
        compare_status(read_column(cube, "status", cells), plan, inventory, comparison);

    const std::size_t variables = 1 + metrics().size();
    const std::size_t together =
        std::clamp<std::size_t>(values_at_a_time / std::max<std::uint64_t>(cells, 1), 1, variables);
    RecordReader reader(inventory);
    for (std::size_t first = 0; first < variables; first += together) {
        std::vector<Column> columns;
        for (std::size_t v = first; v < std::min(first + together, variables); ++v)
            columns.push_back(
                read_column(cube, v == 0 ? "overflow_flags" : metrics()[v - 1].name, cells));
        for (const RecordPlace& place : both) {
            const Record record = reader.read(place);
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const double ours = number_in(record, first + c);
                const double theirs = columns[c].values.data()[place.cell];
                if (!same_number(ours, theirs))
                    comparison.differences.push_back({place, columns[c].name, ours, theirs});
            }
        }
    }
    return comparison;
}

} // namespace basin
