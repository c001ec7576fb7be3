#pragma once
// The kernel run the way recall() runs it, for one setting or for several that walk together.

#include "models/bipolar/exact/exact_model.hpp"
#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/bipolar/shared/table_cache.hpp"

#include <memory>
#include <span>
#include <vector>

namespace basin::tests {

/// Tables of settings that share one exact model and one way of driving.
class Walkers {
public:
    Walkers(std::span<const Setting> settings, std::uint32_t dimension) {
        const Setting& first = settings.front();
        exact_ = cache_.exact(exact_model(first, dimension), dimension);
        dynamics_ = {first.update, first.tie, first.max_sweeps};
        std::vector<Contender> contenders;
        for (const Setting& setting : settings) {
            if (setting.precision.is<Exact>()) {
                contenders.emplace_back();
                continue;
            }
            tables_.push_back(cache_.direct(setting, dimension));
            contenders.push_back({&tables_.back()->table, &tables_.back()->closeness});
        }
        contenders_ = Contenders(contenders);
    }

    Kernel on(const Scene& scene, bool looks_ahead = true) const {
        return {scene, *exact_, contenders_, dynamics_, looks_ahead};
    }

private:
    TableCache cache_;
    std::shared_ptr<const ExactTable> exact_;
    std::vector<std::shared_ptr<const DirectTable>> tables_;
    Contenders contenders_;
    Dynamics dynamics_;
};

inline Ends run(Kernel& kernel, const Scene& scene, std::uint32_t probe) {
    ProbeStart start(scene);
    start.move_to(scene, probe);
    return kernel.run(start);
}

/// [contender]
inline std::vector<Trajectory> run_each(Kernel& kernel, const Scene& scene, std::uint32_t probe) {
    const Ends ends = run(kernel, scene, probe);
    std::vector<Trajectory> paths;
    for (std::size_t c = 0; c < ends.path_of.size(); ++c)
        paths.push_back(ends.path(c));
    return paths;
}

inline Trajectory run_alone(const Scene& scene, const Setting& setting, std::uint32_t probe) {
    const Walkers walkers(std::span(&setting, 1), scene.dimension());
    Kernel kernel = walkers.on(scene);
    return run(kernel, scene, probe).paths.front();
}

} // namespace basin::tests
