#pragma once
// New HDF5 files and datasets as every reader takes them, with the same bytes every time: library
// bounds 1.8, creation order kept, no time stamps, checksums on every chunk.

#include "results/hdf5/hdf5_driver.hpp"
#include "results/hdf5/hdf5_handle.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace basin {

/// Creates a file, or empties one that is there. What cannot be written to it is told by `failure`
/// alone, which has to live until the file is closed (results/hdf5/hdf5_driver.hpp).
Hdf5Handle create_hdf5(const std::filesystem::path& file, WriteFailure& failure);

Hdf5Handle create_group(hid_t location, const std::string& name);

/// A dataspace of these sizes; of none: a scalar.
Hdf5Handle create_space(const std::vector<hsize_t>& sizes);

struct DatasetShape {
    std::vector<hsize_t> sizes; ///< none: a scalar
    std::vector<hsize_t> chunk; ///< as sizes; none: stored in one piece, without checksums
};

/// A dataset of `type`. Chunks come into being when written; missing elements are `fill`, a value
/// of `type`, or 0 for a null pointer.
Hdf5Handle create_dataset(hid_t location, const std::string& name, hid_t type,
                          const DatasetShape& shape, const void* fill);

} // namespace basin
