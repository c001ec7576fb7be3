#include "analysis/stability/working_region.hpp"

#include "analysis/cells/selectors.hpp"
#include "analysis/charts/model_facets.hpp"
#include "analysis/frontiers/predictions.hpp"
#include "results/files/undefined.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Cells that differ in nothing but beta, by ascending beta.
struct Line {
    std::vector<std::size_t> rows;
    std::vector<double> log_beta; ///< [rows]
};

/// The region of one line in one replicate.
struct Extent {
    double area = 0.0;
    double moment = 0.0; ///< integral of log10 beta over it
    double low = undefined;
    double high = undefined;
    bool at_low_end = false;
    bool at_high_end = false;
};

class RegionSearch {
public:
    RegionSearch(const Cells& cells, const std::vector<double>& each) : cells_(cells), each_(each) {
        for (const FailureKind& kind : failure_kinds)
            if (const Measure* share = cells.measure(kind.metric);
                kind.every && share != nullptr && !share->each.empty())
                undecided_.push_back(&share->each);
    }

    double value(std::size_t row, std::size_t replicate) const {
        return each_[row * cells_.replicates + replicate];
    }

    bool has_value(const Line& line) const {
        return std::ranges::any_of(line.rows, [&](std::size_t row) {
            for (std::size_t r = 0; r < cells_.replicates; ++r)
                if (!std::isnan(value(row, r))) return true;
            return false;
        });
    }

    /// Whether it is known of every cell if it works.
    bool is_known(const Line& line, std::size_t replicate) const {
        bool some = false;
        for (const std::size_t row : line.rows) {
            const bool missing = std::isnan(value(row, replicate));
            const CellState state = cells_.state[row];
            if (missing && state != CellState::failed && state != CellState::not_applicable)
                return false;
            some = some || !missing;
        }
        return some;
    }

    Extent extent(const Line& line, std::size_t replicate) const {
        Extent extent;
        const std::vector<double>& x = line.log_beta;
        const std::size_t last = x.size() - 1;
        for (std::size_t i = 0; i <= last; ++i) {
            if (!works(line.rows[i], replicate)) continue;
            const double low = i == 0 ? x[i] : (x[i - 1] + x[i]) / 2.0;
            const double high = i == last ? x[i] : (x[i] + x[i + 1]) / 2.0;
            if (extent.area == 0.0) extent.low = low;
            extent.high = high;
            extent.area += high - low;
            extent.moment += (high - low) * (low + high) / 2.0;
            extent.at_low_end = extent.at_low_end || i == 0;
            extent.at_high_end = extent.at_high_end || i == last;
        }
        return extent;
    }

private:
    /// Where no unit is decided the cue stays as it is, which is no recall however good it is.
    bool works(std::size_t row, std::size_t replicate) const {
        const std::size_t point = row * cells_.replicates + replicate;
        return each_[point] <= recalled_error &&
               std::ranges::none_of(undecided_, [&](const std::vector<double>* share) {
                   return (*share)[point] == 1.0;
               });
    }

    const Cells& cells_;
    const std::vector<double>& each_;
    std::vector<const std::vector<double>*> undecided_; ///< shares that are 1 if nothing is decided
};

std::vector<Line> lines_of(const Cells& cells, const std::vector<std::size_t>& rows,
                           std::size_t beta) {
    std::map<std::vector<std::uint32_t>, Line> lines;
    std::vector<std::uint32_t> key;
    for (const std::size_t row : rows) {
        key.clear();
        for (std::size_t axis = 0; axis < cells.axes.size(); ++axis)
            if (axis != beta) key.push_back(cells.coordinate[axis][row]);
        lines[key].rows.push_back(row);
    }
    const auto beta_of = [&](std::size_t row) {
        return cells.axes[beta].numbers[cells.coordinate[beta][row]];
    };
    std::vector<Line> all;
    for (auto& [values, line] : lines) {
        if (line.rows.size() < 2) continue; // one value has no width
        std::ranges::sort(line.rows, {}, beta_of);
        for (const std::size_t row : line.rows)
            line.log_beta.push_back(std::log10(beta_of(row)));
        all.push_back(std::move(line));
    }
    return all;
}

/// Mean and interval of the values that are there.
MeanInterval over_defined(const std::vector<double>& values) {
    std::vector<double> defined;
    std::ranges::copy_if(values, std::back_inserter(defined),
                         [](double value) { return !std::isnan(value); });
    return mean_interval(defined);
}

/// Means over the lines of a replicate.
void add_replicate(const RegionSearch& search, const std::vector<Line>& lines,
                   std::size_t replicate, WorkingRegion& region) {
    double area = 0.0;
    double centre = 0.0;
    double low = 0.0;
    double high = 0.0;
    double with_region = 0.0;
    for (const Line& line : lines) {
        const Extent extent = search.extent(line, replicate);
        if (extent.area == 0.0) continue;
        area += extent.area;
        centre += extent.moment / extent.area;
        low += extent.low;
        high += extent.high;
        with_region += 1.0;
        region.at_low_end = region.at_low_end || extent.at_low_end;
        region.at_high_end = region.at_high_end || extent.at_high_end;
    }
    region.areas[replicate] = settled(area / static_cast<double>(lines.size()));
    ++region.replicates;
    if (with_region == 0.0) return;
    region.centres[replicate] = settled(centre / with_region);
    region.lows[replicate] = settled(low / with_region);
    region.highs[replicate] = settled(high / with_region);
}

} // namespace

double settled(double value) {
    constexpr double steps = 1e9;
    return std::round(value * steps) / steps;
}

WorkingRegion working_region(const Cells& cells, const std::vector<std::size_t>& rows) {
    WorkingRegion region;
    region.areas.assign(cells.replicates, undefined);
    for (std::vector<double>* each : {&region.centres, &region.lows, &region.highs})
        each->assign(cells.replicates, undefined);
    const std::optional<std::size_t> beta = cells.axis("beta");
    const Measure* error = cells.measure("recall_error");
    std::vector<Line> lines;
    if (beta && cells.axes[*beta].numeric && error != nullptr && !error->each.empty()) {
        const RegionSearch search(cells, error->each);
        lines = lines_of(cells, rows, *beta);
        std::erase_if(lines, [&](const Line& line) { return !search.has_value(line); });
        for (std::size_t r = 0; r < cells.replicates && !lines.empty(); ++r)
            if (std::ranges::all_of(lines,
                                    [&](const Line& line) { return search.is_known(line, r); }))
                add_replicate(search, lines, r, region);
    }
    region.lines = lines.size();
    region.area = over_defined(region.areas);
    region.centre = over_defined(region.centres);
    region.low = over_defined(region.lows).mean;
    region.high = over_defined(region.highs).mean;
    return region;
}

std::vector<WorkingRegion> working_regions(const Cells& cells) {
    const std::vector<std::size_t> models = model_axes(cells);
    const std::vector<std::size_t> vertex = varying_among(cells, {"interaction_vertex"});
    std::vector<WorkingRegion> regions;
    for (const auto& [model, rows] : grouped(cells, models)) {
        std::map<double, std::vector<std::size_t>> by_vertex;
        for (const std::size_t row : rows)
            by_vertex[vertex.empty()
                          ? 0.0
                          : cells.axes[vertex[0]].numbers[cells.coordinate[vertex[0]][row]]]
                .push_back(row);
        for (const auto& [number, some] : by_vertex) {
            WorkingRegion region = working_region(cells, some);
            if (region.lines == 0) continue;
            region.model = model;
            if (!vertex.empty()) region.vertex = cells.coordinate[vertex[0]][some.front()];
            regions.push_back(std::move(region));
        }
    }
    return regions;
}

} // namespace basin
