#include "models/continuous/real_ends.hpp"

#include "models/continuous/real_network.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace basin {

namespace {

std::vector<double> mean_of(const RealMatrix& memories) {
    std::vector<double> mean(memories.columns);
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        memories.see(mu, [&mean](auto z) {
            for (std::size_t i = 0; i < z.size(); ++i)
                mean[i] += double{z[i]};
        });
    for (double& x : mean)
        x /= static_cast<double>(memories.rows);
    return mean;
}

std::vector<RealAttractor> kinds_of(const RealScene& scene, const Setting& setting,
                                    std::span<const RealPath> paths, const RealEnds& ends) {
    const double radius = retrieval_distance(scene, setting);
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

} // namespace

RealEnds ends_of(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths) {
    if (paths.size() != scene.cues.rows)
        throw std::invalid_argument("ends_of: one path per probe of the scene is needed");
    std::vector<const RealState*> states;
    states.reserve(paths.size());
    for (const RealPath& path : paths)
        states.push_back(&path.state);
    RealEnds ends{cluster(states, same_state_radius(scene, setting)), {}, {}};
    std::vector<const RealState*> firsts;
    for (const std::uint32_t first : ends.clusters.firsts)
        firsts.push_back(states[first]);
    ends.nearest = nearest_memories(scene.memories(), firsts);
    ends.kinds = kinds_of(scene, setting, paths, ends);
    return ends;
}

double same_state_radius(const RealScene& scene, const Setting& setting) {
    return same_share(setting) * scene.longest;
}

double retrieval_distance(const RealScene& scene, const Setting& setting) {
    return setting.retrieval_radius * scene.longest;
}

} // namespace basin
