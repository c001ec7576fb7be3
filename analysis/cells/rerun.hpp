#pragma once
// The commands that compute a few cells of a sweep once more, by the config they came from.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// Where the cells of a store came from, as far as a command needs it.
struct RunSource {
    std::string config;                 ///< file, as the page offers it: NAME.toml
    std::string name;                   ///< of the sweep
    std::vector<std::string> overrides; ///< "name=value", as the run was given them
    std::vector<std::string> zipped;    ///< parameters that a block advances with others
    bool sequential = false;            ///< a stopping rule says how many replicates a cell gets
};

/// From the provenance of a result file. Nothing if it has no config, or one with a [capacity],
/// which `basin run` does not take.
std::optional<RunSource> run_source(const std::map<std::string, std::string>& provenance);

/// By value index of the axis "store"; of one store alone its only source.
using RunSources = std::vector<std::optional<RunSource>>;

/// `basin run CONFIG --store FOLDER --set name=value ...` for a POSIX shell: computes two cells
/// that are equal but for `axis`, by setting every varying parameter. Points are known by their
/// values (sweeps/coordinates/identity.hpp), so they come out with the same bits, whatever blocks,
/// whens and excludes the config has. A block may add points that its whens allow.
///
/// One command, or two where one cannot say it: for the two values of "store", and of a parameter
/// that is zipped with others. `replicates` is how many the cells have; set if a stopping rule
/// chose it. None if a source is not known.
std::vector<std::string> rerun_commands(const Cells& cells, std::size_t row_a, std::size_t row_b,
                                        std::size_t axis, std::size_t replicates,
                                        const RunSources& sources);

} // namespace basin
