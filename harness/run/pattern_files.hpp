#pragma once
// The files of patterns, cues and targets of a sweep, read once and shared by all scenes.

#include "models/data/dataset.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/plan.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

struct Banks {
    std::map<BankRequest, PatternBank> files; ///< of patterns, embeddings and cues
    std::map<BankRequest, CueTargets> targets;
    std::set<BankRequest> of_cues; ///< files that no patterns come from
};

/// The values a parameter takes in a block: its axis, or its fallback.
std::vector<Value> block_values(const ConfigBlock& block, std::string_view name);

/// Reads every file that the config's blocks name. One that is not there, but that the config
/// knows, is left out: where scenes are made, require_banks() has to follow. Throws ConfigError
/// with all that is wrong: files that are nowhere or cannot be read, fewer patterns than asked for,
/// another dimension than asked for, embeddings or cues that do not fit their patterns, targets
/// that do not fit their cues. Throws StoreError(foreign) for a file that holds something else than
/// the config knows of it.
Banks load_banks(const Config& config);

/// Throws ConfigError, and says where they were looked for, if files of the config are not in
/// `banks`.
void require_banks(const Config& config, const Banks& banks);

/// Files of the config that are not in `banks`, as the config names them.
std::vector<std::string> absent_files(const Config& config, const Banks& banks);

/// A plan whose points are identified by what its files hold, and those files.
struct LoadedSweep {
    Plan plan;
    Banks banks;
};

/// Reads the config's files and plans. Throws as load_banks() and Plan do.
LoadedSweep load_sweep(Config config);

/// All files of a plan for its scenes. Throws as load_banks() and require_banks() do.
Banks banks_of(const Plan& plan);

/// The bank a scene needs; nullptr for sources without a file.
const PatternBank* bank_for(const Banks& banks, const Coordinates& coordinates);

/// All the files of a scene.
SceneFiles files_for(const Banks& banks, const Coordinates& coordinates);

} // namespace basin
