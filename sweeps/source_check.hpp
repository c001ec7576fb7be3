#pragma once
// Pattern sources against what they need: a file that is there, a dataset, a dimension.

#include "sweeps/config.hpp"

#include <vector>

namespace basin {

/// Reports paths of file sources and of embeddings that cannot be opened, or are a folder where a
/// file is needed or the other way round. Looks at no file's content.
void check_paths(const ConfigBlock& block, std::vector<Diagnostic>& diagnostics);

/// Reports, over all combinations of sources, paths, datasets and dimensions that the block can
/// reach: file sources without a path, hdf5 without a dataset, other sources with dimension 0, with
/// embeddings or a value_range. The block must be sound (check_block); `place` is its own, for what
/// no axis is to blame for.
void check_sources(const ConfigBlock& block, const Place& place,
                   std::vector<Diagnostic>& diagnostics);

/// The sources, paths, datasets, embeddings and value ranges that the block can reach together,
/// each combination once; the other parameters have their fallbacks. The block must be sound.
std::vector<Coordinates> source_combinations(const ConfigBlock& block);

/// Whether `name` is a source that reads a file.
bool is_file_source(const Value& name);

} // namespace basin
