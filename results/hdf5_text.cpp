#include "results/hdf5_text.hpp"

#include <algorithm>

namespace basin {

namespace {

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
    checked(H5Dwrite(dataset, text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write",
            "texts");
}

std::vector<std::string> read_texts(hid_t dataset) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "texts");
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get the dataspace of", "texts");
    if (H5Tget_class(type) != H5T_STRING) throw Hdf5Error("cannot read texts: they are numbers");
    return read_strings(type, space, size_of(dataset), [&](void* into) {
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, into), "read", "texts");
    });
}

} // namespace basin
