#include "results/hdf5/hdf5_text.hpp"

#include <algorithm>

namespace basin {

namespace {

/// How to transfer `count` texts. HDF5 clears its room for conversions before every transfer, a MiB
/// unless told otherwise: for a file of a hundred small texts that takes longer than all the rest.
Hdf5Handle transfer_of(std::size_t count) {
    constexpr std::size_t least = 4096;
    constexpr std::size_t most = std::size_t{1} << 20U;
    constexpr std::size_t per_text = 64; // a string of variable length takes less on either side
    Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose, "create", "a property list");
    checked(H5Pset_buffer(transfer, std::clamp(count * per_text, least, most), nullptr, nullptr),
            "size", "the room for conversions");
    return transfer;
}

Hdf5Handle string_type(std::size_t length) {
    Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "copy", "the string type");
    checked(H5Tset_size(type, length), "size", "a string type");
    checked(H5Tset_cset(type, H5T_CSET_UTF8), "set the character set of", "a string type");
    return type;
}

/// Reads strings of either form with `read(memory type, buffer)`.
template <class Read>
std::vector<std::string> read_strings(hid_t type, hid_t space, std::size_t count, Read&& read) {
    std::vector<std::string> texts;
    texts.reserve(count);
    if (count == 0) return texts;
    if (H5Tis_variable_str(type) > 0) {
        std::vector<char*> pointers(count, nullptr);
        read(pointers.data());
        for (const char* pointer : pointers)
            texts.emplace_back(pointer == nullptr ? "" : pointer);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
        return texts;
    }
    const std::size_t length = H5Tget_size(type);
    std::string all(count * length, '\0');
    read(all.data());
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view text = std::string_view(all).substr(i * length, length);
        texts.emplace_back(text.substr(0, text.find('\0')));
    }
    return texts;
}

} // namespace

Hdf5Handle text_type() {
    return string_type(H5T_VARIABLE);
}

void add_attribute(hid_t object, const char* name, std::string_view text) {
    if (text.empty()) return;
    const Hdf5Handle type = string_type(text.size());
    const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, "create", "a dataspace");
    const Hdf5Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose, "create the attribute", name);
    checked(H5Awrite(attribute, type, text.data()), "write the attribute", name);
}

std::optional<std::string> text_attribute(hid_t object, const char* name) {
    if (H5Aexists(object, name) <= 0) return std::nullopt;
    const Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "open the attribute",
                               name);
    const Hdf5Handle type(H5Aget_type(attribute), H5Tclose, "get the type of", name);
    const Hdf5Handle space(H5Aget_space(attribute), H5Sclose, "get the dataspace of", name);
    if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1)
        return std::nullopt;
    return read_strings(type, space, 1,
                        [&](void* into) {
                            checked(H5Aread(attribute, type, into), "read the attribute", name);
                        })
        .front();
}

std::vector<std::string> attribute_names(hid_t object) {
    std::vector<std::string> names;
    checked(H5Aiterate2(
                object, H5_INDEX_NAME, H5_ITER_INC, nullptr,
                [](hid_t, const char* name, const H5A_info_t*, void* into) -> herr_t {
                    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
                    return 0;
                },
                &names),
            "list", "attributes");
    return names;
}

void write_texts(hid_t dataset, std::span<const std::string> texts) {
    std::vector<const char*> pointers(texts.size());
    std::ranges::transform(texts, pointers.begin(), [](const auto& text) { return text.c_str(); });
    checked(H5Dwrite(dataset, text_type(), H5S_ALL, H5S_ALL, transfer_of(texts.size()),
                     pointers.data()),
            "write", "texts");
}

std::vector<std::string> read_texts(hid_t dataset) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "texts");
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get the dataspace of", "texts");
    if (H5Tget_class(type) != H5T_STRING) throw Hdf5Error("cannot read texts: they are numbers");
    const hsize_t count = size_of(dataset);
    return read_strings(type, space, count, [&](void* into) {
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, transfer_of(count), into), "read",
                "texts");
    });
}

} // namespace basin
