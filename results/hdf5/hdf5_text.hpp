#pragma once
// Texts and small arrays in HDF5 files, in the one form that every reader takes: attributes as
// fixed-length scalars, datasets as variable-length UTF-8.

#include "results/hdf5/hdf5_handle.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Type of a number in the file (little-endian) and in memory.
template <class Number>
struct Hdf5Type;

/// The type of variable-length UTF-8 texts.
Hdf5Handle text_type();

/// Adds a text attribute; an empty text is left out, for HDF5 has none of length 0.
void add_attribute(hid_t object, const char* name, std::string_view text);

/// Adds a numeric attribute of values.size() >= 1 elements.
template <class Number>
void add_attribute(hid_t object, const char* name, std::span<const Number> values);

/// A text attribute of any string form, or nothing if there is none of this name and type.
std::optional<std::string> text_attribute(hid_t object, const char* name);

/// Names of an object's attributes.
std::vector<std::string> attribute_names(hid_t object);

void write_texts(hid_t dataset, std::span<const std::string> texts);

/// Every text of a dataset of strings, in C order.
std::vector<std::string> read_texts(hid_t dataset);

template <>
struct Hdf5Type<double> {
    static hid_t file() { return H5T_IEEE_F64LE; }
    static hid_t memory() { return H5T_NATIVE_DOUBLE; }
};
template <>
struct Hdf5Type<std::int64_t> {
    static hid_t file() { return H5T_STD_I64LE; }
    static hid_t memory() { return H5T_NATIVE_INT64; }
};
template <>
struct Hdf5Type<std::uint32_t> {
    static hid_t file() { return H5T_STD_U32LE; }
    static hid_t memory() { return H5T_NATIVE_UINT32; }
};
template <>
struct Hdf5Type<std::uint16_t> {
    static hid_t file() { return H5T_STD_U16LE; }
    static hid_t memory() { return H5T_NATIVE_UINT16; }
};
template <>
struct Hdf5Type<std::uint8_t> {
    static hid_t file() { return H5T_STD_U8LE; }
    static hid_t memory() { return H5T_NATIVE_UINT8; }
};

template <class Number>
void add_attribute(hid_t object, const char* name, std::span<const Number> values) {
    const hsize_t length = values.size();
    const Hdf5Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose, "create",
                           "a dataspace");
    const Hdf5Handle attribute(
        H5Acreate2(object, name, Hdf5Type<Number>::file(), space, H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose, "create the attribute", name);
    checked(H5Awrite(attribute, Hdf5Type<Number>::memory(), values.data()), "write the attribute",
            name);
}

} // namespace basin
