#pragma once
// What is measured on the probes of a cell. To add a metric: one entry in metrics.cpp, or in
// continuous/real_metrics.cpp for one of continuous networks.

#include "models/bipolar/trajectory.hpp"
#include "models/scene/metric_range.hpp"
#include "models/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace basin {

/// Everything a metric may look at: one cell's probes.
struct Evaluation;
class EnergyTable;

struct Metric {
    std::string_view name;
    std::string_view unit; ///< "1" if dimensionless
    std::string_view help;
    Better better;
    double (*value)(const Evaluation&); ///< null: not defined for bipolar networks
    MetricRange range = MetricRange::open;
};

/// All metrics, in the order of Outcome::values and of the result file.
std::span<const Metric> metrics();

/// Index of the metric called `name`; throws std::out_of_range for an unknown one.
std::size_t metric_index(std::string_view name);

/// One value per metric from the trajectories of all probes of the scene, in probe order. A probe
/// without a target is judged by the memory nearest to its final state. NaN where nothing was
/// measured (no probe, no decision). `exact`: the same probes in exact arithmetic, or empty, which
/// leaves the attribution undefined; `energies`: of the setting, without which the
/// energy is undefined. Throws std::invalid_argument unless there is one trajectory a
/// probe.
std::vector<double> evaluate(const Scene& scene, std::span<const Trajectory* const> trajectories,
                             std::span<const Trajectory* const> exact,
                             const EnergyTable* energies = nullptr);

} // namespace basin
