#include "results/hdf5_create.hpp"

#include "results/hdf5_text.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace basin {

namespace {

constexpr unsigned kept_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned deflate_level = 4;

Hdf5Handle properties(hid_t of) {
    return {H5Pcreate(of), H5Pclose, "create", "a property list"};
}

/// Reads the chunk at `start`, if it was ever written.
void read_chunk(hid_t dataset, hid_t type, const std::vector<hsize_t>& start,
                const std::vector<hsize_t>& shape, std::vector<std::uint8_t>& values) {
    haddr_t address = HADDR_UNDEF;
    hsize_t stored = 0;
    checked(H5Dget_chunk_info_by_coord(dataset, start.data(), nullptr, &address, &stored), "find",
            "a chunk");
    if (address == HADDR_UNDEF) return;
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get", "a dataspace");
    checked(
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, shape.data(), nullptr),
        "select", "a chunk");
    const Hdf5Handle memory = create_space(shape);
    const auto length =
        std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
    values.resize(H5Tget_size(type) * length);
    checked(H5Dread(dataset, type, memory, space, H5P_DEFAULT, values.data()), "read", "a chunk");
}

void read_chunks(hid_t dataset, hid_t type, hid_t creation) {
    const std::vector<hsize_t> sizes = shape_of(dataset);
    std::vector<hsize_t> chunk(sizes.size());
    checked(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "get",
            "the shape of chunks");
    std::vector<hsize_t> start(sizes.size(), 0);
    std::vector<hsize_t> shape(sizes.size());
    std::vector<std::uint8_t> values;
    for (std::size_t d = 0; d < sizes.size();) {
        for (std::size_t i = 0; i < sizes.size(); ++i)
            shape[i] = std::min(chunk[i], sizes[i] - start[i]);
        read_chunk(dataset, type, start, shape, values);
        // Count on, the first dimension fastest; past the last dimension all have been read.
        for (d = 0; d < sizes.size(); ++d) {
            start[d] += chunk[d];
            if (start[d] < sizes[d]) break;
            start[d] = 0;
        }
    }
}

void read_dataset(hid_t group, const std::string& name) {
    const Hdf5Handle dataset = open_dataset(group, name);
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", name);
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose, "get the properties of",
                              name);
    try {
        if (H5Pget_layout(creation) == H5D_CHUNKED) {
            read_chunks(dataset, type, creation);
        } else if (H5Tget_class(type) == H5T_STRING) {
            read_texts(dataset);
        } else {
            std::vector<std::uint8_t> values(H5Tget_size(type) * size_of(dataset));
            checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read",
                    "values");
        }
    } catch (const Hdf5Error& error) {
        throw Hdf5Error(name + ": " + error.what());
    }
}

} // namespace

Hdf5Handle create_space(const std::vector<hsize_t>& sizes) {
    if (sizes.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "create", "a dataspace"};
    return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose,
            "create", "a dataspace"};
}

Hdf5Handle create_hdf5(const std::filesystem::path& file) {
    prepare_hdf5();
    const Hdf5Handle creation = properties(H5P_FILE_CREATE);
    checked(H5Pset_link_creation_order(creation, kept_order), "keep the order of", "links");
    checked(H5Pset_attr_creation_order(creation, kept_order), "keep the order of", "attributes");
    checked(H5Pset_obj_track_times(creation, false), "leave out", "time stamps");
    const Hdf5Handle access = properties(H5P_FILE_ACCESS);
    checked(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set", "library bounds");
    checked(H5Pset_file_locking(access, false, true), "turn off", "locking");
    return {H5Fcreate(file.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create",
            file.string()};
}

Hdf5Handle create_group(hid_t location, const std::string& name) {
    const Hdf5Handle creation = properties(H5P_GROUP_CREATE);
    checked(H5Pset_link_creation_order(creation, kept_order), "keep the order of", "links");
    checked(H5Pset_attr_creation_order(creation, kept_order), "keep the order of", "attributes");
    checked(H5Pset_obj_track_times(creation, false), "leave out", "time stamps");
    return {H5Gcreate2(location, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose,
            "create the group", name};
}

Hdf5Handle create_dataset(hid_t location, const std::string& name, hid_t type,
                          const DatasetShape& shape, const void* fill) {
    const Hdf5Handle creation = properties(H5P_DATASET_CREATE);
    checked(H5Pset_attr_creation_order(creation, kept_order), "keep the order of", "attributes");
    checked(H5Pset_obj_track_times(creation, false), "leave out", "time stamps");
    checked(H5Pset_fill_time(creation, H5D_FILL_TIME_ALLOC), "set", "the fill time");
    if (fill != nullptr) checked(H5Pset_fill_value(creation, type, fill), "set", "the fill value");
    if (!shape.chunk.empty()) {
        checked(H5Pset_chunk(creation, static_cast<int>(shape.chunk.size()), shape.chunk.data()),
                "set the chunks of", name);
        checked(H5Pset_shuffle(creation), "shuffle", name);
        checked(H5Pset_deflate(creation, deflate_level), "compress", name);
        checked(H5Pset_fletcher32(creation), "checksum", name);
    }
    // Chunks are written whole and once: a cache of them for every open dataset would only cost
    // memory.
    const Hdf5Handle access = properties(H5P_DATASET_ACCESS);
    checked(H5Pset_chunk_cache(access, 0, 0, 1.0), "turn off", "the chunk cache");
    const Hdf5Handle space = create_space(shape.sizes);
    return {H5Dcreate2(location, name.c_str(), type, space, H5P_DEFAULT, creation, access),
            H5Dclose, "create the dataset", name};
}

void read_whole(const std::filesystem::path& file) {
    const Hdf5Handle handle = open_hdf5(file);
    std::vector<std::string> groups{"/"};
    while (!groups.empty()) {
        const std::string path = groups.back();
        groups.pop_back();
        const Hdf5Handle group = open_group(handle, path);
        for (const std::string& name : link_names(group)) {
            if (is_dataset(group, name))
                read_dataset(group, name);
            else
                groups.push_back(path + name + "/");
        }
    }
}

} // namespace basin
