#include "results/cube/result_cube.hpp"

#include "results/hdf5/checksum_trailer.hpp"
#include "results/hdf5/hdf5_handle.hpp"
#include "results/hdf5/hdf5_text.hpp"
#include "results/journal/journal.hpp"
#include "sweeps/parameters/value.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <stdexcept>

namespace basin {

namespace {

constexpr std::string_view convention = "Basin-1";

std::string attribute_or_empty(hid_t object, const char* name) {
    return text_attribute(object, name).value_or("");
}

/// The name that a scale carries itself. Asking for its path would search the whole file.
std::string scale_name(hid_t scale) {
    const ssize_t length = checked(H5DSget_scale_name(scale, nullptr, 0), "name", "an axis");
    std::string name(static_cast<std::size_t>(length), '\0');
    checked(H5DSget_scale_name(scale, name.data(), name.size() + 1), "name", "an axis");
    return name;
}

/// Names of the axes along a dataset's dimensions. Throws Hdf5Error for a dimension without one.
std::vector<std::string> dimensions_of(hid_t dataset, const std::string& name) {
    std::vector<std::string> names(shape_of(dataset).size());
    for (unsigned d = 0; d < names.size(); ++d) {
        checked(H5DSiterate_scales(
                    dataset, d, nullptr,
                    [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
                        *static_cast<std::string*>(into) = scale_name(scale);
                        return 1; // the first scale names the dimension
                    },
                    &names[d]),
                "find the axes of", name);
        if (names[d].empty())
            throw Hdf5Error(fmt::format("dimension {} of {} has no axis", d, name));
    }
    return names;
}

template <class Number, class Value>
void read_numbers(hid_t dataset, CubeAxis& axis) {
    std::vector<Number> numbers(size_of(dataset));
    checked(
        H5Dread(dataset, Hdf5Type<Number>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
        "read", axis.name);
    for (const Number number : numbers) {
        axis.numbers.push_back(static_cast<double>(number));
        axis.labels.push_back(canonical_text(Value{number}));
    }
}

CubeAxis read_axis(hid_t dataset, const std::string& name) {
    CubeAxis axis;
    axis.name = name;
    axis.unit = attribute_or_empty(dataset, "units");
    axis.long_name = attribute_or_empty(dataset, "long_name");
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", name);
    const H5T_class_t kind = H5Tget_class(type);
    axis.numeric = kind != H5T_STRING;
    if (kind == H5T_STRING)
        axis.labels = read_texts(dataset);
    else if (kind == H5T_INTEGER)
        read_numbers<std::int64_t, Value>(dataset, axis);
    else
        read_numbers<double, Value>(dataset, axis);
    return axis;
}

/// Axes in the order in which the variable of most dimensions has them.
void sort_axes(std::vector<CubeAxis>& axes, const std::vector<CubeVariable>& variables) {
    const auto widest = std::ranges::max_element(
        variables, {}, [](const CubeVariable& variable) { return variable.dimensions.size(); });
    if (widest == variables.end()) return;
    const std::vector<std::string>& order = widest->dimensions;
    std::ranges::stable_sort(axes, {}, [&](const CubeAxis& axis) {
        return std::ranges::find(order, axis.name) - order.begin();
    });
}

std::map<std::string, std::string> read_provenance(hid_t file) {
    std::map<std::string, std::string> texts;
    if (H5Lexists(file, "provenance", H5P_DEFAULT) <= 0) return texts;
    const Hdf5Handle group = open_group(file, "provenance");
    for (const std::string& name : link_names(group))
        if (const auto values = read_texts(open_dataset(group, name)); !values.empty())
            texts[name] = values.front();
    return texts;
}

/// Runs `work`; what HDF5 cannot do with the file is damage.
template <class Work>
auto reading(const std::filesystem::path& file, Work&& work) {
    try {
        return work();
    } catch (const Hdf5Error& error) {
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("{} is damaged or no result file of Basin: {}; remove it and "
                                     "give the run command again, which makes it anew from the "
                                     "journals",
                                     file.string(), error.what()));
    }
}

} // namespace

struct Hypercube::Opened {
    Hdf5Handle file;
};

Hypercube::Hypercube(const std::filesystem::path& file) : file_(file) {
    require_regular(file);
    if (!std::filesystem::exists(file))
        throw StoreError(
            StoreError::Kind::io,
            fmt::format("no result file {}: the run command writes it", file.string()));
    reading(file, [&] {
        const SealedFile sealed(file);
        opened_ = std::make_shared<Opened>(Opened{open_hdf5(sealed.path())});
        const hid_t handle = opened_->file;
        for (const std::string& name : attribute_names(handle))
            if (auto text = text_attribute(handle, name.c_str()))
                attributes_[name] = std::move(*text);
        if (attributes_["Conventions"].find(convention) == std::string::npos)
            throw Hdf5Error("its attribute Conventions does not say Basin-1");
        for (const std::string& name : link_names(handle)) {
            if (!is_dataset(handle, name)) continue;
            const Hdf5Handle dataset = open_dataset(handle, name);
            if (H5DSis_scale(dataset) > 0)
                axes_.push_back(read_axis(dataset, name));
            else
                variables_.push_back({name, attribute_or_empty(dataset, "units"),
                                      attribute_or_empty(dataset, "long_name"),
                                      dimensions_of(dataset, name)});
        }
        sort_axes(axes_, variables_);
        provenance_ = read_provenance(handle);
    });
}

const CubeAxis* Hypercube::axis(const std::string& name) const {
    const auto found = std::ranges::find(axes_, name, &CubeAxis::name);
    return found == axes_.end() ? nullptr : &*found;
}

xt::xarray<double> Hypercube::read(const std::string& variable) const {
    if (std::ranges::find(variables_, variable, &CubeVariable::name) == variables_.end())
        throw std::out_of_range("no variable '" + variable + "' in " + file_.string());
    return reading(file_, [&] {
        const Hdf5Handle dataset = open_dataset(opened_->file, variable);
        const std::vector<hsize_t> shape = shape_of(dataset);
        auto values = xt::xarray<double>::from_shape(
            xt::xarray<double>::shape_type(shape.begin(), shape.end()));
        checked(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                "read", variable);
        return values;
    });
}

std::map<std::string, std::string> provenance_of(const std::filesystem::path& file) {
    return reading(file, [&] { return read_provenance(open_hdf5(SealedFile(file).path())); });
}

} // namespace basin
