#include "harness/recompute/replay.hpp"

#include "harness/process/first_failure.hpp"
#include "harness/run/recall_tasks.hpp"
#include "models/base/random.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "results/store/record_reader.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/coordinates/identity.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <new>
#include <string>

namespace basin {

namespace {

/// A drawn point, as the journal has it.
struct Point {
    RecordPlace place;
    Outcome outcome;
};

using Scenes = std::vector<std::vector<Point>>; ///< points that share a scene

std::vector<RecordPlace> drawn(const Inventory& inventory, std::uint32_t wanted,
                               std::uint64_t seed) {
    std::vector<RecordPlace> done;
    std::ranges::copy_if(inventory.places, std::back_inserter(done),
                         [](const RecordPlace& place) { return place.status == Status::done; });
    const auto bound = static_cast<std::uint32_t>(
        std::min<std::size_t>(done.size(), std::numeric_limits<std::uint32_t>::max()));
    if (wanted >= bound) return done;
    Stream stream(key_of("replay"), StreamRole::replay, seed);
    std::vector<RecordPlace> places;
    for (const std::uint32_t i : sample(stream, wanted, bound))
        places.push_back(done[i]);
    std::ranges::sort(places, {}, &RecordPlace::cell);
    return places;
}

/// What scene a cell is of, by value.
std::string scene_text(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    std::string text = std::to_string(plan.replicate_of(cell)) + ";";
    for (std::size_t p = 0; p < coordinates.size(); ++p)
        if (const Role role = parameters()[p].role; role == Role::pattern || role == Role::cue)
            text += assignment(p, coordinates[p]);
    return text;
}

Scenes by_scene(const Plan& plan, const Inventory& inventory,
                const std::vector<RecordPlace>& places) {
    std::map<std::string, std::vector<Point>> groups;
    RecordReader reader(inventory);
    for (const RecordPlace& place : places)
        groups[scene_text(plan, place.cell)].push_back({place, reader.read(place).outcome});
    Scenes scenes;
    for (auto& [text, points] : groups)
        scenes.push_back(std::move(points));
    return scenes;
}

std::vector<Outcome> computed_again(const Plan& plan, const Banks& banks,
                                    const std::vector<Point>& points) {
    const std::uint64_t first = points.front().place.cell;
    const Coordinates coordinates = plan.coordinates_of(first);
    try {
        std::vector<Setting> settings;
        settings.reserve(points.size());
        for (const Point& point : points)
            settings.push_back(bind_setting(plan.coordinates_of(point.place.cell)));
        const SceneSpec spec =
            bind_scene(coordinates, plan.config().seed, plan.replicate_of(first));
        return recall(make_scene(spec, files_for(banks, coordinates)), settings);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) { // a point that was done must not fail
        return std::vector<Outcome>(points.size(),
                                    outcome_of_failure(Status::failed, error.what()));
    }
}

void compare(const Inventory& inventory, const Point& point, const Outcome& again, Replay& result) {
    const std::size_t before = result.differences.size();
    const auto check = [&](std::string_view name, double journal, double other) {
        if (!same_number(journal, other))
            result.differences.push_back({point.place, std::string(name), journal, other});
    };
    check("status", static_cast<double>(point.outcome.status), static_cast<double>(again.status));
    check("overflow_flags", static_cast<double>(point.outcome.flags),
          static_cast<double>(again.flags));
    for (std::size_t m = 0; m < metrics().size(); ++m)
        if (inventory.metric_maps[point.place.journal].has(m)) // of a program that did not have it
            check(metrics()[m].name, point.outcome.values.at(m), again.values.at(m));
    ++result.points;
    if (result.differences.size() > before) ++result.differing;
}

} // namespace

Replay replay(const Plan& plan, const Inventory& inventory, const Banks& banks,
              std::uint32_t wanted, std::uint64_t seed, int threads) {
    const Scenes scenes = by_scene(plan, inventory, drawn(inventory, wanted, seed));
    std::vector<std::vector<Outcome>> outcomes(scenes.size());
    FirstFailure failure;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(scenes, outcomes, plan, banks, failure)
    for (std::size_t s = 0; s < scenes.size(); ++s)
        failure.guard([&] { outcomes[s] = computed_again(plan, banks, scenes[s]); });
    failure.rethrow();
    Replay result;
    for (std::size_t s = 0; s < scenes.size(); ++s)
        for (std::size_t i = 0; i < scenes[s].size(); ++i)
            compare(inventory, scenes[s][i], outcomes[s][i], result);
    std::ranges::stable_sort(result.differences, {},
                             [](const ValueDifference& found) { return found.place.cell; });
    return result;
}

} // namespace basin
