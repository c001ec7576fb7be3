#pragma once
// Real vectors as memories: images, and ensembles whose theory is known.

#include "models/data/dataset.hpp"
#include "models/data/real_matrix.hpp"
#include "models/draws/patterns.hpp"

#include <cstdint>
#include <span>

namespace basin {

struct RealPatterns {
    RealMatrix memories; ///< [pattern_count, dimension]
    ValueRange range;    ///< what units may be: what errors are measured in, and black is its low.
                         ///< Of a file: of all its patterns, whichever are drawn
    ImageShape image;    ///< of each row; 0 x 0 if it is no image
};

/// Draws the memories of a spec that is_real().
///
/// File sources take `pattern_count` distinct rows of `bank`, chosen by the spec's stream without
/// replacement, in units of the spec's pixel range; others ignore `bank` (may be null).
/// Throws InputError when the bank has too few patterns or another dimension, when its values
/// have no declared range but the pixel range asks for one, or when the dimension has no room for
/// the patterns.
RealPatterns draw_real_patterns(const PatternSpec& spec, const PatternBank* bank);

/// Rows of a pattern or cue file as real vectors, in the spec's form of the channels and in units
/// of its pixel range. Where a file of cues declares no range of values, it is what `value_range`
/// gave to that of the patterns (null: none). Throws InputError when values have no declared range
/// but the pixel range asks for one.
RealMatrix real_rows(const PatternSpec& spec, const PatternBank& bank,
                     std::span<const std::uint32_t> rows, const PatternBank* patterns = nullptr);

/// Bipolar memories as real vectors.
RealPatterns real_patterns(const BitMatrix& memories);

/// Number of rows that equal an earlier row.
std::uint32_t count_duplicates(const RealMatrix& patterns);

} // namespace basin
