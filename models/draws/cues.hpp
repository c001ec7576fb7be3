#pragma once
// What the network is shown: a memory or a row of a cue file, corrupted, or a random start.
// To add a corruption: one struct here, its line in Corruptions and its rule in cues.cpp and, for
// real vectors, in draws/real_cues.cpp.
//
//   on_bipolar, on_real  which patterns it is defined for

#include "models/base/bits.hpp"
#include "models/base/catalog.hpp"
#include "models/base/random.hpp"
#include "models/draws/patterns.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct MemoriesAsCues {
    static constexpr std::string_view name = "memories";
    static constexpr std::string_view help = "the stored memories, corrupted";
    static constexpr bool from_file = false;
};

/// What cues are made of.
using CueSources = Joined<Catalog<MemoriesAsCues>, FileSources>;

struct NoCorruption {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view help = "the memory itself, or the row of the cue file";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = true;
};

struct FlipCorruption {
    static constexpr std::string_view name = "flip";
    static constexpr std::string_view help = "cue_level of the units flipped, at random places";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = false;
};

struct MaskCorruption {
    static constexpr std::string_view name = "mask";
    static constexpr std::string_view help =
        "cue_level of the units, at random places, replaced by random values of the range";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = true;
};

struct EraseCorruption {
    static constexpr std::string_view name = "erase";
    static constexpr std::string_view help =
        "the last cue_level of the units set to the lowest value, -1 or black";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = true;
};

struct RandomStart {
    static constexpr std::string_view name = "random_start";
    static constexpr std::string_view help =
        "independent units, fair or uniform in the range; judged against the nearest memory";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = true;
};

struct BlankCorruption {
    static constexpr std::string_view name = "blank";
    static constexpr std::string_view help =
        "cue_level of the units, at random places, set to the lowest value, -1 or black";
    static constexpr bool on_bipolar = true;
    static constexpr bool on_real = true;
};

struct GaussianCorruption {
    static constexpr std::string_view name = "gaussian";
    static constexpr std::string_view help =
        "normal noise of standard deviation cue_noise, in the patterns' own units; see cue_bound";
    static constexpr bool on_bipolar = false;
    static constexpr bool on_real = true;
};

struct BlurCorruption {
    static constexpr std::string_view name = "blur";
    static constexpr std::string_view help =
        "images: Gaussian blur of standard deviation cue_blur pixels, borders mirrored";
    static constexpr bool on_bipolar = false;
    static constexpr bool on_real = true;
};

struct RowsCorruption {
    static constexpr std::string_view name = "rows";
    static constexpr std::string_view help =
        "images: cue_level of the pixel rows, at random places, set to the lowest value";
    static constexpr bool on_bipolar = false;
    static constexpr bool on_real = true;
};

struct SquareCorruption {
    static constexpr std::string_view name = "square";
    static constexpr std::string_view help =
        "images: a square of cue_level of the area, at a random place, set to the lowest value";
    static constexpr bool on_bipolar = false;
    static constexpr bool on_real = true;
};

using Corruptions =
    Catalog<NoCorruption, FlipCorruption, MaskCorruption, EraseCorruption, RandomStart,
            BlankCorruption, GaussianCorruption, BlurCorruption, RowsCorruption, SquareCorruption>;

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

struct BoundNone {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view help = "noise may leave the patterns' range";
};

struct BoundClip {
    static constexpr std::string_view name = "clip";
    static constexpr std::string_view help =
        "values beyond the patterns' range are set to its ends";
};

struct BoundReflect {
    static constexpr std::string_view name = "reflect";
    static constexpr std::string_view help =
        "mirrored at the range's low end, then clipped (Millidge et al. 2022, published code)";
};

/// What becomes of noise that leaves the range of the patterns' values.
using CueBounds = Catalog<BoundNone, BoundClip, BoundReflect>;

struct CueSpec {
    Choice<Corruptions> corruption;
    double cue_level = 0.0;        ///< share of units touched, in [0, 1]
    Choice<CueCounts> cue_count;   ///< how many units that is (flip and mask)
    std::uint32_t probe_count = 1; ///< cues per scene, >= 1; probe p starts from memory p mod K.
                                   ///< Of a cue file the most that a scene has; 0: all its rows
    double cue_noise = 0.1;        ///< standard deviation of `gaussian`, >= 0
    double cue_blur = 1.0;         ///< standard deviation of `blur` in pixels, > 0
    Choice<CueBounds> cue_bound{}; ///< of `gaussian`
    Key key;                       ///< identity of the draw
    Choice<CueSources> source{};   ///< what the cues are made of
};

/// Whether the cues are rows of a file (own_cues.hpp).
bool are_from_file(const CueSpec& spec);

struct Cues {
    BitMatrix states; ///< [probe_count, dimension]
    /// The memory that each cue was made from, or is to recall; -1: none (random_start, and cues of
    /// a file that come without targets).
    std::vector<std::int32_t> targets;
};

/// Draws the cues of bipolar memories. Probe p has a stream of its own, so p's cue does not depend
/// on probe_count.
Cues draw_cues(const CueSpec& spec, const BitMatrix& memories);

/// Corrupts the states that cues are made of: [probe_count, dimension].
void corrupt(const CueSpec& spec, BitMatrix& states);

} // namespace basin
