#pragma once
// Scenes of real vectors for tests, and settings of continuous networks.

#include "models/continuous/real_network.hpp"
#include "models/scene/scene.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace basin::tests {

using Rows = std::vector<std::vector<float>>;

inline RealMatrix matrix_of(const Rows& rows) {
    RealMatrix matrix(rows.size(), rows.front().size());
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < rows[r].size(); ++i)
            matrix.row(r)[i] = rows[r][i];
    return matrix;
}

/// Memories and cues by hand; `targets` of all -1 if there are none given.
inline RealScene real_scene_of(const Rows& memories, const Rows& cues,
                               std::vector<std::int32_t> targets = {}) {
    if (targets.empty()) targets.assign(cues.size(), -1);
    RealScene scene{{matrix_of(memories), {}, {}}, matrix_of(cues), std::move(targets)};
    measure_memories(scene);
    return scene;
}

/// Every memory is its own cue.
inline RealScene stored_scene_of(const Rows& memories) {
    std::vector<std::int32_t> targets;
    for (std::size_t mu = 0; mu < memories.size(); ++mu)
        targets.push_back(static_cast<std::int32_t>(mu));
    return real_scene_of(memories, memories, targets);
}

/// A scene as a sweep draws it.
inline RealScene drawn_scene(const SceneSpec& spec) {
    return *real_scene(make_scene(spec, nullptr));
}

inline Setting softmax_setting(double beta, std::string_view similarity = "dot",
                               std::string_view precision = "float64") {
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Softmax>();
    setting.beta = beta;
    setting.real_similarity = Choice<RealSimilarities>::named(similarity).value();
    setting.precision = Choice<Precisions>::named(precision).value();
    return setting;
}

inline Setting universal_setting(double beta, std::string_view similarity,
                                 std::string_view separation,
                                 std::string_view precision = "float64") {
    Setting setting = softmax_setting(beta, similarity, precision);
    setting.formulation = Choice<Formulations>::of<Universal>();
    setting.separation = Choice<Separations>::named(separation).value();
    return setting;
}

/// [probe] the paths of a setting that walks alone.
inline std::vector<RealPath> paths_of(const RealScene& scene, const Setting& setting) {
    const auto groups = group_real_settings(std::span(&setting, 1));
    return walk(scene, groups.at(0), 0, static_cast<std::uint32_t>(scene.cues.rows)).at(0);
}

/// Equal to the bit; energies that are not known are equal.
inline bool same_bits(RealPath a, RealPath b) {
    if (std::isnan(a.energy) && std::isnan(b.energy)) a.energy = b.energy = 0.0;
    return a == b;
}

inline std::string describe_real(const Setting& s) {
    std::string text;
    for (const auto name : {s.formulation.name(), s.separation.name(), s.real_similarity.name(),
                            s.precision.name(), s.exponential.name()})
        text += std::string(name) + " ";
    return text + "beta=" + std::to_string(s.beta) +
           " n=" + std::to_string(s.interaction_parameters.vertex);
}

} // namespace basin::tests
