#include "analysis/cells/cells.hpp"

#include "analysis/cells/reported_metrics.hpp"
#include "results/journal/journal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

/// Reads a variable over `dimensions`, flattened in C order.
std::vector<double> flat(const Hypercube& cube, const std::string& name,
                         const std::vector<std::string>& dimensions) {
    for (const CubeVariable& variable : cube.variables())
        if (variable.name == name) {
            if (variable.dimensions != dimensions)
                throw StoreError(StoreError::Kind::damaged,
                                 "the variable '" + name + "' of the result file is not over the " +
                                     "axes of the cube; write the file again with 'basin run'");
            const xt::xarray<double> values = cube.read(name);
            return {values.begin(), values.end()};
        }
    throw StoreError(StoreError::Kind::damaged, "the result file has no variable '" + name +
                                                    "'; write it again with 'basin run'");
}

bool has(const Hypercube& cube, const std::string& name) {
    return std::any_of(cube.variables().begin(), cube.variables().end(),
                       [&](const CubeVariable& variable) { return variable.name == name; });
}

/// State of a cell from the statuses of its replicates; nothing if none of them is planned.
std::optional<CellState> state_of(const std::vector<Status>& statuses) {
    const auto any = [&](auto&& is) { return std::any_of(statuses.begin(), statuses.end(), is); };
    if (any(is_failure)) return CellState::failed;
    if (any([](Status s) { return s == Status::done; })) return CellState::done;
    if (any([](Status s) { return s == Status::not_run; })) return CellState::not_run;
    if (any([](Status s) { return s == Status::not_applicable; })) return CellState::not_applicable;
    return std::nullopt;
}

/// The values at `places`.
template <class T>
std::vector<T> picked(const std::vector<T>& all, const std::vector<std::size_t>& places) {
    std::vector<T> some;
    some.reserve(places.size());
    for (const std::size_t place : places)
        some.push_back(all[place]);
    return some;
}

Measure read_measure(const Hypercube& cube, const ReportedMetric& metric,
                     const std::vector<std::string>& dimensions,
                     const std::vector<std::size_t>& places) {
    Measure measure;
    measure.name = metric.name;
    for (const CubeVariable& variable : cube.variables())
        if (variable.name == metric.name) {
            measure.unit = variable.unit;
            measure.long_name = variable.long_name;
        }
    measure.mean = picked(flat(cube, measure.name + "_mean", dimensions), places);
    if (metric.with_interval) {
        measure.low = picked(flat(cube, measure.name + "_ci_low", dimensions), places);
        measure.high = picked(flat(cube, measure.name + "_ci_high", dimensions), places);
    }
    return measure;
}

constexpr std::size_t no_point = std::numeric_limits<std::size_t>::max();

/// The values at `points`, NaN at no_point.
std::vector<double> at_points(const std::vector<double>& all,
                              const std::vector<std::size_t>& points) {
    std::vector<double> some;
    some.reserve(points.size());
    for (const std::size_t point : points)
        some.push_back(point == no_point ? std::numeric_limits<double>::quiet_NaN() : all[point]);
    return some;
}

/// Value index of every axis at the cube positions `places`.
std::vector<std::vector<std::uint32_t>> coordinates_at(const std::vector<CubeAxis>& axes,
                                                       const std::vector<std::size_t>& places) {
    std::vector<std::vector<std::uint32_t>> coordinate(axes.size());
    std::size_t stride = 1;
    for (std::size_t a = axes.size(); a-- > 0;) {
        coordinate[a].reserve(places.size());
        for (const std::size_t place : places)
            coordinate[a].push_back(static_cast<std::uint32_t>(place / stride % axes[a].size()));
        stride *= axes[a].size();
    }
    return coordinate;
}

} // namespace

std::optional<std::size_t> Cells::axis(std::string_view name) const {
    for (std::size_t a = 0; a < axes.size(); ++a)
        if (axes[a].name == name) return a;
    return std::nullopt;
}

const Measure* Cells::measure(std::string_view name) const {
    for (const Measure& measure : measures)
        if (measure.name == name) return &measure;
    return nullptr;
}

std::uint64_t Cells::stride(std::size_t axis) const {
    std::uint64_t stride = 1;
    for (std::size_t a = axes.size(); a-- > axis + 1;)
        stride *= axes[a].size();
    return stride;
}

std::uint64_t Cells::place(std::size_t row) const {
    std::uint64_t place = 0;
    for (std::size_t a = 0; a < axes.size(); ++a)
        place = place * axes[a].size() + coordinate[a][row];
    return place;
}

std::vector<bool> continuous_rows(const Cells& cells) {
    std::vector<bool> rows(cells.rows());
    if (const Measure* count = cells.measure("single_exact_count"))
        for (std::size_t row = 0; row < rows.size(); ++row)
            rows[row] = cells.state[row] == CellState::done && std::isfinite(count->mean[row]);
    return rows;
}

Groups grouped(const Cells& cells, const std::vector<std::size_t>& axes) {
    Groups groups;
    std::vector<std::uint32_t> key(axes.size());
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        for (std::size_t i = 0; i < axes.size(); ++i)
            key[i] = cells.coordinate[axes[i]][row];
        groups[key].push_back(row);
    }
    return groups;
}

Cells filtered(const Cells& cells, const std::vector<bool>& keep) {
    std::vector<std::size_t> rows;
    std::vector<std::size_t> points;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (keep[row]) {
            rows.push_back(row);
            for (std::size_t r = 0; r < cells.replicates; ++r)
                points.push_back(row * cells.replicates + r);
        }
    Cells some = cells;
    for (std::vector<std::uint32_t>& column : some.coordinate)
        column = picked(column, rows);
    some.state = picked(cells.state, rows);
    some.done = picked(cells.done, rows);
    some.flags = picked(cells.flags, rows);
    for (Measure& measure : some.measures) {
        measure.mean = picked(measure.mean, rows);
        if (!measure.low.empty()) {
            measure.low = picked(measure.low, rows);
            measure.high = picked(measure.high, rows);
        }
        if (!measure.each.empty()) measure.each = picked(measure.each, points);
    }
    return some;
}

Cells read_cells(const Hypercube& cube, std::span<const std::string_view> paired) {
    Cells cells;
    cells.provenance = cube.provenance();
    std::vector<std::string> dimensions;
    for (const CubeAxis& axis : cube.axes())
        if (axis.name == "replicate") {
            cells.replicates = axis.size();
        } else {
            cells.axes.push_back(axis);
            dimensions.push_back(axis.name);
        }
    std::vector<std::string> all_dimensions = dimensions;
    all_dimensions.emplace_back("replicate");

    const std::vector<double> status = flat(cube, "status", all_dimensions);
    const std::vector<double> flags_of_points = flat(cube, "overflow_flags", all_dimensions);
    std::vector<std::size_t> places; // of the cells
    std::vector<std::size_t> points; // of their replicates; no_point if not done
    std::vector<Status> statuses(cells.replicates);
    for (std::size_t place = 0; place < status.size() / cells.replicates; ++place) {
        const std::size_t first = place * cells.replicates;
        Flags flags_of_cell = 0;
        for (std::size_t r = 0; r < cells.replicates; ++r) {
            const auto code = static_cast<std::size_t>(status[first + r]);
            if (code >= status_names.size())
                throw StoreError(StoreError::Kind::damaged,
                                 "the result file holds the unknown status " +
                                     std::to_string(code) + "; it is of a later version of Basin");
            ++cells.points[code];
            statuses[r] = static_cast<Status>(code);
            flags_of_cell =
                static_cast<Flags>(flags_of_cell | static_cast<Flags>(flags_of_points[first + r]));
        }
        const std::optional<CellState> state = state_of(statuses);
        if (!state) continue;
        places.push_back(place);
        cells.state.push_back(*state);
        cells.flags.push_back(flags_of_cell);
        cells.done.push_back(
            static_cast<std::uint32_t>(std::count(statuses.begin(), statuses.end(), Status::done)));
        for (std::size_t r = 0; r < cells.replicates; ++r)
            points.push_back(statuses[r] == Status::done ? first + r : no_point);
    }
    cells.coordinate = coordinates_at(cells.axes, places);
    std::vector<ReportedMetric> wanted(reported_metrics().begin(), reported_metrics().end());
    for (const std::string_view name : paired)
        if (std::ranges::find(wanted, name, &ReportedMetric::name) == wanted.end())
            wanted.push_back({.name = name});
    for (const ReportedMetric& metric : wanted) {
        const std::string name(metric.name);
        if (!has(cube, name + "_mean")) continue;
        cells.measures.push_back(read_measure(cube, metric, dimensions, places));
        if (std::ranges::find(paired, metric.name) != paired.end())
            cells.measures.back().each = at_points(flat(cube, name, all_dimensions), points);
    }
    leave_out_undefined(cells.measures);
    return cells;
}

} // namespace basin
