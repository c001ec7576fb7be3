#pragma once
// Pattern sources against what they need: a file that is there, a dataset, a dimension.

#include "sweeps/config/config.hpp"

#include <set>
#include <vector>

namespace basin {

/// Reports paths of file sources, of embeddings, of cues and of their targets that cannot be
/// opened, or are a folder where a file is needed or the other way round; and files of cues that no
/// cue_source reads. Looks at no file's content. Files that are known, and those of a recorded
/// config, need not be there.
void check_paths(const ConfigBlock& block, const InputFiles& files,
                 std::vector<Diagnostic>& diagnostics);

/// Reports, over all combinations of sources, paths, datasets and dimensions that the block can
/// reach: file sources (of cues too) without a path, hdf5 without a dataset, other sources with
/// dimension 0, with embeddings, a value_range or targets of cues. The block must be sound
/// (check_block); `place` is its own, for what no axis is to blame for.
void check_sources(const ConfigBlock& block, const Place& place,
                   std::vector<Diagnostic>& diagnostics);

/// The values of file_parameters() that the block can reach together, each combination once; the
/// other parameters have their fallbacks. The block must be sound.
std::vector<Coordinates> source_combinations(const ConfigBlock& block);

/// Likewise of those with the cues of a file: their sources, paths, datasets and targets, and the
/// patterns' sources, paths, datasets, value ranges, dimensions, channels and what becomes
/// of their numbers.
std::vector<Coordinates> cue_combinations(const ConfigBlock& block);

/// Every file that scenes of the config can ask for.
std::set<BankRequest> named_files(const Config& config);

/// Whether `name` is a source that reads a file.
bool is_file_source(const Value& name);

} // namespace basin
