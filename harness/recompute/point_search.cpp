#include "harness/recompute/point_search.hpp"

#include "harness/process/usage_error.hpp"
#include "results/store/needed_replicates.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/plan/applicability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace basin {

namespace {

/// Numbers of the points, whatever their replicate, that have a key with this prefix.
std::set<std::uint64_t> matches(const Plan& plan, const std::vector<FoundPoint>& points,
                                const std::string& prefix) {
    std::set<std::uint64_t> found;
    for (const FoundPoint& point : points)
        if (to_string(plan.point_key(point.cell)).starts_with(prefix))
            found.insert(point.cell / plan.replicates());
    return found;
}

} // namespace

std::vector<FoundPoint> recorded_points(const Inventory& inventory) {
    std::vector<FoundPoint> points;
    for (const RecordPlace& place : inventory.places)
        points.push_back({place.cell, place.status, place});
    return points;
}

std::vector<FoundPoint> planned_points(const Plan& plan, const Inventory& inventory) {
    if (plan.cell_count() > most_searched)
        throw UsageError(fmt::format("the plan has {} cells; points that were not run are looked "
                                     "for among at most {}",
                                     plan.cell_count(), most_searched));
    std::vector<FoundPoint> points = recorded_points(inventory);
    const std::size_t recorded = points.size();
    const Applicability applicability(plan);
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            const auto end = points.begin() + static_cast<std::ptrdiff_t>(recorded);
            const auto found = std::lower_bound(
                points.begin(), end, cell,
                [](const FoundPoint& point, std::uint64_t wanted) { return point.cell < wanted; });
            if (found != end && found->cell == cell) return true;
            points.push_back(
                {cell, status_without_record(cell, plan, inventory, applicability), {}});
            return true;
        });
    std::ranges::sort(points, {}, &FoundPoint::cell);
    const auto same_cell = [](const FoundPoint& a, const FoundPoint& b) {
        return a.cell == b.cell;
    };
    points.erase(std::unique(points.begin(), points.end(), same_cell), points.end()); // of blocks
    return points;
}

std::vector<FoundPoint> find_point(const Plan& plan, const Inventory& inventory,
                                   const std::string& prefix) {
    const bool small = plan.cell_count() <= most_searched;
    const std::vector<FoundPoint> points =
        small ? planned_points(plan, inventory) : recorded_points(inventory);
    const std::set<std::uint64_t> found = matches(plan, points, prefix);
    if (found.empty())
        throw UsageError(fmt::format("no {}point has a key that starts with '{}'; `basin show DIR` "
                                     "lists them",
                                     small ? "" : "finished ", prefix));
    if (found.size() > 1)
        throw UsageError(fmt::format("{} have keys that start with '{}'; give more digits",
                                     counted(found.size(), "point"), prefix));
    std::vector<FoundPoint> replicates;
    std::ranges::copy_if(points, std::back_inserter(replicates), [&](const FoundPoint& point) {
        return point.cell / plan.replicates() == *found.begin();
    });
    return replicates;
}

} // namespace basin
