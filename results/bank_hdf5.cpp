#include "results/bank_hdf5.hpp"

#include "models/errors.hpp"
#include "results/hdf5_handle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <limits>
#include <vector>

namespace basin {

namespace {

/// Paths of all datasets below the root, in alphabetical order.
std::vector<std::string> dataset_paths(hid_t file) {
    std::vector<std::string> paths;
    checked(H5Ovisit2(
                file, H5_INDEX_NAME, H5_ITER_INC,
                [](hid_t, const char* name, const H5O_info_t* info, void* into) -> herr_t {
                    if (info->type == H5O_TYPE_DATASET)
                        static_cast<std::vector<std::string>*>(into)->emplace_back(name);
                    return 0;
                },
                &paths, H5O_INFO_BASIC),
            "list", "the file");
    return paths;
}

std::string listed(std::vector<std::string> paths) {
    constexpr std::size_t most = 20;
    if (paths.empty()) return "it has none";
    const std::size_t more = paths.size() > most ? paths.size() - most : 0;
    paths.resize(paths.size() - more);
    return fmt::format("it has {}{}", fmt::join(paths, ", "),
                       more == 0 ? "" : fmt::format(" and {} more", more));
}

PatternBank read_bank(hid_t file, const std::string& path, const std::string& name) {
    constexpr hsize_t most = std::numeric_limits<std::int32_t>::max(); // models count in 32 bits
    const auto fail = [&](const std::string& what) {
        throw InputError(fmt::format("{}: dataset '{}' {}", path, name, what));
    };
    H5O_info_t info;
    const bool there = !name.empty() && H5Oget_info_by_name2(file, name.c_str(), &info,
                                                             H5O_INFO_BASIC, H5P_DEFAULT) >= 0;
    if (!there || info.type != H5O_TYPE_DATASET)
        fail("is not in this file; " + listed(dataset_paths(file)));

    const Hdf5Handle dataset = open_dataset(file, name);
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", name);
    const H5T_class_t kind = H5Tget_class(type);
    if (kind != H5T_INTEGER && kind != H5T_FLOAT)
        fail("is not numeric; integers or reals are needed");
    const std::vector<hsize_t> shape = shape_of(dataset);
    if (shape.empty())
        fail("holds a single number; an array with patterns along its first axis is needed");
    const hsize_t size = size_of(dataset);
    if (size == 0) fail(fmt::format("is empty: its shape is {}", fmt::join(shape, " x ")));
    const hsize_t count = shape.front();
    if (count > most || size / count > most)
        fail(fmt::format("has the shape {}: more than 2^31 - 1 patterns or units",
                         fmt::join(shape, " x ")));

    auto values = xt::xtensor<float, 2>::from_shape({count, size / count});
    checked(H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            "read the dataset", name);
    return make_bank(std::move(values),
                     fmt::format("{}: HDF5 dataset {}, {} {} of {} bytes",
                                 std::filesystem::path(path).filename().string(), name,
                                 fmt::join(shape, " x "),
                                 kind == H5T_INTEGER ? "integers" : "reals", H5Tget_size(type)),
                     image_shape(std::vector<std::uint64_t>(shape.begin(), shape.end())));
}

} // namespace

PatternBank read_hdf5_bank(const std::string& path, const std::string& dataset) {
    try {
        return read_bank(open_hdf5(path), path, dataset);
    } catch (const Hdf5Error& error) {
        throw InputError(fmt::format("{}: cannot be read as HDF5: {}", path, error.what()));
    }
}

} // namespace basin
