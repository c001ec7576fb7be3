#include "results/hdf5/dataset_storage.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace basin {

namespace {

constexpr std::size_t name_room = 256;
using Name = std::array<char, name_room>;

void refuse_other_places(hid_t creation) {
    if (H5Pget_layout(creation) == H5D_VIRTUAL) {
        Name source{};
        H5Pget_virtual_filename(creation, 0, source.data(), source.size() - 1);
        throw InputError(fmt::format(
            "is virtual: its values lie in other datasets (the first in the file '{}'), and where "
            "one is missing HDF5 gives zeros; copy the values into a dataset of their own, as by "
            "h5py: f['copy'] = f['original'][...]",
            source.data()));
    }
    if (checked(H5Pget_external_count(creation), "look for", "external storage") == 0) return;
    Name file{};
    off_t offset = 0;
    hsize_t size = 0;
    H5Pget_external(creation, 0, file.size() - 1, file.data(), &offset, &size);
    throw InputError(fmt::format("keeps its values outside of this file, in '{}'; copy them into "
                                 "it, as by h5repack",
                                 file.data()));
}

/// Number of filters the values went through.
int require_filters(hid_t creation) {
    const int count = checked(H5Pget_nfilters(creation), "count", "the filters");
    for (unsigned i = 0; i < static_cast<unsigned>(count); ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        unsigned config = 0;
        Name name{};
        const H5Z_filter_t filter = checked(H5Pget_filter2(creation, i, &flags, &values, nullptr,
                                                           name.size() - 1, name.data(), &config),
                                            "look at", "a filter");
        if (H5Zfilter_avail(filter) > 0) continue;
        throw InputError(fmt::format(
            "is compressed by the filter {} (number {}), which is not part of HDF5 and not "
            "installed; write it with gzip: compression='gzip' in h5py, or h5repack -f GZIP=4",
            name[0] == '\0' ? "without a name" : name.data(), static_cast<int>(filter)));
    }
    return count;
}

void require_written(hid_t dataset, hid_t creation) {
    if (H5Pget_layout(creation) != H5D_CHUNKED) {
        H5D_space_status_t status = H5D_SPACE_STATUS_NOT_ALLOCATED;
        checked(H5Dget_space_status(dataset, &status), "look at", "the storage");
        if (status == H5D_SPACE_STATUS_NOT_ALLOCATED)
            throw InputError("was made, but its values were never written; write them");
        return;
    }
    const std::vector<hsize_t> shape = shape_of(dataset);
    std::vector<hsize_t> chunk(shape.size());
    checked(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "get", "chunks");
    hsize_t needed = 1;
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        needed *= (shape[axis] + chunk[axis] - 1) / chunk[axis];
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get the dataspace of", "a dataset");
    hsize_t written = 0;
    checked(H5Dget_num_chunks(dataset, space, &written), "count", "the chunks");
    if (written < needed)
        throw InputError(fmt::format("was written in part: {} of its {} chunks are there, and HDF5 "
                                     "gives its fill value for the others; write all of it",
                                     written, needed));
}

void require_plausible(hid_t dataset, bool compressed, std::uint64_t file_bytes) {
    // deflate makes 1032 bytes of one, scaleoffset of equal numbers more.
    constexpr std::uint64_t most_expansion = 1U << 15U;
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "a dataset");
    const auto bytes = static_cast<double>(size_of(dataset)) *
                       static_cast<double>(std::max<std::size_t>(1, H5Tget_size(type)));
    if (bytes > static_cast<double>(file_bytes) * (compressed ? most_expansion : 1))
        throw InputError(fmt::format("announces {} values, more than the file's {} bytes can hold: "
                                     "the file is truncated or damaged",
                                     size_of(dataset), file_bytes));
}

} // namespace

void require_own_values(hid_t dataset, std::uint64_t file_bytes) {
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose, "get the properties of",
                              "a dataset");
    refuse_other_places(creation);
    const int filters = require_filters(creation);
    require_plausible(dataset, filters > 0, file_bytes);
    require_written(dataset, creation);
}

} // namespace basin
