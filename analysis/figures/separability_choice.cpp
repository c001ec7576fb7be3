#include "analysis/cells/row_settings.hpp"
#include "analysis/figures/first_scene.hpp"
#include "analysis/figures/separability.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <set>

namespace basin {

SeparabilityChoice separability_choice(const Cells& cells) {
    SeparabilityChoice choice;
    const std::vector<bool> is_continuous = continuous_rows(cells);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (is_continuous[row]) rows.push_back(row);
    if (rows.empty()) return choice;
    std::vector<PinnedAxis> pinned =
        keep_first_scene(cells, rows, {"formulation", "similarity", "separation", "beta"});
    // Of the parameters of models, only the delta means something to a similarity.
    std::erase_if(pinned, [&](const PinnedAxis& each) {
        const auto parameter = parameter_index(cells.axes[each.axis].name);
        return parameter && parameters()[*parameter].role > Role::cue &&
               parameters()[*parameter].name != "similarity_delta";
    });
    choice.scene = words_of(cells, pinned);

    std::set<Choice<RealSimilarities>> seen;
    const RowSettings settings(cells);
    for (const std::size_t row : rows)
        if (seen.insert(settings.setting(row).real_similarity).second) choice.rows.push_back(row);
    return choice;
}

} // namespace basin
