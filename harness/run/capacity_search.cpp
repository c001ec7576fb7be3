#include "harness/run/capacity_search.hpp"

#include "analysis/capacity/crossing_rule.hpp"
#include "harness/process/memory.hpp"
#include "harness/process/usage_error.hpp"
#include "harness/run/run_estimate.hpp"
#include "models/metrics/metrics.hpp"
#include "results/store/record_reader.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/estimate/cost_classes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace basin {

namespace {

std::size_t pattern_count_parameter() {
    return parameter_index("pattern_count").value();
}

Coordinates at(Coordinates coordinates, std::uint64_t pattern_count) {
    coordinates[pattern_count_parameter()] = static_cast<std::int64_t>(pattern_count);
    return coordinates;
}

/// Where a search starts: 0, which is its least K, without theory or where that is beyond the range
/// and no guide to what is within.
std::uint64_t start_at(const std::optional<CapacityTheory>& theory, std::uint64_t most) {
    const TheoreticalCapacity* said = theory ? theory->best() : nullptr;
    if (said == nullptr || said->pattern_count > static_cast<double>(most)) return 0;
    return static_cast<std::uint64_t>(said->pattern_count);
}

/// The curves of one job: they have their scenes in common.
struct CurveGroup {
    Coordinates scene;
    std::uint64_t settings = 0;
    bool is_real = false;
};

/// The last pattern count that fits, or 0 if all do.
std::uint64_t last_that_fits(const Plan& plan, const CurveGroup& group,
                             std::span<const std::uint64_t> pattern_counts,
                             const MemoryLimit& limit) {
    const auto need = [&](std::uint64_t pattern_count) {
        SceneSize size = size_of(at(group.scene, pattern_count), plan.config().files.known);
        size.is_real = size.is_real || group.is_real;
        return memory_for(plan, size, group.settings).need(limit.threads);
    };
    const auto end = std::ranges::partition_point(
        pattern_counts, [&](std::uint64_t k) { return need(k) <= limit.most; });
    if (end == pattern_counts.end()) return 0;
    if (end == pattern_counts.begin())
        throw UsageError(fmt::format("even pattern_count = {} needs about {} of memory on {} "
                                     "threads, more than the {} it may take. Give fewer "
                                     "--threads, or allow more with --memory",
                                     *end, memory_text(need(*end)), limit.threads,
                                     memory_text(limit.most)));
    return end[-1];
}

/// Records by cell.
class Records {
public:
    Records(const Inventory& inventory, std::size_t metric)
        : places_(inventory.places), reader_(inventory), metric_(metric) {}

    const RecordPlace* find(std::uint64_t cell) const {
        const auto found = std::ranges::lower_bound(places_, cell, {}, &RecordPlace::cell);
        return found != places_.end() && found->cell == cell ? &*found : nullptr;
    }
    double value(const RecordPlace& place) {
        return reader_.read(place).outcome.values.at(metric_);
    }

private:
    std::span<const RecordPlace> places_;
    RecordReader reader_;
    std::size_t metric_;
};

} // namespace

bool CapacityCurve::is_answered() const {
    return no_meaning.empty() && crossing.state != CrossingState::undecided &&
           crossing.state != CrossingState::no_interval;
}

namespace {

/// Adds what a scene's record says.
void observe(CapacityCurve& curve, Observation observation, const RecordPlace& place,
             Records& records) {
    ++curve.scenes;
    if (place.status != Status::done) {
        // A scene that stores none of its cues' targets asks nothing: it did not fail.
        if (is_failure(place.status)) ++curve.failed;
        return;
    }
    observation.value = records.value(place);
    // NaN, and what is no share although the metric is one: undefined.
    if (observation.value >= 0.0 && observation.value <= 1.0)
        curve.observations.push_back(observation);
}

} // namespace

CapacitySearch::CapacitySearch(const Plan& plan, const MemoryLimit& limit)
    : plan_(plan), pattern_counts_(plan.config().capacity.value().pattern_counts()) {
    bool after = false;
    for (const Dimension& dimension : plan.dimensions()) {
        if (after) stride_ *= dimension.values.size();
        after = after || dimension.parameter == pattern_count_parameter();
    }
    find_curves(limit);
}

void CapacitySearch::find_curves(const MemoryLimit& limit) {
    const Applicability applicability(plan_);
    const CapacityRule& wanted = *plan_.config().capacity;
    const Value least = static_cast<std::int64_t>(pattern_counts_.front());
    for (std::uint64_t job = 0; job < plan_.job_count(); job += plan_.replicates()) {
        CurveGroup group{.scene = plan_.scene_of(job)};
        if (group.scene[pattern_count_parameter()] != least) continue;
        const std::size_t before = curves_.size();
        plan_.visit_points(job, 0, [&](std::uint64_t cell) {
            CapacityCurve curve;
            curve.first = cell / plan_.replicates();
            curve.coordinates = plan_.coordinates_of(cell);
            curve.no_meaning = applicability.reason(cell);
            const SceneSpec scene = bind_scene(curve.coordinates, 0, 0); // at the least K
            curve.rule = crossing_rule(wanted, fewest_probes(scene.cues));
            curve.theory =
                capacity_theory(bind_setting(curve.coordinates), scene, wanted.criterion);
            curve.rule.start = start_at(curve.theory, wanted.maximum);
            curve.finished = !curve.no_meaning.empty();
            if (!curve.finished) {
                ++group.settings;
                group.is_real =
                    group.is_real || cost_class(bind_setting(curve.coordinates)).index >=
                                         CostClass::first_continuous;
            }
            curves_.push_back(std::move(curve));
            return true;
        });
        if (group.settings == 0) continue;
        const std::uint64_t last = last_that_fits(plan_, group, pattern_counts_, limit);
        for (std::size_t c = before; c < curves_.size(); ++c)
            curves_[c].rule.limit = last;
    }
    std::ranges::sort(curves_, {}, &CapacityCurve::first);
}

std::uint64_t CapacitySearch::combination(const CapacityCurve& curve,
                                          std::uint64_t pattern_count) const {
    const auto found = std::ranges::lower_bound(pattern_counts_, pattern_count);
    return curve.first + static_cast<std::uint64_t>(found - pattern_counts_.begin()) * stride_;
}

void CapacitySearch::ask(Inventory& inventory, const Retry& retry) {
    inventory.needed.resize(plan_.cell_count() / plan_.replicates(), 0);
    Records records(inventory, metric_index(plan_.config().capacity->criterion.metric));
    for (CapacityCurve& curve : curves_) {
        while (!curve.finished) {
            const SearchStep step = next_step(curve.observations, curve.rule);
            curve.crossing = step.crossing;
            // Of each request the replicates that are new.
            std::vector<Observation> fresh;
            std::vector<const RecordPlace*> places;
            bool missing = false;
            for (const SceneRequest& request : step.requests) {
                const std::uint64_t where = combination(curve, request.pattern_count);
                const auto had = curve.asked.find(request.pattern_count);
                for (std::uint32_t r = had == curve.asked.end() ? 0 : had->second;
                     r < request.replicates; ++r) {
                    places.push_back(records.find(where * plan_.replicates() + r));
                    fresh.push_back({request.pattern_count, r, 0.0});
                    if (places.back() != nullptr && !retry.has(*places.back())) continue;
                    missing = true;
                    inventory.needed[where] = std::max(inventory.needed[where], request.replicates);
                }
            }
            if (missing) break;
            // Nothing new although something is wanted: it was there, and failed.
            curve.finished = fresh.empty();
            for (std::size_t i = 0; i < fresh.size(); ++i)
                observe(curve, fresh[i], *places[i], records);
            for (const SceneRequest& request : step.requests)
                curve.asked[request.pattern_count] =
                    std::max(curve.asked[request.pattern_count], request.replicates);
        }
    }
}

} // namespace basin
