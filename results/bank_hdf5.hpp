#pragma once

#include "models/pattern_bank.hpp"

#include <string>

namespace basin {

/// Reads a numeric dataset of an HDF5 file as patterns: first axis counts them, others are
/// flattened; three or four axes may be images (models/images.hpp). Throws InputError: cannot open,
/// no such dataset (the message lists those there are), not numeric, fewer than one axis, empty.
PatternBank read_hdf5_bank(const std::string& path, const std::string& dataset);

} // namespace basin
