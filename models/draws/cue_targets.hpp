#pragma once
// Which memory each cue of a file is to recall: row numbers of the pattern file.

#include "models/base/key.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

struct CueTargets {
    std::vector<std::uint32_t> rows; ///< [cue] row of the pattern file, counted from 0
    std::string description;         ///< file and format, for messages and provenance
    Key digest;                      ///< of the rows
};

/// Targets of these numbers. Throws InputError, with description, place and remedy: there are none,
/// or one is not a whole number from 0 to 2^31 - 1.
CueTargets make_targets(std::span<const double> numbers, std::string description);

/// Whether the file begins as an HDF5 file does. Throws InputError if it cannot be opened.
bool looks_like_hdf5(const std::string& path);

/// Reads targets from an npy file, an array of an npz archive (npz_file.hpp) or an idx file, with
/// one axis (or several, all but one of length 1), or from text: numbers between white space or
/// commas, what follows a # in its line left out. The format is told by the content. Throws
/// InputError as the readers of patterns and make_targets().
CueTargets read_targets(const std::string& path);

} // namespace basin
