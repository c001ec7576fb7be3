#pragma once
// The files of patterns, cues and targets of a sweep, read once and shared by all scenes.

#include "models/pattern_bank.hpp"
#include "sweeps/binding.hpp"
#include "sweeps/config.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace basin {

struct Banks {
    std::map<BankRequest, PatternBank> files; ///< of patterns, embeddings and cues
    std::map<TargetRequest, CueTargets> targets;
    std::set<BankRequest> of_cues; ///< files that no patterns come from
};

/// The values a parameter takes in a block: its axis, or its fallback.
std::vector<Value> block_values(const ConfigBlock& block, std::string_view name);

/// Every file of patterns the block can ask for: its sources x paths x datasets x value
/// ranges.
std::set<BankRequest> bank_requests(const ConfigBlock& block);

/// Reads every file that the config's blocks name. Throws ConfigError with all that is wrong: files
/// that cannot be read, fewer patterns than asked for, another dimension than asked for, embeddings
/// or cues that do not fit their patterns, targets that do not fit their cues.
Banks load_banks(const Config& config);

/// The bank a scene needs; nullptr for sources without a file.
const PatternBank* bank_for(const Banks& banks, const Coordinates& coordinates);

/// All the files of a scene.
SceneFiles files_for(const Banks& banks, const Coordinates& coordinates);

/// Units of a scene's patterns as its file and the form of their channels have them; 0 without a
/// file.
std::uint32_t file_dimension(const Banks& banks, const Coordinates& coordinates);

} // namespace basin
