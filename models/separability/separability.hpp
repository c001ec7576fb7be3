#pragma once
// How far apart a similarity holds the memories of a scene, before any network looks at them.
//
//   self    similarity of a cue and its own memory
//   cross   similarity of a cue and another memory
//   gap     of a memory, Delta_i = s(x_i, x_i) - max_{j != i} s(x_i, x_j) (Ramsauer et al. 2020;
//           here of any similarity); of a cue, its self similarity less its largest cross
//           similarity. Where it is not above 0, the most similar memory is another one

#include "models/base/cancellation.hpp"
#include "models/continuous/scorer.hpp"
#include "models/scene/real_scene.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace basin {

/// No more memories, and no more cues, are looked at: so many are spread evenly over the scene.
/// Their rivals are all memories, whatever their number.
inline constexpr std::size_t most_looked_at = 1024;
inline constexpr std::size_t histogram_bins = 64;

/// Indices below `count` that are looked at: all, or most_looked_at of them.
std::vector<std::uint32_t> looked_at(std::size_t count);

struct SimilarityHistogram {
    std::vector<std::uint64_t> counts{}; ///< [bin] of finite similarities
    std::uint64_t minus_infinite = 0;
    std::uint64_t plus_infinite = 0;
    std::uint64_t undefined = 0; ///< NaN

    std::uint64_t not_finite() const { return minus_infinite + plus_infinite + undefined; }
    std::uint64_t total() const;
};

/// Gaps of the memories, or of the cues, that were looked at and have an own and another memory.
struct Gaps {
    double least = std::numeric_limits<double>::quiet_NaN(); ///< of the defined ones
    std::uint32_t count = 0;
    std::uint32_t not_positive = 0; ///< <= 0
    std::uint32_t undefined = 0;    ///< a similarity was NaN, or two were infinite
};

struct Separability {
    std::uint32_t memories = 0; ///< of the scene
    std::uint32_t memories_looked_at = 0;
    std::uint32_t cues = 0;
    std::uint32_t cues_looked_at = 0;
    Gaps memory_gaps;
    Gaps cue_gaps;
    /// [histogram_bins + 1], ascending, of both histograms: equal parts of the range of their
    /// finite similarities. A value at an edge is in the bin above it, the largest in the last.
    std::vector<double> edges;
    SimilarityHistogram self;  ///< cues looked at that have an own memory
    SimilarityHistogram cross; ///< the same and all others, by memories looked at but the own one
};

/// The gaps of memories alone, which are the same whatever the cues. See separability().
Gaps memory_gaps(const RealMatrix& memories, const Likeness& likeness,
                 const Patience& patience = {});

/// Computed in double; memories and cues are stored in the likeness's format if that is a half one.
/// At no time more than queries_abreast() and most_looked_at similarities of a memory are held.
/// `known`: memory_gaps(), if they have been computed already. Throws InputError as Scorer does,
/// and OutOfPatience.
Separability separability(const RealScene& scene, const Likeness& likeness,
                          const Patience& patience = {}, const Gaps* known = nullptr);

} // namespace basin
