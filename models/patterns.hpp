#pragma once
// Where memories come from. To add a source: one struct here, its line in PatternSources and its
// drawing rule in patterns.cpp.

#include "models/bits.hpp"
#include "models/catalog.hpp"
#include "models/random.hpp"

#include <cstdint>
#include <string>

namespace basin {

struct RandomBipolarSource {
    static constexpr std::string_view name = "random_bipolar";
    static constexpr std::string_view help =
        "independent units, +1 with probability (1 + bias) / 2";
    static constexpr bool from_file = false;
};

struct CorrelatedSource {
    static constexpr std::string_view name = "correlated";
    static constexpr std::string_view help =
        "one common prototype; each unit agrees with it with probability (1 + correlation) / 2";
    static constexpr bool from_file = false;
};

struct HierarchicalSource {
    static constexpr std::string_view name = "hierarchical";
    static constexpr std::string_view help =
        "group_count prototypes, patterns dealt to them in turn; each unit agrees with its group's "
        "prototype with probability (1 + correlation) / 2";
    static constexpr bool from_file = false;
};

struct IdxSource {
    static constexpr std::string_view name = "idx";
    static constexpr std::string_view help = "an idx file (MNIST format), gzipped or plain";
    static constexpr bool from_file = true;
};

struct NpySource {
    static constexpr std::string_view name = "npy";
    static constexpr std::string_view help = "a NumPy .npy array, first axis = patterns";
    static constexpr bool from_file = true;
};

struct Hdf5Source {
    static constexpr std::string_view name = "hdf5";
    static constexpr std::string_view help = "a dataset of an HDF5 file, first axis = patterns";
    static constexpr bool from_file = true;
};

using PatternSources = Catalog<RandomBipolarSource, CorrelatedSource, HierarchicalSource, IdxSource,
                               NpySource, Hdf5Source>;

struct BinarizeAbove {
    static constexpr std::string_view name = "above";
    static constexpr std::string_view help = "+1 where the value exceeds `threshold`, else -1";
};

struct BinarizeMean {
    static constexpr std::string_view name = "mean";
    static constexpr std::string_view help = "+1 where the value exceeds the pattern's own mean";
};

struct BinarizeMedian {
    static constexpr std::string_view name = "median";
    static constexpr std::string_view help = "+1 where the value exceeds the pattern's own median";
};

using Binarizations = Catalog<BinarizeAbove, BinarizeMean, BinarizeMedian>;

struct PatternBank; // models/pattern_bank.hpp

struct PatternSpec {
    Choice<PatternSources> source;
    std::uint32_t dimension = 0;     ///< N >= 1. For file sources 0 means: as the file has it
    std::uint32_t pattern_count = 0; ///< K >= 1
    double bias = 0.0;               ///< mean activity of random_bipolar, in [-1, 1]
    double correlation = 0.0;        ///< overlap of a pattern with its prototype, in [0, 1]
    std::uint32_t group_count = 1;   ///< prototypes of `hierarchical`, >= 1
    Choice<Binarizations> binarize;
    double threshold = 0.0; ///< of binarisation `above`, in the file's own units
    Key key;                ///< identity of the draw: patterns are a function of it
};

/// Draws the memories: [pattern_count, dimension].
///
/// File sources take `pattern_count` distinct rows of `bank`, chosen by the spec's stream without
/// replacement, and binarise them; others ignore `bank` (may be null).
/// Throws InputError when the bank has too few patterns or another dimension.
BitMatrix draw_patterns(const PatternSpec& spec, const PatternBank* bank);

/// Number of rows that equal an earlier row.
std::uint32_t count_duplicates(const BitMatrix& patterns);

} // namespace basin
