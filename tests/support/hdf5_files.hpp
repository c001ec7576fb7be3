#pragma once
// Small HDF5 files as h5py, netCDF and MATLAB write them.

#include <hdf5.h>

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace basin::tests {

/// How a dataset is made, and what is done to it while it is open.
struct DatasetSource {
    hid_t type = H5T_NATIVE_DOUBLE; ///< in the file and of the values in memory
    std::vector<hsize_t> shape;
    const void* values = nullptr; ///< null: none are written
    std::function<void(hid_t creation)> prepare{};
    std::function<void(hid_t dataset)> finish{};
};

/// Writes one dataset into a new file, the groups on its way included.
inline void write_hdf5(const std::string& path, const char* name, const DatasetSource& source) {
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space =
        H5Screate_simple(static_cast<int>(source.shape.size()), source.shape.data(), nullptr);
    const hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    if (source.prepare) source.prepare(creation);
    const hid_t dataset = H5Dcreate2(file, name, source.type, space, links, creation, H5P_DEFAULT);
    if (source.values != nullptr)
        H5Dwrite(dataset, source.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, source.values);
    if (source.finish) source.finish(dataset);
    H5Dclose(dataset);
    H5Pclose(creation);
    H5Pclose(links);
    H5Sclose(space);
    H5Fclose(file);
}

template <class Number>
hid_t hdf5_type() {
    if constexpr (std::is_same_v<Number, double>) return H5T_NATIVE_DOUBLE;
    if constexpr (std::is_same_v<Number, float>) return H5T_NATIVE_FLOAT;
    if constexpr (std::is_same_v<Number, short>) return H5T_NATIVE_SHORT;
    if constexpr (std::is_same_v<Number, unsigned char>) return H5T_NATIVE_UCHAR;
    if constexpr (std::is_same_v<Number, int>) return H5T_NATIVE_INT;
}

/// An attribute of numbers.
template <class Number>
void put_attribute(hid_t object, const char* name, const std::vector<Number>& values) {
    const hsize_t count = values.size();
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    const hid_t attribute =
        H5Acreate2(object, name, hdf5_type<Number>(), space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, hdf5_type<Number>(), values.data());
    H5Aclose(attribute);
    H5Sclose(space);
}

/// An attribute that is a text of fixed length, as MATLAB writes its.
inline void put_attribute(hid_t object, const char* name, const std::string& text) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, text.size());
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, text.data());
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

/// The enumeration that h5py writes truth values as.
inline hid_t truth_type() {
    const hid_t type = H5Tenum_create(H5T_NATIVE_SCHAR);
    signed char value = 0;
    H5Tenum_insert(type, "FALSE", &value);
    value = 1;
    H5Tenum_insert(type, "TRUE", &value);
    return type;
}

} // namespace basin::tests
