#include "analysis/cells/timing.hpp"

#include "analysis/cells/reported_metrics.hpp"
#include "analysis/cells/row_settings.hpp"
#include "results/files/undefined.hpp"
#include "results/replicates/summary.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr const char* elapsed_time = "elapsed_s";

bool has_axes_of(const Hypercube& timing, const Cells& cells) {
    std::vector<CubeAxis> axes = timing.axes();
    std::size_t replicates = 1;
    std::erase_if(axes, [&](const CubeAxis& axis) {
        if (axis.name == "replicate") replicates = axis.size();
        return axis.name == "replicate";
    });
    return replicates == cells.replicates &&
           std::ranges::equal(axes, cells.axes, [](const CubeAxis& a, const CubeAxis& b) {
               return a.name == b.name && a.labels == b.labels;
           });
}

/// [row] cues of its scene; NaN where a file has them, and how many are asked it alone says.
std::vector<double> probe_counts(const Cells& cells) {
    std::vector<std::size_t> axes;
    for (const char* name : {"pattern_count", "probe_count"})
        if (const auto axis = cells.axis(name)) axes.push_back(*axis);
    std::vector<double> counts(cells.rows());
    const RowSettings settings(cells);
    for (const auto& [values, rows] : grouped(cells, axes)) {
        const CueSpec cues = settings.scene(rows.front()).cues;
        const double count = are_from_file(cues) ? undefined : cues.probe_count;
        for (const std::size_t row : rows)
            counts[row] = count;
    }
    return counts;
}

} // namespace

void add_timing(Cells& cells, const Hypercube& timing) {
    const bool known = std::ranges::find(timing.variables(), elapsed_time, &CubeVariable::name) !=
                       timing.variables().end();
    if (!known || !has_axes_of(timing, cells)) return;
    const xt::xarray<double> elapsed = timing.read(elapsed_time);
    std::uint64_t points = cells.replicates;
    for (const CubeAxis& axis : cells.axes)
        points *= axis.size();
    if (elapsed.size() != points) return;
    const std::vector<double> probes = probe_counts(cells);
    Measure measure{retrieval_time, "s", "computing time per cue", {}, {}, {}, {}};
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        std::vector<double> times;
        for (std::size_t r = 0; r < cells.replicates; ++r) {
            const double time =
                cells.state[row] == CellState::done
                    ? elapsed.data()[cells.place(row) * cells.replicates + r] / probes[row]
                    : undefined;
            measure.each.push_back(time);
            if (!std::isnan(time)) times.push_back(time);
        }
        const MeanInterval interval = mean_interval(times);
        measure.mean.push_back(interval.mean);
        measure.low.push_back(interval.low);
        measure.high.push_back(interval.high);
    }
    if (is_defined(measure)) cells.measures.push_back(std::move(measure));
}

} // namespace basin
