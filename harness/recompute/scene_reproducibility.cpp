#include "harness/recompute/scene_reproducibility.hpp"

#include "models/recall/real_judge.hpp"
#include "results/journal/journal.hpp"
#include "results/store/value_difference.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

std::uint64_t cell_of(const Plan& plan, const Cells& cells, std::size_t row) {
    const auto same = [](const Dimension& dimension, const CubeAxis& axis) {
        return parameters()[dimension.parameter].name == axis.name &&
               dimension.values.size() == axis.size();
    };
    if (!std::ranges::equal(plan.dimensions(), cells.axes, same) ||
        plan.replicates() != cells.replicates)
        throw StoreError(StoreError::Kind::damaged,
                         "the config in the result file gives another cube than it holds");
    return cells.place(row) * cells.replicates;
}

std::vector<RealPath> paths_of(const RealScene& scene, const Setting& setting, std::size_t probes,
                               const Patience& patience) {
    const std::vector<RealGroup> groups = group_real_settings({&setting, 1});
    return walk(scene, groups.at(0), 0, static_cast<std::uint32_t>(probes), patience).at(0);
}

bool comes_out_same(const RealScene& scene, const Setting& setting, const Cells& cells,
                    std::size_t row, const Patience& patience) {
    const Measure* error = cells.measure("recall_error");
    if (error == nullptr || error->each.empty()) return true;
    const double stored = error->each[row * cells.replicates];
    const Outcome again =
        judge(scene, setting, paths_of(scene, setting, scene.cues.rows, patience));
    return std::isnan(stored) || same_number(again.values[metric_index("recall_error")], stored);
}

} // namespace basin
