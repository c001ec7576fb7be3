#include "models/scene.hpp"

#include "models/continuous/embeddings.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace basin {

namespace {

using Embeddings = std::shared_ptr<const RealMatrix>;

Scene make_real_scene(const SceneSpec& spec, const PatternBank* bank,
                      const Embeddings& embeddings) {
    RealScene real;
    real.embeddings = embeddings;
    real.patterns = draw_real_patterns(spec.patterns, bank);
    RealCues cues = draw_real_cues(spec.cues, real.patterns);
    real.cues = std::move(cues.states);
    real.targets = std::move(cues.targets);
    measure_memories(real);
    Scene scene;
    scene.key = spec.cues.key;
    scene.targets = real.targets;
    scene.duplicate_count = real.duplicate_count;
    scene.embeddings = embeddings;
    scene.real = std::make_shared<const RealScene>(std::move(real));
    return scene;
}

/// Whether cues or memories may have units below 0.
bool may_be_negative(const SceneSpec& spec) {
    if (!is_real(spec.patterns)) return true;
    const auto& source = spec.patterns.source;
    return source.is<GaussianSource>() || source.is<SphereSource>() ||
           (spec.cues.corruption.is<GaussianCorruption>() && spec.cues.cue_bound.is<BoundNone>());
}

} // namespace

Scene make_scene(const SceneSpec& spec, const PatternBank* bank, const PatternBank* embeddings) {
    Embeddings chosen;
    if (bank != nullptr && embeddings != nullptr)
        chosen = std::make_shared<const RealMatrix>(
            chosen_embeddings(spec.patterns, *bank, *embeddings));
    if (is_real(spec.patterns)) return make_real_scene(spec, bank, chosen);
    Scene scene;
    scene.embeddings = chosen;
    scene.memories = draw_patterns(spec.patterns, bank);
    scene.columns = transposed(scene.memories);
    Cues cues = draw_cues(spec.cues, scene.memories);
    scene.cues = std::move(cues.states);
    scene.targets = std::move(cues.targets);
    scene.key = spec.cues.key;
    scene.duplicate_count = count_duplicates(scene.memories);
    return scene;
}

std::optional<std::string> not_applicable(const SceneSpec& spec, const Setting& setting) {
    const bool real = is_real(spec.patterns);
    if (real && !is_continuous(setting))
        return fmt::format("formulation {} takes bipolar patterns, and source {} gives real "
                           "vectors{}",
                           setting.formulation.name(), spec.patterns.source.name(),
                           spec.patterns.binarize.is<BinarizeNone>() ? "; set binarize" : "");
    const bool on_real = spec.cues.corruption.visit([](auto c) { return c.on_real; });
    const bool on_bipolar = spec.cues.corruption.visit([](auto c) { return c.on_bipolar; });
    if (real ? !on_real : !on_bipolar)
        return fmt::format("corruption {} is defined for {} patterns", spec.cues.corruption.name(),
                           real ? "bipolar" : "real");
    const bool shares = setting.real_similarity.visit([](auto s) { return s.shares; });
    if (is_continuous(setting) && shares && may_be_negative(spec))
        return fmt::format("similarity {} compares distributions, and {} may be negative",
                           setting.real_similarity.name(),
                           real && !spec.patterns.source.is<GaussianSource>() &&
                                   !spec.patterns.source.is<SphereSource>()
                               ? "cues with unbounded noise"
                               : "these patterns");
    return not_applicable(setting);
}

std::shared_ptr<const RealScene> real_scene(const Scene& scene) {
    if (scene.real) return scene.real;
    return std::make_shared<const RealScene>(
        RealScene{real_patterns(scene.memories), real_states(scene.cues), scene.targets,
                  scene.duplicate_count, std::sqrt(static_cast<double>(scene.dimension())),
                  scene.embeddings});
}

} // namespace basin
