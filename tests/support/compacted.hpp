#pragma once
// Small stores made into results.h5.

#include "results/cube/compaction.hpp"
#include "results/cube/result_cube.hpp"

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace basin::tests {

inline const BuildFacts build{{"compiler", "a compiler"}, {"revision", "0123abc"}};

// One combination of formulation and beta is left out: its cells are in the cube, not in the plan.
inline constexpr std::string_view small_sweep = R"(
[sweep]
name = "small"
seed = 7
replicates = 3
[patterns]
dimension = 20
pattern_count = 2
[model]
formulation = ["original", "normalized"]
interaction_vertex = [2, 20]
beta = [0.1, 1.0, 10.0]
[[exclude]]
formulation = "original"
beta = 10.0
)";

inline void compact_all(const Store& store, const Plan& plan) {
    compact(store, plan, store.inventory(plan), build);
}

inline std::vector<double> flat(const Hypercube& cube, const std::string& name) {
    const xt::xarray<double> values = cube.read(name);
    return {values.begin(), values.end()};
}

inline std::size_t files_in(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

} // namespace basin::tests
