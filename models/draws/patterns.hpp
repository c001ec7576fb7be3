#pragma once
// Where memories come from. To add a source: one struct here, its line in PatternSources and its
// drawing rule in patterns.cpp, or in draws/real_patterns.cpp for one of real vectors; for one
// that reads files its reader (harness/run/pattern_files.cpp) instead.
//
//   from_file  the numbers of a file; real vectors if they are not binarised
//   is_real    real vectors, not +1 and -1

#include "models/base/bits.hpp"
#include "models/base/catalog.hpp"
#include "models/base/joined_catalog.hpp"
#include "models/base/random.hpp"
#include "models/data/images.hpp"
#include "models/draws/real_sources.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// What the path of a file source may name.
enum class PathKind : std::uint8_t { file, folder, file_or_folder };

struct RandomBipolarSource {
    static constexpr std::string_view name = "random_bipolar";
    static constexpr std::string_view help =
        "independent units, +1 with probability (1 + bias) / 2";
    static constexpr bool from_file = false;
    static constexpr bool is_real = false;
};

struct CorrelatedSource {
    static constexpr std::string_view name = "correlated";
    static constexpr std::string_view help =
        "one common prototype; each unit agrees with it with probability (1 + correlation) / 2";
    static constexpr bool from_file = false;
    static constexpr bool is_real = false;
};

struct HierarchicalSource {
    static constexpr std::string_view name = "hierarchical";
    static constexpr std::string_view help =
        "group_count prototypes, patterns dealt to them in turn; each unit agrees with its group's "
        "prototype with probability (1 + correlation) / 2";
    static constexpr bool from_file = false;
    static constexpr bool is_real = false;
};

struct IdxSource {
    static constexpr std::string_view name = "idx";
    static constexpr std::string_view help = "an idx file (MNIST format), gzipped or plain";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::file;
};

struct NpySource {
    static constexpr std::string_view name = "npy";
    static constexpr std::string_view help =
        "a NumPy .npy array, first axis = patterns, or the one in an .npz file; a.npz:x is array x";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::file;
};

struct Hdf5Source {
    static constexpr std::string_view name = "hdf5";
    static constexpr std::string_view help = "a dataset of an HDF5 file, first axis = patterns";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::file;
};

struct Cifar10Source {
    static constexpr std::string_view name = "cifar10";
    static constexpr std::string_view help =
        "a CIFAR-10 binary file, gzipped or plain, or a folder with its data_batch_*.bin";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::file_or_folder;
};

struct Cifar100Source {
    static constexpr std::string_view name = "cifar100";
    static constexpr std::string_view help =
        "a CIFAR-100 binary file, gzipped or plain, or a folder with its train.bin";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::file_or_folder;
};

struct ImageFolderSource {
    static constexpr std::string_view name = "image_folder";
    static constexpr std::string_view help = "the PNG images of a folder and of the folders in it, "
                                             "all of one size, in the order of their "
                                             "names";
    static constexpr bool from_file = true;
    static constexpr bool is_real = false;
    static constexpr PathKind path_kind = PathKind::folder;
};

/// Those that read files; cues may come from each of them too (cues.hpp).
using FileSources =
    Catalog<IdxSource, NpySource, Hdf5Source, Cifar10Source, Cifar100Source, ImageFolderSource>;

using PatternSources =
    Joined<Catalog<RandomBipolarSource, CorrelatedSource, HierarchicalSource>, FileSources,
           Catalog<GaussianSource, UniformSource, SphereSource, OrthonormalSource, ClustersSource,
                   BrightnessSource>>;

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

struct BinarizeNone {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view help = "not at all: real vectors, for continuous networks";
};

using Binarizations = Catalog<BinarizeAbove, BinarizeMean, BinarizeMedian, BinarizeNone>;

struct RangeAsStored {
    static constexpr std::string_view name = "as_stored";
    static constexpr std::string_view help = "the file's own numbers";
};

struct RangeUnit {
    static constexpr std::string_view name = "unit";
    static constexpr std::string_view help = "pixels from 0 to 1: bytes divided by 255";
};

struct RangeByte {
    static constexpr std::string_view name = "byte";
    static constexpr std::string_view help = "pixels from 0 to 255: bytes as they are";
};

/// In which units a file's pixels enter a continuous network: beta has a meaning beside them alone.
using PixelRanges = Catalog<RangeAsStored, RangeUnit, RangeByte>;

struct PatternBank; // models/data/dataset.hpp

struct PatternSpec {
    Choice<PatternSources> source;
    std::uint32_t dimension = 0;     ///< N >= 1. For file sources 0 means: as the file has it
    std::uint32_t pattern_count = 0; ///< K >= 1
    double bias = 0.0;               ///< mean activity of random_bipolar, in [-1, 1]
    double correlation = 0.0;        ///< overlap of a pattern with its prototype, in [0, 1]
    std::uint32_t group_count = 1;   ///< prototypes of `hierarchical`, >= 1
    Choice<ChannelForms> channels{}; ///< of a file's images, before binarisation
    Choice<Binarizations> binarize;
    double threshold = 0.0; ///< of binarisation `above`, in the file's own units
    Choice<PixelRanges> pixel_range{};
    double contrast = 0.25;         ///< of `brightness`, >= 0
    double brightness_spread = 0.3; ///< of `brightness`, in [0, 0.5]
    Key key;                        ///< identity of the draw: patterns are a function of it
};

/// Whether the patterns are real vectors (draws/real_patterns.hpp) and not +1 and -1.
bool is_real(const PatternSpec& spec);

/// Draws bipolar memories: [pattern_count, dimension].
///
/// File sources take `pattern_count` distinct rows of `bank`, chosen by the spec's stream without
/// replacement, bring their channels into the spec's form and binarise them; others ignore `bank`
/// (may be null).
/// Throws InputError when the bank has too few patterns or another dimension, std::logic_error for
/// real vectors.
BitMatrix draw_patterns(const PatternSpec& spec, const PatternBank* bank);

/// The `pattern_count` rows of the bank that a file source takes, in their order. Throws InputError
/// as draw_patterns does.
std::vector<std::uint32_t> chosen_rows(const PatternSpec& spec, const PatternBank* bank);

/// Rows of a pattern or cue file as bits: the channels brought into the spec's form, then
/// binarised. Throws std::logic_error for real vectors.
BitMatrix binarized_rows(const PatternSpec& spec, const PatternBank& bank,
                         std::span<const std::uint32_t> rows);

/// Stream `first` of the draw: pattern mu has stream mu.
Stream pattern_stream(const PatternSpec& spec, std::uint64_t first);

/// Number of rows that equal an earlier row.
std::uint32_t count_duplicates(const BitMatrix& patterns);

} // namespace basin
