#include "models/continuous/real_evaluation.hpp"

#include "models/continuous/nearest.hpp"
#include "models/continuous/real_network.hpp"
#include "models/continuous/ssim.hpp"
#include "models/continuous/state_clusters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace basin {

namespace {

void require_paths(const RealScene& scene, std::span<const RealPath> paths) {
    if (paths.size() != scene.cues.rows)
        throw std::invalid_argument("evaluate: one path per probe of the scene is needed");
}

/// Final states, which are the same, and what each cluster is close to.
struct Ends {
    StateClusters clusters;
    std::vector<NearMemory> nearest; ///< [cluster] of the state that stands for it
};

Ends ends_of(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths) {
    std::vector<const RealState*> states;
    states.reserve(paths.size());
    for (const RealPath& path : paths)
        states.push_back(&path.state);
    Ends ends{cluster(states, same_state_radius(scene, setting)), {}};
    std::vector<const RealState*> firsts;
    for (const std::uint32_t first : ends.clusters.firsts)
        firsts.push_back(states[first]);
    ends.nearest = nearest_memories(scene.memories(), firsts);
    return ends;
}

std::vector<double> mean_of(const RealMatrix& memories) {
    std::vector<double> mean(memories.columns);
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        for (std::size_t i = 0; i < memories.columns; ++i)
            mean[i] += memories.row(mu)[i];
    for (double& x : mean)
        x /= static_cast<double>(memories.rows);
    return mean;
}

std::vector<RealAttractor> classify(const RealScene& scene, const Setting& setting,
                                    std::span<const RealPath> paths, const Ends& ends) {
    const double radius = setting.retrieval_radius * scene.longest;
    const std::vector<double> mean = mean_of(scene.memories());
    const auto count = static_cast<double>(scene.memories().rows);
    std::vector<RealAttractor> kinds;
    for (std::size_t p = 0; p < paths.size(); ++p) {
        const std::uint32_t cluster = ends.clusters.cluster_of[p];
        const RealPath& path = paths[p];
        if (path.stop != Stop::fixed_point)
            kinds.push_back(RealAttractor::not_converged);
        else if (ends.nearest[cluster].distance <= radius)
            kinds.push_back(RealAttractor::single_exact);
        else if (std::round(path.sizes.effective) > count / 2 ||
                 distance(path.state, mean) <= radius)
            kinds.push_back(RealAttractor::global);
        else if (ends.clusters.sizes[cluster] == 1 && path.sizes.largest > 0.5)
            kinds.push_back(RealAttractor::single_blended);
        else
            kinds.push_back(RealAttractor::metastable);
    }
    return kinds;
}

/// Adds how far a final state is from the memory that was to be recalled.
void add_error(RealEvaluation& sum, const RealScene& scene, const Setting& setting,
               const RealPath& path, std::span<const float> target, double radius) {
    double square = 0.0;
    double product = 0.0;
    double own = 0.0;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const double off = path.state[i] - target[i];
        square += off * off;
        product += path.state[i] * target[i];
        own += path.state[i] * path.state[i];
    }
    const double lengths = std::sqrt(own) * length(target);
    sum.squared_error += square;
    sum.distance += std::sqrt(square);
    sum.cosine += lengths > 0 ? product / lengths : 0.0;
    const bool is_decided = path.stop != Stop::undecided;
    sum.retrieved += is_decided && std::sqrt(square) <= radius;
    sum.below_threshold += is_decided && square <= setting.error_threshold;
    if (scene.patterns.image.height == 0) return;
    const std::vector<double> image(target.begin(), target.end());
    sum.dissimilarity +=
        1 - structural_similarity(path.state, image, scene.patterns.image, sum.range_width);
}

void add_path(RealEvaluation& sum, const RealPath& path) {
    sum.steps += path.steps;
    ++sum.stops[static_cast<std::size_t>(path.stop)];
    sum.counts += path.counts;
    sum.energy += path.energy;
    sum.energy_rises += path.energy_rises;
    if (path.stop == Stop::undecided) return;
    ++sum.sized;
    sum.k90 += path.sizes.k90;
    sum.support += path.sizes.support;
    sum.effective += path.sizes.effective;
    sum.participation += path.sizes.participation;
    sum.largest += path.sizes.largest;
}

} // namespace

double same_state_radius(const RealScene& scene, const Setting& setting) {
    return std::max(1e-6, 100 * tolerance_of(setting)) * scene.longest;
}

std::vector<RealAttractor> classify(const RealScene& scene, const Setting& setting,
                                    std::span<const RealPath> paths) {
    require_paths(scene, paths);
    return classify(scene, setting, paths, ends_of(scene, setting, paths));
}

RealEvaluation add_up(const RealScene& scene, const Setting& setting,
                      std::span<const RealPath> paths) {
    require_paths(scene, paths);
    const RealMatrix& memories = scene.memories();
    RealEvaluation sum;
    sum.dimension = memories.columns;
    sum.probes = paths.size();
    sum.duplicates = scene.duplicate_count;
    sum.range_width = scene.patterns.range.width();
    if (scene.patterns.image.height == 0)
        sum.dissimilarity = std::numeric_limits<double>::quiet_NaN();

    const Ends ends = ends_of(scene, setting, paths);
    const std::vector<RealAttractor> kinds = classify(scene, setting, paths, ends);
    const double radius = setting.retrieval_radius * scene.longest;
    std::vector<bool> counted(ends.clusters.firsts.size());
    for (std::size_t p = 0; p < paths.size(); ++p) {
        const std::uint32_t cluster = ends.clusters.cluster_of[p];
        const std::uint32_t target = scene.targets[p] < 0
                                         ? ends.nearest[cluster].memory
                                         : static_cast<std::uint32_t>(scene.targets[p]);
        add_error(sum, scene, setting, paths[p], memories.row(target), radius);
        add_path(sum, paths[p]);
        sum.identified += paths[p].stop != Stop::undecided && paths[p].sizes.leader == target;
        ++sum.attractors[static_cast<std::size_t>(kinds[p])];
        const bool is_metastable =
            kinds[p] != RealAttractor::not_converged && kinds[p] != RealAttractor::single_exact;
        if (is_metastable && !counted[cluster]) {
            counted[cluster] = true;
            ++sum.metastable;
        }
    }
    sum.unique_states = ends.clusters.firsts.size();
    return sum;
}

} // namespace basin
