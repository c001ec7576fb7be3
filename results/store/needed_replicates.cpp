#include "results/store/needed_replicates.hpp"

#include "models/metrics/metric_bounds.hpp"
#include "results/replicates/combination_scenes.hpp"
#include "results/replicates/summary.hpp"
#include "results/store/record_reader.hpp"

#include <algorithm>
#include <span>

namespace basin {

namespace {

/// Replicates that the combination needs whose records are at `places`, in order of replicates.
std::uint32_t needed(std::span<const RecordPlace> places, std::uint32_t replicates,
                     const StoppingRule& rule, const SceneNumbers& scene, RecordReader& reader) {
    const std::size_t metric = metric_index(rule.metric);
    const MetricBounds bounds = bounds_of(metrics()[metric], scene);
    std::vector<double> values;
    std::size_t read = 0; ///< places whose value is among `values`, or that have none
    for (std::uint32_t look = rule.min;; look = std::min(look + rule.batch, rule.max)) {
        if (look == rule.max) return look;
        // Replicates are 0, 1, ...: the first `look` are there if place look - 1 is replicate look
        // - 1.
        if (places.size() < look || places[look - 1].cell % replicates != look - 1) return look;
        for (; read < look; ++read)
            if (places[read].status == Status::done)
                values.push_back(reader.read(places[read]).outcome.values.at(metric));
        const MeanInterval interval = mean_interval(values, bounds);
        if ((interval.high - interval.low) / 2 <= rule.half_width) return look; // NaN: never
    }
}

/// Those that are there, and any before them: a search knows why, not the store.
std::vector<std::uint32_t> searched(const Plan& plan, const Inventory& inventory) {
    const std::uint32_t replicates = plan.replicates();
    std::vector<std::uint32_t> numbers(plan.cell_count() / replicates, 0);
    for (const RecordPlace& place : inventory.places) // by cell: a combination's last one counts
        numbers[place.cell / replicates] = plan.replicate_of(place.cell) + 1;
    return numbers;
}

} // namespace

std::vector<std::uint32_t> needed_replicates(const Plan& plan, const Inventory& inventory) {
    if (plan.config().capacity) return searched(plan, inventory);
    const auto& rule = plan.config().stopping;
    if (!rule) return {};
    const std::uint32_t replicates = plan.replicates();
    std::vector<std::uint32_t> numbers(plan.cell_count() / replicates, rule->min);
    RecordReader reader(inventory);
    CombinationScenes scenes(plan);
    const std::span<const RecordPlace> places(inventory.places);
    for (std::size_t first = 0; first < places.size();) {
        const std::uint64_t combination = places[first].cell / replicates;
        std::size_t last = first;
        while (last < places.size() && places[last].cell / replicates == combination)
            ++last;
        numbers[combination] = needed(places.subspan(first, last - first), replicates, *rule,
                                      scenes.of(combination), reader);
        first = last;
    }
    return numbers;
}

bool is_needed(std::uint64_t cell, const Plan& plan, const Inventory& inventory) {
    return inventory.needed.empty() ||
           plan.replicate_of(cell) < inventory.needed[cell / plan.replicates()];
}

Status status_without_record(std::uint64_t cell, const Plan& plan, const Inventory& inventory,
                             const Applicability& applicability) {
    if (!applicability.applicable(cell)) return Status::not_applicable;
    return is_needed(cell, plan, inventory) ? Status::not_run : Status::not_needed;
}

} // namespace basin
