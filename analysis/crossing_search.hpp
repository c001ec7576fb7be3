#pragma once
// Which scenes to compute next to find a crossing: a pure function of what is there.

#include "analysis/crossing.hpp"

namespace basin {

/// Have at least this many replicates (0, 1, ... replicates - 1) at this K.
struct SceneRequest {
    std::uint64_t pattern_count;
    std::uint32_t replicates;
    bool operator==(const SceneRequest&) const = default;
};

struct SearchStep {
    std::vector<SceneRequest> requests; ///< by K; empty: finished
    Crossing crossing;                  ///< as the observations stand
    bool finished() const { return requests.empty(); }
};

SearchStep next_step(std::span<const Observation> observations, const CrossingRule& rule);

} // namespace basin
