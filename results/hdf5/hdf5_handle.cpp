#include "results/hdf5/hdf5_handle.hpp"

#include <fmt/format.h>

namespace basin {

namespace {

/// The reason nearest to the cause: the first entry of HDF5's error stack.
std::string first_reason() {
    std::string reason;
    H5Ewalk2(
        H5E_DEFAULT, H5E_WALK_UPWARD,
        [](unsigned, const H5E_error2_t* entry, void* into) -> herr_t {
            auto& text = *static_cast<std::string*>(into);
            if (text.empty() && entry->desc != nullptr) text = entry->desc;
            return 0;
        },
        &reason);
    if (reason.empty()) return "HDF5 gives no reason";
    // Of a failed system call: "..., errno = 28, error message = 'No space left on device', ...".
    constexpr std::string_view system_message = "error message = '";
    const auto begin = reason.find(system_message);
    if (begin == std::string::npos) return reason;
    const std::string message = reason.substr(begin + system_message.size());
    return message.substr(0, message.find('\''));
}

Hdf5Handle space_of(hid_t dataset) {
    return {H5Dget_space(dataset), H5Sclose, "get the dataspace of", "a dataset"};
}

} // namespace

void throw_hdf5(std::string_view action, std::string_view object) {
    throw Hdf5Error(fmt::format("cannot {} {}: {}", action, object, first_reason()));
}

void prepare_hdf5() {
    H5dont_atexit(); // fails once HDF5 is in use: then it was called before
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Handle open_hdf5(const std::filesystem::path& file) {
    prepare_hdf5();
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "create", "a property list");
    checked(H5Pset_file_locking(access, false, true), "turn off", "locking");
    return {H5Fopen(file.c_str(), H5F_ACC_RDONLY, access), H5Fclose, "open", file.string()};
}

Hdf5Handle open_dataset(hid_t location, const std::string& name) {
    return {H5Dopen2(location, name.c_str(), H5P_DEFAULT), H5Dclose, "open the dataset", name};
}

Hdf5Handle open_group(hid_t location, const std::string& name) {
    return {H5Gopen2(location, name.c_str(), H5P_DEFAULT), H5Gclose, "open the group", name};
}

std::vector<hsize_t> shape_of(hid_t dataset) {
    const Hdf5Handle space = space_of(dataset);
    const int rank = checked(H5Sget_simple_extent_ndims(space), "get the rank of", "a dataset");
    std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
    checked(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "get the shape of",
            "a dataset");
    return shape;
}

hsize_t size_of(hid_t dataset) {
    const Hdf5Handle space = space_of(dataset);
    return static_cast<hsize_t>(
        checked(H5Sget_simple_extent_npoints(space), "get the size of", "a dataset"));
}

std::vector<std::string> link_names(hid_t location) {
    const Hdf5Handle group = open_group(location, ".");
    const Hdf5Handle creation(H5Gget_create_plist(group), H5Pclose, "get the properties of",
                              "a group");
    unsigned order = 0;
    checked(H5Pget_link_creation_order(creation, &order), "get the link order of", "a group");
    const bool tracked = (order & H5P_CRT_ORDER_TRACKED) != 0;
    std::vector<std::string> names;
    checked(H5Literate(
                group, tracked ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC, nullptr,
                [](hid_t, const char* name, const H5L_info_t*, void* into) -> herr_t {
                    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
                    return 0;
                },
                &names),
            "list", "a group");
    return names;
}

bool is_dataset(hid_t location, const std::string& name) {
    H5O_info_t info;
    checked(H5Oget_info_by_name2(location, name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT),
            "look at", name);
    return info.type == H5O_TYPE_DATASET;
}

} // namespace basin
