#include "models/scene.hpp"

#include <utility>

namespace basin {

Scene make_scene(const SceneSpec& spec, const PatternBank* bank) {
    Scene scene;
    scene.memories = draw_patterns(spec.patterns, bank);
    scene.columns = transposed(scene.memories);
    Cues cues = draw_cues(spec.cues, scene.memories);
    scene.cues = std::move(cues.states);
    scene.targets = std::move(cues.targets);
    scene.key = spec.cues.key;
    scene.duplicate_count = count_duplicates(scene.memories);
    return scene;
}

} // namespace basin
