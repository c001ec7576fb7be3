#pragma once
// Readers of real-valued pattern files, and of lists of numbers, that need no heavy library: idx
// and npy.

#include "models/data/dataset.hpp"

#include <string>
#include <vector>

namespace basin {

/// Reads an idx file (LeCun's MNIST format, big-endian), plain or gzip (told by its magic, not its
/// name). Any element type; the first axis counts patterns, the others are flattened. Three or four
/// axes may be images (image_shape).
/// One axis is a list of numbers (PatternBank::is_list): patterns of one unit.
/// Throws InputError: cannot open, wrong magic, truncated, trailing bytes, no patterns, no units,
/// implausible shape, a value that is not finite.
PatternBank read_idx(const std::string& path);

/// Reads a .npy array (format 1.0–3.0, C or Fortran order, little or big endian; bool, integers,
/// float16/32/64), at least one axis. The first axis counts patterns, the others are flattened in
/// C order; images keep the order of their channels, and `image` says which it is (image_shape).
/// Gzip is told by its magic here too, and so is an .npz archive: `a.npz:x` is its array x, and
/// `a.npz` its only one (npz_file.hpp).
/// Throws InputError as read_idx, and for an unsupported dtype (named) or a header of another form.
PatternBank read_npy(const std::string& path);

/// The numbers of an array that is a list: all its axes but one have the length 1.
struct NumberList {
    std::vector<double> values;
    std::string description; ///< file, format, shape and element type
};

/// Read such arrays, whatever their element type. Throw InputError as read_idx() and read_npy(),
/// but not for values that are not finite, and for an array that is no list.
NumberList read_idx_numbers(const std::string& path);
NumberList read_npy_numbers(const std::string& path);

} // namespace basin
