#pragma once
// Where the probes of a cell ended: which final states are the same one, which memory each is
// nearest to, and what it is among the memories.
//
// M is the largest length of a memory. A state is at a memory if it is within retrieval_radius * M
// of it (epsilon-retrieval, Ramsauer et al. 2020). States are the same if they are within
// same_state_radius() of each other.

#include "models/continuous/nearest.hpp"
#include "models/continuous/real_path.hpp"
#include "models/continuous/state_clusters.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace basin {

/// What a final state is. Asked in this order.
enum class RealAttractor : std::uint8_t {
    not_converged,  ///< no fixed point
    single_exact,   ///< at a memory
    global,         ///< the mean of all memories, or an effective size above K / 2
    single_blended, ///< no other probe ends here, and one memory has more than half of the weight
    metastable,     ///< any other: a blend of as many memories as its effective size
};

inline constexpr std::array<std::string_view, 5> real_attractor_names{
    "not_converged", "single_exact", "global", "single_blended", "metastable"};
inline constexpr std::size_t real_attractor_count = real_attractor_names.size();

struct RealEnds {
    StateClusters clusters;
    std::vector<NearMemory> nearest;  ///< [cluster] of the state that stands for it
    std::vector<RealAttractor> kinds; ///< [probe]
};

/// Throws std::invalid_argument unless there is one path a probe.
RealEnds ends_of(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths);

/// Largest distance of two final states that are the same: 1e-6 M, or 100 tolerances where those
/// are larger.
double same_state_radius(const RealScene& scene, const Setting& setting);

/// Largest distance of a state from a memory that it is at.
double retrieval_distance(const RealScene& scene, const Setting& setting);

} // namespace basin
