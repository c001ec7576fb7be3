#pragma once
// The scenes of a plan made again, and how far apart similarities hold their memories.

#include "models/base/cancellation.hpp"
#include "models/separability/extreme_points.hpp"
#include "models/separability/separability.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// A scene that several points of a plan have in common.
struct PlannedScene {
    std::uint64_t cell = 0; ///< the first of its points that have a meaning
    Coordinates coordinates;
    SceneSpec spec;
    std::uint32_t replicate = 0;
    std::string files; ///< files_identity() of what it reads
    /// The similarities of those points with their deltas, in catalog order, in float64. A bipolar
    /// network's is the one of real vectors with the same name, which is equal on bipolar ones.
    std::vector<Likeness> likenesses;
};

/// The distinct scenes of a plan in the order of its cells, each once even where several blocks
/// have it; those without a point that has a meaning are left out.
std::vector<PlannedScene> planned_scenes(const Plan& plan);

/// What is the same for all cues of the same memories, as far as it is known.
struct MemoryFacts {
    std::optional<HullCount> hull;
    std::map<Likeness, Gaps> gaps;
};

struct SceneSurvey {
    HullCount hull;
    /// [likeness] none: out of patience, or there is a failure
    std::vector<std::optional<Separability>> separabilities;
    std::vector<std::string> failures; ///< [likeness] why a similarity is not defined here; or ""
};

/// Looks at a scene with so many threads, which change nothing but the time it takes. What `facts`
/// of its memories has is not computed again; what it has not is added. Throws std::bad_alloc.
SceneSurvey survey(const RealScene& scene, std::span<const Likeness> likenesses, int threads,
                   MemoryFacts& facts, const Patience& patience = {});

} // namespace basin
