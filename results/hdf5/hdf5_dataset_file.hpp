#pragma once

#include "models/data/dataset.hpp"
#include "models/draws/cue_targets.hpp"

#include <string>

namespace basin {

/// Reads a numeric dataset of an HDF5 file as patterns: first axis counts them, others are
/// flattened; three or four axes may be images (models/data/images.hpp). What netCDF, MATLAB,
/// Octave, h5py and PyTables write beside the numbers is honoured or refused: scale_factor and
/// add_offset, valid_range, valid_min and valid_max (the bank's range), reversed axes, truth
/// values; _FillValue, missing_value and values outside of the valid range are refused with their
/// place (dataset_meaning.hpp). All values lie in the file itself (dataset_storage.hpp). Throws
/// InputError: cannot open, no such dataset (the message lists those there are), behind a link to
/// another file, not numeric, fewer than one axis, empty, and for all that is refused above.
PatternBank read_hdf5_bank(const std::string& path, const std::string& dataset);

/// Reads the targets of cues from a numeric dataset: one axis, or several of which all but one have
/// the length 1. Throws InputError as read_hdf5_bank() and make_targets().
CueTargets read_hdf5_targets(const std::string& path, const std::string& dataset);

} // namespace basin
