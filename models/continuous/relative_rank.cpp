#include "models/continuous/relative_rank.hpp"

#include "models/geometry/numerical_rank.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace basin {

namespace {

template <class Real>
using Spans = std::vector<std::span<const Real>>;

/// The distinct final states of decided probes that have a target.
Spans<double> states_of(const RealScene& scene, std::span<const RealPath> paths,
                        const StateClusters& clusters) {
    std::vector<bool> counts(clusters.firsts.size());
    for (std::size_t p = 0; p < paths.size(); ++p)
        if (scene.targets[p] >= 0 && paths[p].stop != Stop::undecided)
            counts[clusters.cluster_of[p]] = true;
    Spans<double> states;
    for (std::size_t c = 0; c < counts.size(); ++c)
        if (counts[c]) states.emplace_back(paths[clusters.firsts[c]].state);
    return states;
}

/// Of `numbers`, the memories' own, [memory][unit].
template <class Real>
Spans<Real> targets_of(const RealScene& scene, std::span<const Real> numbers) {
    const std::size_t units = scene.memories().columns;
    std::vector<bool> counts(scene.memories().rows);
    for (const std::int32_t target : scene.targets)
        if (target >= 0) counts[static_cast<std::size_t>(target)] = true;
    Spans<Real> targets;
    for (std::size_t mu = 0; mu < counts.size(); ++mu)
        if (counts[mu]) targets.push_back(numbers.subspan(mu * units, units));
    return targets;
}

template <class Real>
std::optional<std::size_t> rank_of(const RealScene& scene, const Spans<Real>& rows, double radius,
                                   std::uint64_t most_work) {
    const RealMatrix& memories = scene.memories();
    if (rank_work(rows.size(), memories.columns, memories.rows) > most_work) return std::nullopt;
    return numerical_rank<Real>(rows, radius, memories.rows);
}

} // namespace

double relative_rank(const RealScene& scene, const Setting& setting,
                     std::span<const RealPath> paths, const RealEnds& ends,
                     std::uint64_t most_work) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    const double radius = rank_radius(scene, setting);
    const auto rank_of_targets = [&]<class Real>(const std::vector<Real>& numbers) {
        return rank_of(scene, targets_of<Real>(scene, numbers), radius, most_work);
    };
    const RealMatrix& memories = scene.memories();
    const auto possible = memories.is_rounded() ? rank_of_targets(memories.doubles)
                                                : rank_of_targets(memories.values);
    if (!possible || *possible == 0) return unknown;
    const auto reached = rank_of(scene, states_of(scene, paths, ends.clusters), radius, most_work);
    if (!reached) return unknown;
    return static_cast<double>(*reached) / static_cast<double>(*possible);
}

double rank_radius(const RealScene& scene, const Setting& setting) {
    const double rounding = std::ldexp(1.0, 1 - format_of(setting.precision).significand_bits);
    return std::max(same_state_radius(scene, setting), rounding * scene.longest);
}

} // namespace basin
