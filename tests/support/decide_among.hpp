#pragma once
// One decision among memories that say what a test wants.

#include "models/bipolar/shared/direct_decision.hpp"

#include <cstdint>
#include <vector>

#include "support/voices.hpp"

namespace basin::tests {

/// What unit 0 of some state decides when the memories say this.
inline Decision decide_among(const Setting& setting, std::uint32_t dimension,
                             const std::vector<Voice>& voices) {
    Stream stream(key_of("any state will do"), StreamRole::patterns);
    const BitMatrix state = random_rows(stream, 1, dimension);
    const Scene scene = scene_of_voices(stream, state, 0, voices);
    Overlaps overlaps(scene);
    overlaps.move_to(state.row(0));
    StepCounts counts;
    overlaps.count_steps(0, counts);
    return decide(make_decision_table(setting, dimension), counts);
}

} // namespace basin::tests
