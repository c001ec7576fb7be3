#pragma once
// What the network is shown: a corrupted memory, or a random start.
// To add a corruption: one struct here, its line in Corruptions and its rule in cues.cpp.

#include "models/bits.hpp"
#include "models/catalog.hpp"
#include "models/random.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct NoCorruption {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view help = "the memory itself";
};

struct FlipCorruption {
    static constexpr std::string_view name = "flip";
    static constexpr std::string_view help = "cue_level of the units flipped, at random places";
};

struct MaskCorruption {
    static constexpr std::string_view name = "mask";
    static constexpr std::string_view help =
        "cue_level of the units, at random places, replaced by random values";
};

struct EraseCorruption {
    static constexpr std::string_view name = "erase";
    static constexpr std::string_view help = "the last cue_level of the units set to -1";
};

struct RandomStart {
    static constexpr std::string_view name = "random_start";
    static constexpr std::string_view help =
        "independent fair units; recall is judged against the nearest memory";
};

using Corruptions =
    Catalog<NoCorruption, FlipCorruption, MaskCorruption, EraseCorruption, RandomStart>;

struct ExactCount {
    static constexpr std::string_view name = "exact";
    static constexpr std::string_view help =
        "round(cue_level * dimension) units, without replacement";
};

struct BernoulliCount {
    static constexpr std::string_view name = "bernoulli";
    static constexpr std::string_view help = "each unit by itself with probability cue_level";
};

using CueCounts = Catalog<ExactCount, BernoulliCount>;

struct CueSpec {
    Choice<Corruptions> corruption;
    double cue_level = 0.0;        ///< share of units touched, in [0, 1]
    Choice<CueCounts> cue_count;   ///< how many units that is (flip and mask)
    std::uint32_t probe_count = 1; ///< cues per scene, >= 1; probe p starts from memory p mod K
    Key key;                       ///< identity of the draw
};

struct Cues {
    BitMatrix states;                  ///< [probe_count, dimension]
    std::vector<std::int32_t> targets; ///< memory each cue was made from; -1: none (random_start)
};

/// Draws the cues. Probe p has a stream of its own, so p's cue does not depend on probe_count.
Cues draw_cues(const CueSpec& spec, const BitMatrix& memories);

} // namespace basin
