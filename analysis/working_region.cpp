#include "analysis/working_region.hpp"

#include "analysis/model_facets.hpp"
#include "analysis/selectors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

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
    RegionSearch(const Cells& cells, const std::vector<double>& each)
        : cells_(cells), each_(each) {}

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
            if (!(value(line.rows[i], replicate) <= recalled_error)) continue;
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
    const Cells& cells_;
    const std::vector<double>& each_;
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

/// Sums over the lines of a replicate.
void add_replicate(const RegionSearch& search, const std::vector<Line>& lines,
                   std::size_t replicate, WorkingRegion& region, std::vector<double>& lows,
                   std::vector<double>& highs) {
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
    region.areas[replicate] = area / static_cast<double>(lines.size());
    ++region.replicates;
    if (with_region == 0.0) return;
    region.centres[replicate] = centre / with_region;
    lows.push_back(low / with_region);
    highs.push_back(high / with_region);
}

struct Slope {
    std::vector<double> x;
    std::vector<double> y;

    /// Of the line of least squares; NaN for fewer than two x.
    double value() const {
        if (x.size() < 2) return undefined;
        const double mean_x = mean_interval(x).mean;
        const double mean_y = mean_interval(y).mean;
        double products = 0.0;
        double squares = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            products += (x[i] - mean_x) * (y[i] - mean_y);
            squares += (x[i] - mean_x) * (x[i] - mean_x);
        }
        return products / squares;
    }
};

bool has_region(const WorkingRegion& region) {
    return !std::isnan(region.low);
}

/// The drift over the regions of one model, which ascend by vertex.
RegionDrift drift_of(const std::vector<const WorkingRegion*>& regions,
                     const std::vector<double>& vertices, std::size_t replicates) {
    RegionDrift drift;
    drift.model = regions.front()->model;
    std::vector<double> shifts;
    std::vector<double> growths;
    for (std::size_t r = 0; r < replicates; ++r) {
        Slope shift;
        Slope growth;
        for (const WorkingRegion* region : regions) {
            if (std::isnan(region->centres[r])) continue;
            shift.x.push_back(vertices[*region->vertex]);
            shift.y.push_back(region->centres[r]);
            growth.x.push_back(vertices[*region->vertex]);
            growth.y.push_back(std::log(region->areas[r]));
        }
        if (shift.x.size() < 2) continue;
        shifts.push_back(shift.value());
        growths.push_back(std::expm1(growth.value()));
    }
    drift.shift = mean_interval(shifts);
    drift.growth = mean_interval(growths);
    drift.replicates = shifts.size();
    for (const WorkingRegion* region : regions) {
        if (has_region(*region)) {
            ++drift.vertices;
            if (region->at_low_end || region->at_high_end) ++drift.at_end;
            drift.none_from = std::nullopt;
        } else if (region->replicates > 0 && drift.vertices > 0) {
            if (!drift.none_from) {
                drift.none_from = region->vertex;
                drift.none_replicates = region->replicates;
            }
            drift.none_replicates = std::min(drift.none_replicates, region->replicates);
        }
    }
    return drift;
}

} // namespace

WorkingRegion working_region(const Cells& cells, const std::vector<std::size_t>& rows) {
    WorkingRegion region;
    region.areas.assign(cells.replicates, undefined);
    region.centres.assign(cells.replicates, undefined);
    const std::optional<std::size_t> beta = cells.axis("beta");
    const Measure* error = cells.measure("recall_error");
    std::vector<Line> lines;
    std::vector<double> lows;
    std::vector<double> highs;
    if (beta && cells.axes[*beta].numeric && error != nullptr && !error->each.empty()) {
        const RegionSearch search(cells, error->each);
        lines = lines_of(cells, rows, *beta);
        std::erase_if(lines, [&](const Line& line) { return !search.has_value(line); });
        for (std::size_t r = 0; r < cells.replicates && !lines.empty(); ++r)
            if (std::ranges::all_of(lines,
                                    [&](const Line& line) { return search.is_known(line, r); }))
                add_replicate(search, lines, r, region, lows, highs);
    }
    region.lines = lines.size();
    region.area = over_defined(region.areas);
    region.centre = over_defined(region.centres);
    region.low = mean_interval(lows).mean;
    region.high = mean_interval(highs).mean;
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

std::vector<RegionDrift> region_drifts(const Cells& cells,
                                       const std::vector<WorkingRegion>& regions) {
    std::map<std::vector<std::uint32_t>, std::vector<const WorkingRegion*>> models;
    for (const WorkingRegion& region : regions)
        if (region.vertex) models[region.model].push_back(&region);
    std::vector<RegionDrift> drifts;
    for (const auto& [model, own] : models)
        if (own.size() > 1)
            drifts.push_back(drift_of(own, cells.axes[*cells.axis("interaction_vertex")].numbers,
                                      cells.replicates));
    return drifts;
}

} // namespace basin
