#pragma once
// A scene is one draw: memories and cues of one set of data coordinates and one replicate.

#include "models/draws/cue_targets.hpp"
#include "models/draws/cues.hpp"
#include "models/draws/patterns.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace basin {

struct SceneSpec {
    PatternSpec patterns;
    CueSpec cues;
};

/// Either bipolar, or real vectors: then it has no bits.
struct Scene {
    BitMatrix memories;                    ///< xi: [pattern_count, dimension]
    BitMatrix columns;                     ///< memories transposed: [dimension, pattern_count]
    BitMatrix cues;                        ///< [probe_count, dimension]
    std::vector<std::int32_t> targets;     ///< [probe_count]; see Cues
    Key key;                               ///< keys the update-order and tie streams
    std::uint32_t duplicate_count = 0;     ///< memories that equal an earlier one
    std::shared_ptr<const RealScene> real; ///< null: it is bipolar
    std::shared_ptr<const RealMatrix> embeddings{}; ///< as RealScene::embeddings
    /// What its files have that no distribution has, so that similarities of shares have no
    /// meaning;
    /// "" if there is nothing.
    std::string no_shares{};
    std::string unasked{}; ///< why there is no cue, so that nothing can be recalled; "" if there is

    std::uint32_t dimension() const {
        return static_cast<std::uint32_t>(real ? real->memories().columns : memories.columns);
    }
    std::uint32_t pattern_count() const {
        return static_cast<std::uint32_t>(real ? real->memories().rows : memories.rows);
    }
    std::uint32_t probe_count() const {
        return static_cast<std::uint32_t>(real ? real->cues.rows : cues.rows);
    }
};

/// What a scene is made from besides its spec; null where there is none.
struct SceneFiles {
    const PatternBank* patterns = nullptr;
    /// Of the patterns: they change nothing but that the scene has those of its memories.
    const PatternBank* embeddings = nullptr;
    const PatternBank* cues = nullptr;   ///< of a cue source that reads a file
    const CueTargets* targets = nullptr; ///< of those cues
};

/// Draws a scene: a pure function of the spec and its files. Throws InputError as draw_patterns,
/// chosen_embeddings and require_cues do. A scene that stores none of its cues' targets has no
/// cue and says why in `unasked`.
Scene make_scene(const SceneSpec& spec, const SceneFiles& files);

inline Scene make_scene(const SceneSpec& spec, const PatternBank* bank,
                        const PatternBank* embeddings = nullptr) {
    return make_scene(spec, SceneFiles{bank, embeddings, nullptr, nullptr});
}

/// The scene's real vectors; of a bipolar scene they are made.
std::shared_ptr<const RealScene> real_scene(const Scene& scene);

/// What the files declare that no distribution has: values below 0, in the spec's units. "" if
/// there is nothing, and for bipolar patterns.
std::string negative_values(const SceneSpec& spec, const SceneFiles& files);

/// Why this setting has no meaning on this scene because of what its files hold; nothing if it has
/// one, or none on any such scene.
std::optional<std::string> not_applicable(const Scene& scene, const Setting& setting);
std::optional<std::string> not_applicable(const std::string& negative_values,
                                          const Setting& setting);

/// Why this setting has no meaning on such a scene, or nothing if it has one. Decided without any
/// data.
std::optional<std::string> not_applicable(const SceneSpec& spec, const Setting& setting);

} // namespace basin
