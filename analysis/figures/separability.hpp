#pragma once
// How far apart similarities hold the memories of one scene: computed by the harness, which can
// make scenes.

#include "analysis/cells/cells.hpp"
#include "analysis/figures/figures.hpp"
#include "models/separability/extreme_points.hpp"
#include "models/separability/separability.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// The cells whose scene is looked at: one for each similarity.
struct SeparabilityChoice {
    std::vector<std::size_t> rows;
    std::string scene; ///< "pattern count K = 50"; or ""
};

/// Chooses among the done cells of continuous networks, at the values that selectors start with.
/// No rows where there are none.
SeparabilityChoice separability_choice(const Cells& cells);

struct SceneSeparability {
    struct OfSimilarity {
        std::string name; ///< "negative squared euclidean"
        Separability found;
    };

    std::string scene;
    std::vector<OfSimilarity> similarities;
    HullCount hull;
    std::string note; ///< sentences: why there is nothing, or what is to be known; or ""

    bool is_empty() const { return similarities.empty() && note.empty(); }
};

/// Histograms of self and cross similarity, a panel a similarity; nothing if there is nothing to
/// show or say.
std::optional<Figure> separability_figure(const SceneSeparability& separability);

} // namespace basin
