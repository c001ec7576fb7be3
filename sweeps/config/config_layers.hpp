#pragma once
// What each part of a config says, before it is put together: the file's top level, each [[block]]
// and --set. Everything keeps its place.

#include "sweeps/config/config.hpp"

#include <vector>

namespace basin {

struct PlacedZip {
    std::vector<std::size_t> parameters;
    Place place;
};

struct PlacedWhen {
    When when;
    Place place;
};

struct Layer {
    Place place;
    std::vector<Axis> axes; ///< one whose values could not be read has none
    std::vector<PlacedZip> zips;
    std::vector<PlacedWhen> whens;
    std::vector<Conditions> excludes;
};

/// The block that results from laying `block` over `file` and `overrides` over both: an axis or a
/// when replaces that of the same parameter, a zip those it shares a parameter with; excludes add
/// up. Sets dimension to 0 where all sources read files and nobody gave it, and likewise corruption
/// to none where all cues are from files. Appends what is wrong.
ConfigBlock overlay(const Layer& file, const Layer& block, const Layer& overrides,
                    std::vector<Diagnostic>& diagnostics);

} // namespace basin
