#include "results/hdf5/hdf5_create.hpp"

#include "results/hdf5/chunk_codec.hpp"

namespace basin {

namespace {

constexpr unsigned kept_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Hdf5Handle properties(hid_t of) {
    return {H5Pcreate(of), H5Pclose, "create", "a property list"};
}

} // namespace

Hdf5Handle create_space(const std::vector<hsize_t>& sizes) {
    if (sizes.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "create", "a dataspace"};
    return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose,
            "create", "a dataspace"};
}

Hdf5Handle create_hdf5(const std::filesystem::path& file, WriteFailure& failure) {
    prepare_hdf5();
    const Hdf5Handle creation = properties(H5P_FILE_CREATE);
    checked(H5Pset_link_creation_order(creation, kept_order), "keep the order of", "links");
    checked(H5Pset_attr_creation_order(creation, kept_order), "keep the order of", "attributes");
    checked(H5Pset_obj_track_times(creation, false), "leave out", "time stamps");
    const Hdf5Handle access = properties(H5P_FILE_ACCESS);
    checked(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set", "library bounds");
    use_forgiving_driver(access, failure);
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

} // namespace basin
