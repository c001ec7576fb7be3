// Building a table: N steps, whatever the number of memories.

#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/exact/exact_table.hpp"

#include <benchmark/benchmark.h>

namespace basin {
namespace {

void decision_table(benchmark::State& state) {
    Setting setting;
    setting.interaction = Choice<Interactions>::at(static_cast<std::size_t>(state.range(0)));
    setting.interaction_parameters.vertex = 30;
    setting.precision = Choice<Precisions>::at(static_cast<std::size_t>(state.range(1)));
    state.SetLabel(std::string(setting.interaction.name()) + " " +
                   std::string(setting.precision.name()));
    for (auto _ : state) {
        if (setting.precision.is<Exact>())
            benchmark::DoNotOptimize(make_exact_table(exact_model(setting, 100), 100));
        else
            benchmark::DoNotOptimize(make_decision_table(setting, 100));
    }
}
BENCHMARK(decision_table)
    ->ArgsProduct({benchmark::CreateDenseRange(0, Interactions::size - 1, 1),
                   benchmark::CreateDenseRange(0, Precisions::size - 1, 1)});

} // namespace
} // namespace basin
