#pragma once
// What recall made of a few images: computed again by the harness, which can read pattern files.

#include "analysis/cells/cells.hpp"
#include "models/data/images.hpp"
#include "models/data/real_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// Of every scene, the first so many probes.
inline constexpr std::size_t gallery_probes = 4;

/// The cells a gallery shows: settings of one scene.
struct GalleryChoice {
    std::vector<std::size_t> rows; ///< of the cells
    std::string scene;             ///< what they have in common: "pattern count K = 50"; or ""
};

/// Chooses among the done cells of continuous networks on patterns of a file: at the values that
/// selectors start with, a few of each separation and similarity: the first, the middle and the
/// last beta, fewer where there are many similarities. No rows where there is no such cell.
GalleryChoice gallery_choice(const Cells& cells);

using GalleryImage = std::vector<double>; ///< units as the gallery's `image` lays them out

struct GalleryProbe {
    GalleryImage original; ///< empty: the cue is of no memory
    GalleryImage cue;
    std::size_t target = 0; ///< the original's index among the memories
};

/// What one setting made of one cue.
struct GalleryRecall {
    GalleryImage after_one;       ///< after the first update
    GalleryImage recalled;        ///< at the end
    GalleryImage nearest;         ///< the memory nearest to it
    double error_after_one = 0.0; ///< mean squared difference from the original; NaN without one
    double error = 0.0;           ///< of `recalled`, likewise
    std::size_t memory = 0;       ///< the nearest one's index
    std::uint32_t steps = 0;
    std::uint32_t k90 = 0; ///< 0: weights were undefined
};

struct GalleryRow {
    std::string setting; ///< "dot, β = 0.1"
    std::vector<GalleryRecall> probes;
};

struct Gallery {
    ImageShape image;
    ValueRange range;
    std::string scene;
    std::vector<GalleryProbe> probes;
    std::vector<GalleryRow> rows;
    std::string note; ///< sentences: why there are no images, or what is to be known; or ""

    bool is_empty() const { return rows.empty() && note.empty(); }
};

/// The gallery as a section of the page; "" if it is empty.
std::string gallery_html(const Gallery& gallery);

} // namespace basin
