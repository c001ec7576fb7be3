// What the precision axis costs: the points of the preset `precision` at beta = 1, one draw, in one
// number system and in all five. Items are points; compare the times of one run.

#include "models/recall/recall.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <optional>
#include <vector>

#include "support/scenes.hpp"

namespace basin {
namespace {

constexpr std::array vertices{2U, 3U, 5U, 10U, 18U, 20U, 22U, 30U, 100U, 155U, 163U, 200U, 1000U};

std::vector<Setting> settings_in(std::optional<std::size_t> precision) {
    std::vector<Setting> settings;
    for (const std::uint32_t vertex : vertices)
        for (std::size_t p = 0; p < Precisions::size; ++p) {
            if (precision && *precision != p) continue;
            for (std::size_t f = 0; f < 2; ++f) { // original, normalized
                Setting setting;
                setting.formulation = Choice<Formulations>::at(f);
                setting.interaction_parameters.vertex = vertex;
                setting.precision = Choice<Precisions>::at(p);
                settings.push_back(setting);
            }
        }
    return settings;
}

void recall_in(benchmark::State& state, std::optional<std::size_t> precision) {
    const Scene scene = tests::random_scene(
        {.dimension = 100, .pattern_count = 20, .probe_count = 20, .cue_level = 0.1});
    const std::vector<Setting> settings = settings_in(precision);
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, settings, cache));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(settings.size()));
}

void precision_one(benchmark::State& state) {
    const auto precision = static_cast<std::size_t>(state.range(0));
    state.SetLabel(std::string(Precisions::names[precision]));
    recall_in(state, precision);
}
BENCHMARK(precision_one)->DenseRange(0, static_cast<int>(Precisions::size) - 1);

void precision_all(benchmark::State& state) {
    recall_in(state, std::nullopt);
}
BENCHMARK(precision_all);

} // namespace
} // namespace basin
