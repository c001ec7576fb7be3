#include "analysis/stability/working_region.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Of the line of least squares through at least two points of different x.
double least_squares_slope(const std::vector<double>& x, const std::vector<double>& y) {
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

using Regions = std::vector<const WorkingRegion*>;

/// The slope of what `of` gives of a region and replicate, if `counts` holds of the region.
template <class Counts, class Of>
Slope slope_of(const Regions& regions, const std::vector<double>& vertices, Counts&& counts,
               Of&& of) {
    Slope slope;
    std::vector<double> slopes;
    for (const WorkingRegion* region : regions)
        if (counts(*region)) ++slope.vertices;
    for (std::size_t r = 0; r < regions.front()->areas.size(); ++r) {
        std::vector<double> x;
        std::vector<double> y;
        for (const WorkingRegion* region : regions) {
            if (!counts(*region) || std::isnan(region->centres[r])) continue;
            x.push_back(vertices[*region->vertex]);
            y.push_back(of(*region, r));
        }
        if (x.size() > 1) slopes.push_back(settled(least_squares_slope(x, y)));
    }
    slope.per_vertex = mean_interval(slopes);
    slope.replicates = slopes.size();
    return slope;
}

bool has_region(const WorkingRegion& region) {
    return !std::isnan(region.low);
}

/// The drift over the regions of one model, which ascend by vertex.
RegionDrift drift_of(const Regions& regions, const std::vector<double>& vertices) {
    RegionDrift drift;
    drift.model = regions.front()->model;
    const auto low_is_known = [](const WorkingRegion& region) {
        return has_region(region) && !region.at_low_end;
    };
    const auto high_is_known = [](const WorkingRegion& region) {
        return has_region(region) && !region.at_high_end;
    };
    const auto both_are_known = [&](const WorkingRegion& region) {
        return low_is_known(region) && high_is_known(region);
    };
    const auto slope = [&](const auto& counts, auto&& of) {
        return slope_of(regions, vertices, counts, of);
    };
    using R = const WorkingRegion&;
    drift.centre = slope(both_are_known, [](R region, std::size_t r) { return region.centres[r]; });
    drift.low = slope(low_is_known, [](R region, std::size_t r) { return region.lows[r]; });
    drift.high = slope(high_is_known, [](R region, std::size_t r) { return region.highs[r]; });
    drift.area =
        slope(both_are_known, [](R region, std::size_t r) { return std::log(region.areas[r]); });
    for (double* bound :
         {&drift.area.per_vertex.mean, &drift.area.per_vertex.low, &drift.area.per_vertex.high})
        *bound = std::expm1(*bound);
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

std::vector<RegionDrift> region_drifts(const Cells& cells,
                                       const std::vector<WorkingRegion>& regions) {
    std::map<std::vector<std::uint32_t>, std::vector<const WorkingRegion*>> models;
    for (const WorkingRegion& region : regions)
        if (region.vertex) models[region.model].push_back(&region);
    std::vector<RegionDrift> drifts;
    for (const auto& [model, own] : models)
        if (own.size() > 1)
            drifts.push_back(drift_of(own, cells.axes[*cells.axis("interaction_vertex")].numbers));
    return drifts;
}

} // namespace basin
