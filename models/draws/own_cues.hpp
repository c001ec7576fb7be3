#pragma once
// Cues that somebody has in a file, and the memories that they are to recall.
//
// Rows of the cue file are made like those of a pattern file: the same form of the channels, the
// same binarisation or pixel range, in which each file's own range of values counts. With targets,
// a scene is asked the rows whose target it stores, and no others; without, all rows, each judged
// as a random start is, by the memory nearest to its final state. Of those a scene is asked as many
// as probe_count says at most, drawn without replacement and in the order of the file; then the
// corruption does to them what it does to memories.

#include "models/data/dataset.hpp"
#include "models/draws/cue_targets.hpp"
#include "models/draws/cues.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// The rows of a cue file that a scene is asked.
struct ChosenCues {
    std::vector<std::uint32_t> rows;   ///< ascending
    std::vector<std::int32_t> targets; ///< [row] as Cues::targets
};

/// `stored`: the rows of the pattern file that are the memories, in the order of these; only looked
/// at if there are targets (may be null: every row may be asked).
ChosenCues chosen_cues(const CueSpec& spec, const PatternBank& cues, const CueTargets* targets,
                       std::span<const std::uint32_t> stored);

/// Why a scene of these files has no cue.
std::string nothing_to_ask(const PatternBank& cues, std::size_t stored);

/// Throws InputError, with the file's description, unless the cues have `dimension` units in the
/// patterns' form; and where real vectors are taken as they are stored, if their file declares
/// another range of values than that of the patterns (null: they have none).
void require_cues(const PatternSpec& spec, const PatternBank& cues, const PatternBank* patterns,
                  std::uint32_t dimension);

/// Throws InputError, with the files' descriptions, unless there is one target a cue, each a row of
/// the pattern file.
void require_targets(const CueTargets& targets, const PatternBank& cues,
                     const PatternBank& patterns);

} // namespace basin
