#pragma once
// The config file: TOML plus --set overrides, checked whole. Only config.cpp knows toml++.
//
//   [sweep]     name, seed, replicates (a number, or {min, max, half_width}: stopping_rule.hpp),
//   zip [patterns] [cue] [model] [recall]     parameters, each one value or an axis (axis.hpp)
//   [capacity]  what `basin capacity` looks for, instead of pattern counts: capacity_rule.hpp
//   [[when]]    parameter, if = {conditions}, otherwise = value: the axis varies only where `if`
//               holds; elsewhere the parameter has the one value `otherwise` (default: its
//               fallback). Conditions see what other whens decided. A parameter of the scene may
//               depend on the scene alone.
//   [[exclude]] conditions: points that meet all of them are left out
//   [[block]]   [block.patterns] ... [[block.when]] [[block.exclude]] zip; with blocks the sweep is
//               their union. An axis or when of a block replaces the file's of that parameter, a
//               zip those it shares a parameter with; excludes add up.
//
//   zip = [["a", "b"], ...]     axes that advance together (equal lengths)
//   A condition is parameter = value, = [values] (any of), or = ">= 20" (also >, <=, <, !=).
//   File sources take the file's dimension (0) unless the config gives one. Relative paths are
//   looked up in the folder of the config's file first, then in the working folder.

#include "sweeps/config/capacity_rule.hpp"
#include "sweeps/config/stopping_rule.hpp"
#include "sweeps/coordinates/input_files.hpp"
#include "sweeps/parameters/axis.hpp"
#include "sweeps/parameters/diagnostics.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

enum class Relation : std::uint8_t { any_of, not_equal, less, less_equal, greater, greater_equal };

struct Condition {
    std::size_t parameter = 0;
    Relation relation = Relation::any_of;
    std::vector<Value> values; ///< any_of: one or more; otherwise exactly one
};

/// All conditions must hold.
using Conditions = std::vector<Condition>;

struct When {
    std::size_t parameter = 0;
    Conditions conditions;
    Value otherwise;
};

struct ConfigBlock {
    std::vector<Axis> axes; ///< every parameter the block sets, one value or many
    std::vector<std::vector<std::size_t>> zips; ///< parameters that advance together
    std::vector<When> whens;
    std::vector<Conditions> excludes;
};

struct Config {
    std::string name = "sweep";
    std::uint64_t seed = 1;
    std::uint32_t replicates = 1; ///< with a stopping rule or a capacity: the most
    std::optional<StoppingRule> stopping;
    std::optional<CapacityRule> capacity;
    std::vector<ConfigBlock> blocks; ///< at least one; overlays already applied
    std::string source;              ///< path or preset name as given
    std::string text;                ///< the file, byte for byte
    std::vector<std::string> overrides;
    InputFiles files;
};

/// Parses and checks a config. `overrides` are "name=axis text" (also sweep.seed, sweep.replicates,
/// sweep.name as seed=, replicates=, name=). Throws ConfigError with every problem found; a file
/// that is nowhere is one unless `files` knows it or is recorded.
Config parse_config(std::string_view text, const std::string& source,
                    const std::vector<std::string>& overrides, const InputFiles& files = {});

/// Reads `source`: a file, a pipe, "-" (standard input), or if there is none the preset of that
/// name. `known`: files that need not be there. Throws ConfigError, also if it sets nothing.
Config load_config(const std::string& source, const std::vector<std::string>& overrides,
                   const FileTable& known = {});

/// A preset built into the program.
struct Preset {
    std::string_view name;
    std::string_view text;
};

std::vector<Preset> presets();

} // namespace basin
