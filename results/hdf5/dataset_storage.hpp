#pragma once
// Where the values of an HDF5 dataset lie: HDF5 gives zeros, without a word, for values that are
// not there.

#include "results/hdf5/hdf5_handle.hpp"

#include <cstdint>

namespace basin {

/// Throws InputError (without file and dataset) unless all values lie in the dataset itself and can
/// be read: it is virtual or has external storage, is compressed by a filter that this HDF5 lacks,
/// was not written or only in part, or announces more than a file of `file_bytes` could hold.
void require_own_values(hid_t dataset, std::uint64_t file_bytes);

} // namespace basin
