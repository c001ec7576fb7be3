#include "models/scene/scene.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"
#include "models/draws/embeddings.hpp"
#include "models/draws/own_cues.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace basin {

namespace {

using Embeddings = std::shared_ptr<const RealMatrix>;

/// The rows of the cue file that the scene is asked; its patterns have `dimension` units.
ChosenCues cues_of_file(const SceneSpec& spec, const SceneFiles& files, std::size_t dimension) {
    if (files.cues == nullptr)
        throw InputError(fmt::format("cue_source {} needs a cue file and none was given",
                                     spec.cues.source.name()));
    require_cues(spec.patterns, *files.cues, files.patterns, static_cast<std::uint32_t>(dimension));
    if (files.targets == nullptr) return chosen_cues(spec.cues, *files.cues, nullptr, {});
    const std::vector<std::uint32_t> stored = chosen_rows(spec.patterns, files.patterns);
    require_targets(*files.targets, *files.cues, *files.patterns);
    return chosen_cues(spec.cues, *files.cues, files.targets, stored);
}

Cues bipolar_cues(const SceneSpec& spec, const SceneFiles& files, const BitMatrix& memories) {
    if (!are_from_file(spec.cues)) return draw_cues(spec.cues, memories);
    ChosenCues chosen = cues_of_file(spec, files, memories.columns);
    Cues cues{binarized_rows(spec.patterns, *files.cues, chosen.rows), std::move(chosen.targets)};
    corrupt(spec.cues, cues.states);
    return cues;
}

RealCues real_cues(const SceneSpec& spec, const SceneFiles& files, const RealPatterns& patterns) {
    if (!are_from_file(spec.cues)) return draw_real_cues(spec.cues, patterns);
    ChosenCues chosen = cues_of_file(spec, files, patterns.memories.columns);
    RealCues cues{real_rows(spec.patterns, *files.cues, chosen.rows, files.patterns),
                  std::move(chosen.targets)};
    corrupt(spec.cues, patterns, cues.states);
    return cues;
}

/// Why the scene has no cue; "" if it has.
std::string unasked(const Scene& scene, const SceneFiles& files) {
    return files.cues != nullptr && scene.probe_count() == 0
               ? nothing_to_ask(*files.cues, scene.pattern_count())
               : "";
}

Scene make_real_scene(const SceneSpec& spec, const SceneFiles& files,
                      const Embeddings& embeddings) {
    RealScene real;
    real.embeddings = embeddings;
    real.patterns = draw_real_patterns(spec.patterns, files.patterns);
    RealCues cues = real_cues(spec, files, real.patterns);
    real.cues = std::move(cues.states);
    real.targets = std::move(cues.targets);
    measure_memories(real);
    Scene scene;
    scene.key = spec.cues.key;
    scene.targets = real.targets;
    scene.duplicate_count = real.duplicate_count;
    scene.embeddings = embeddings;
    scene.real = std::make_shared<const RealScene>(std::move(real));
    scene.no_shares = negative_values(spec, files);
    scene.unasked = unasked(scene, files);
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

Scene make_scene(const SceneSpec& spec, const SceneFiles& files) {
    Embeddings chosen;
    if (files.patterns != nullptr && files.embeddings != nullptr)
        chosen = std::make_shared<const RealMatrix>(
            chosen_embeddings(spec.patterns, *files.patterns, *files.embeddings));
    if (is_real(spec.patterns)) return make_real_scene(spec, files, chosen);
    Scene scene;
    scene.embeddings = chosen;
    scene.memories = draw_patterns(spec.patterns, files.patterns);
    scene.columns = transposed(scene.memories);
    Cues cues = bipolar_cues(spec, files, scene.memories);
    scene.cues = std::move(cues.states);
    scene.targets = std::move(cues.targets);
    scene.key = spec.cues.key;
    scene.duplicate_count = count_duplicates(scene.memories);
    scene.unasked = unasked(scene, files);
    return scene;
}

std::string negative_values(const SceneSpec& spec, const SceneFiles& files) {
    // Pixels of a range that is asked for begin at 0.
    if (!is_real(spec.patterns) || !spec.patterns.pixel_range.is<RangeAsStored>()) return "";
    for (const PatternBank* bank : {files.patterns, files.cues})
        if (bank != nullptr && bank->range.low < 0)
            return fmt::format("the values of {} are from {} to {}", bank->description,
                               bank->range.low, bank->range.high);
    return "";
}

std::optional<std::string> not_applicable(const Scene& scene, const Setting& setting) {
    if (scene.real && !is_continuous(setting))
        return fmt::format("formulation {} takes bipolar patterns, and the scene has real vectors",
                           setting.formulation.name());
    return not_applicable(scene.no_shares, setting);
}

std::optional<std::string> not_applicable(const std::string& negative_values,
                                          const Setting& setting) {
    if (negative_values.empty() || !is_continuous(setting)) return std::nullopt;
    if (!setting.real_similarity.visit([](auto s) { return s.shares; })) return std::nullopt;
    return fmt::format("similarity {} compares distributions, and {}",
                       setting.real_similarity.name(), negative_values);
}

std::optional<std::string> not_applicable(const SceneSpec& spec, const Setting& setting) {
    const bool real = is_real(spec.patterns);
    if (real && !is_continuous(setting))
        return fmt::format("formulation {} takes bipolar patterns, and source {} gives real "
                           "vectors{}",
                           setting.formulation.name(), spec.patterns.source.name(),
                           spec.patterns.binarize.is<BinarizeNone>() ? "; set binarize" : "");
    if (are_from_file(spec.cues) && spec.cues.corruption.is<RandomStart>())
        return fmt::format("corruption {} asks no cues, but cue_source {} has some",
                           spec.cues.corruption.name(), spec.cues.source.name());
    if (are_from_file(spec.cues) && !real && spec.patterns.binarize.is<BinarizeNone>())
        return fmt::format("cue_source {} gives real vectors, and source {} bipolar patterns; set "
                           "binarize",
                           spec.cues.source.name(), spec.patterns.source.name());
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
