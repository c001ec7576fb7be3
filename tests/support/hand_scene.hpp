#pragma once
// Scenes small enough to be worked out on paper.

#include "models/scene/scene.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// Rows of '+' and '-', all of one length.
inline BitMatrix rows_of(const std::vector<std::string>& rows) {
    BitMatrix matrix(rows.size(), rows.front().size());
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < rows[r].size(); ++i)
            set_bit(matrix.row(r), i, rows[r][i] == '+');
    return matrix;
}

/// One cue per row of `cues`, with its target: a memory's index or -1.
inline Scene hand_scene(const BitMatrix& memories, const BitMatrix& cues,
                        std::vector<std::int32_t> targets) {
    Scene scene;
    scene.memories = memories;
    scene.columns = transposed(memories);
    scene.cues = cues;
    scene.targets = std::move(targets);
    scene.key = key_of("a scene made by hand");
    scene.duplicate_count = count_duplicates(memories);
    return scene;
}

/// One memory of +1 and one cue that differs from it in the first `flips` units.
inline Scene lone_memory(std::size_t dimension, std::size_t flips) {
    const std::string memory(dimension, '+');
    const std::string cue = std::string(flips, '-') + std::string(dimension - flips, '+');
    return hand_scene(rows_of({memory}), rows_of({cue}), {0});
}

} // namespace basin
