#include "harness/run/kept_plan.hpp"

#include "harness/process/usage_error.hpp"
#include "harness/run/plan_from_store.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/plan_union.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace basin {

namespace {

std::optional<Plan> understood_plan_of(const std::filesystem::path& folder) {
    try {
        return plan_of_store(folder);
    } catch (const ConfigError&) {
        return std::nullopt;
    }
}

/// Whether the store has a result of its plan that `asked` has no cell for; of a search, no curve:
/// pattern counts and replicates are its means, and what it takes of them is its own affair.
bool loses_results(const Store& store, const Plan& stored, const Plan& asked) {
    const bool is_search = asked.config().capacity.has_value();
    const auto key_of_cell = [is_search](const Plan& plan, std::uint64_t cell) {
        return is_search ? curve_key(plan, cell) : plan.point_key(cell);
    };
    const std::vector<Key> kept = combination_keys(asked, key_of_cell);
    std::optional<std::uint64_t> combination; ///< the last one that was looked at
    for (const RecordPlace& place : store.inventory(stored).places) {
        const std::uint32_t replicate = stored.replicate_of(place.cell);
        if (replicate >= asked.replicates() && !is_search) return true;
        if (combination == place.cell - replicate) continue;
        combination = place.cell - replicate;
        if (!std::ranges::binary_search(kept, key_of_cell(stored, *combination))) return true;
    }
    return false;
}

} // namespace

std::optional<Plan> kept_plan(const std::filesystem::path& folder, const Plan& asked) {
    const Store store = Store::existing(folder, asked);
    std::optional<Plan> stored = understood_plan_of(folder);
    if (!stored || stored->resolved_json() == asked.resolved_json() ||
        !loses_results(store, *stored, asked))
        return std::nullopt;
    if (covers(*stored, asked)) return stored;
    try {
        return united(*stored, asked);
    } catch (const ConfigError& error) {
        throw UsageError(fmt::format(
            "{} has results that this config does not ask for, and one results.h5 cannot show both "
            "({}). Give another --store folder, or --only: then results.h5 shows this config "
            "alone, and the journals keep the rest",
            folder.string(), error.diagnostics.front().message));
    }
}

} // namespace basin
