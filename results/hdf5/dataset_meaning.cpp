#include "results/hdf5/dataset_meaning.hpp"

#include "models/base/errors.hpp"
#include "results/hdf5/hdf5_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string_view>

namespace basin {

namespace {

bool has_attribute(hid_t object, const char* name) {
    return checked(H5Aexists(object, name), "look for the attribute", name) > 0;
}

struct NumericAttribute {
    std::vector<double> values;
    bool is_real = false; ///< of floating point type
};

/// The finite numbers of an attribute, or nothing if there is none of this name.
std::optional<NumericAttribute> numbers_of(hid_t dataset, const char* name,
                                           std::size_t most_values) {
    if (!has_attribute(dataset, name)) return std::nullopt;
    const Hdf5Handle attribute(H5Aopen(dataset, name, H5P_DEFAULT), H5Aclose, "open the attribute",
                               name);
    const Hdf5Handle type(H5Aget_type(attribute), H5Tclose, "get the type of", name);
    const H5T_class_t kind = H5Tget_class(type);
    if (kind != H5T_INTEGER && kind != H5T_FLOAT)
        throw InputError(
            fmt::format("has the attribute {}, which is not numeric; mend or remove it", name));
    const Hdf5Handle space(H5Aget_space(attribute), H5Sclose, "get the dataspace of", name);
    const auto count = static_cast<std::size_t>(
        checked(H5Sget_simple_extent_npoints(space), "get the size of", name));
    if (count == 0 || count > most_values)
        throw InputError(fmt::format("has the attribute {} of {} numbers, but {} is the number "
                                     "expected; mend or remove it",
                                     name, count, most_values));
    NumericAttribute found{std::vector<double>(count), kind == H5T_FLOAT};
    checked(H5Aread(attribute, H5T_NATIVE_DOUBLE, found.values.data()), "read the attribute", name);
    return found;
}

/// The same of exactly `count` finite numbers.
std::optional<NumericAttribute> finite_numbers(hid_t dataset, const char* name, std::size_t count) {
    std::optional<NumericAttribute> found = numbers_of(dataset, name, count);
    if (found && (found->values.size() != count ||
                  !std::ranges::all_of(found->values, [](double x) { return std::isfinite(x); })))
        throw InputError(fmt::format("has the attribute {}, which is not {} finite number{}; mend "
                                     "or remove it",
                                     name, count, count == 1 ? "" : "s"));
    return found;
}

/// Whether an enumeration is h5py's form of truth values: FALSE = 0 and TRUE = 1, in a byte.
bool is_truth(hid_t type) {
    if (H5Tget_class(type) != H5T_ENUM || H5Tget_size(type) != 1 || H5Tget_nmembers(type) != 2)
        return false;
    for (unsigned m = 0; m < 2; ++m) {
        const std::unique_ptr<char, herr_t (*)(void*)> name(H5Tget_member_name(type, m),
                                                            H5free_memory);
        std::uint8_t value = 2;
        checked(H5Tget_member_value(type, m, &value), "look at", "an enumeration");
        if (!name || std::string_view(name.get()) != (value == 0 ? "FALSE" : "TRUE") || value > 1)
            return false;
    }
    return true;
}

std::string_view text_of(H5T_class_t kind) {
    switch (kind) {
    case H5T_STRING:
        return "texts";
    case H5T_COMPOUND:
        return "compound values (complex numbers are some)";
    case H5T_ENUM:
        return "names (an enumeration)";
    case H5T_REFERENCE:
        return "references";
    default:
        return "values of another kind";
    }
}

void read_type(hid_t dataset, DatasetMeaning& meaning) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "a dataset");
    const H5T_class_t kind = H5Tget_class(type);
    const std::size_t bytes = H5Tget_size(type);
    // PyTables has truth values as bit fields of one byte.
    meaning.truth = is_truth(type) || (kind == H5T_BITFIELD && bytes == 1);
    if (!meaning.truth && kind != H5T_INTEGER && kind != H5T_FLOAT)
        throw InputError(fmt::format("is not numeric: it holds {}, but integers, reals or truth "
                                     "values are needed",
                                     text_of(kind)));
    meaning.is_float32 = kind == H5T_FLOAT && bytes == sizeof(float);
    meaning.element =
        meaning.truth ? "truth values"
                      : fmt::format("{} of {} byte{}", kind == H5T_INTEGER ? "integers" : "reals",
                                    bytes, bytes == 1 ? "" : "s");
    if (meaning.truth)
        meaning.of_type = {0.0, 1.0};
    else if (kind == H5T_INTEGER && bytes == 1 && H5Tget_sign(type) == H5T_SGN_NONE)
        meaning.of_type = {0.0, 255.0};
}

/// MATLAB and Octave write arrays with their axes reversed, for their first axis is the fastest.
void read_matlab(hid_t file, hid_t dataset, const std::string& name, DatasetMeaning& meaning) {
    constexpr std::array<std::string_view, 11> numeric{"double", "single", "logical", "int8",
                                                       "int16",  "int32",  "int64",   "uint8",
                                                       "uint16", "uint32", "uint64"};
    if (has_attribute(dataset, "MATLAB_class")) {
        const std::string of = text_attribute(dataset, "MATLAB_class").value_or("");
        if (std::ranges::find(numeric, of) == numeric.end())
            throw InputError(fmt::format("is of MATLAB's class '{}', but an array of numbers is "
                                         "needed",
                                         of));
        if (has_attribute(dataset, "MATLAB_empty"))
            throw InputError("is an empty array of MATLAB's; name another one");
        meaning.reversed = true;
        if (of != "logical") return;
        meaning.of_type = {0.0, 1.0};
        meaning.element = "truth values";
        return;
    }
    const std::size_t slash = name.find_last_of('/');
    if (slash == std::string::npos || slash == 0) return;
    const std::string group = name.substr(0, slash);
    meaning.reversed = H5Aexists_by_name(file, group.c_str(), "OCTAVE_NEW_FORMAT", H5P_DEFAULT) > 0;
}

void read_packing(hid_t dataset, DatasetMeaning& meaning) {
    if (text_attribute(dataset, "_Unsigned").value_or("") == "true")
        throw InputError("has the attribute _Unsigned = \"true\", by which its signed integers "
                         "stand for unsigned ones; write it as unsigned integers");
    if (const auto scale = finite_numbers(dataset, "scale_factor", 1)) {
        meaning.scale = scale->values[0];
        meaning.packed = true;
    }
    if (const auto offset = finite_numbers(dataset, "add_offset", 1)) {
        meaning.offset = offset->values[0];
        meaning.packed = true;
    }
    if (meaning.scale == 0.0) throw InputError("has scale_factor = 0; mend or remove it");
}

/// The values that netCDF puts where nothing was written are the fill value of HDF5; but none of
/// one byte, where every value has a meaning.
void read_missing(hid_t file, hid_t dataset, DatasetMeaning& meaning) {
    constexpr std::size_t most_values = 100;
    for (const char* name : {"_FillValue", "missing_value"})
        if (const auto found = numbers_of(dataset, name, most_values))
            for (const double value : found->values)
                meaning.missing.push_back({value, name});
    if (has_attribute(dataset, "_FillValue") || !has_attribute(file, "_NCProperties")) return;
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "a dataset");
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose, "get the properties of",
                              "a dataset");
    H5D_fill_value_t defined = H5D_FILL_VALUE_UNDEFINED;
    checked(H5Pfill_value_defined(creation, &defined), "look at", "the fill value");
    if (meaning.truth || H5Tget_size(type) == 1 || defined != H5D_FILL_VALUE_USER_DEFINED) return;
    double value = 0.0;
    checked(H5Pget_fill_value(creation, H5T_NATIVE_DOUBLE, &value), "get", "the fill value");
    meaning.missing.push_back({value, "netCDF's fill value"});
}

/// Limits are of stored numbers, unless stored integers are packed reals and the limits are reals.
void read_limits(hid_t dataset, DatasetMeaning& meaning) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "a dataset");
    const bool stored_integers = H5Tget_class(type) == H5T_INTEGER;
    const auto set = [&](const NumericAttribute& of, std::size_t i, bool is_least) {
        const bool is_value = !meaning.packed || (stored_integers && of.is_real);
        // Under a negative scale the least stored number is the greatest value.
        const bool stays = is_value || meaning.scale > 0;
        (is_least == stays ? meaning.least : meaning.most) =
            is_value ? of.values[i] : meaning.value(of.values[i]);
    };
    if (const auto both = finite_numbers(dataset, "valid_range", 2)) {
        set(*both, 0, true);
        set(*both, 1, false);
    }
    if (const auto least = finite_numbers(dataset, "valid_min", 1)) set(*least, 0, true);
    if (const auto most = finite_numbers(dataset, "valid_max", 1)) set(*most, 0, false);
    if (meaning.least && meaning.most && !(*meaning.least < *meaning.most))
        throw InputError(fmt::format("declares valid values from {} to {}, which is no range; mend "
                                     "or remove valid_range, valid_min and valid_max",
                                     *meaning.least, *meaning.most));
}

} // namespace

std::optional<DeclaredRange> DatasetMeaning::declared(const ValueRange& extent) const {
    if (!of_type && !least && !most) return std::nullopt;
    ValueRange range = extent;
    if (of_type) {
        const auto [low, high] = std::minmax({value(of_type->low), value(of_type->high)});
        range = {low, high};
    }
    range = {least.value_or(range.low), most.value_or(range.high)};
    if (!(range.low < range.high)) range.high = range.low + 1.0;
    if (!std::isfinite(range.width()))
        throw InputError(
            fmt::format("declares values from {} to {}, too wide a range for errors in "
                        "float64; mend its attributes",
                        range.low, range.high));
    return DeclaredRange{range, least || most ? RangeBasis::attributes : RangeBasis::element_type};
}

DatasetMeaning meaning_of(hid_t file, hid_t dataset, const std::string& name) {
    DatasetMeaning meaning;
    read_type(dataset, meaning);
    read_matlab(file, dataset, name, meaning);
    read_packing(dataset, meaning);
    read_missing(file, dataset, meaning);
    read_limits(dataset, meaning);
    return meaning;
}

} // namespace basin
