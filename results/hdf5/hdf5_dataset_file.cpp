#include "results/hdf5/hdf5_dataset_file.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/format_hint.hpp"
#include "results/hdf5/dataset_meaning.hpp"
#include "results/hdf5/dataset_storage.hpp"
#include "results/hdf5/hdf5_handle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
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

/// Called by HDF5 before it follows a link into another file: notes which, and does not go there.
herr_t note_departure(const char*, const char*, const char* other_file, const char*, unsigned*,
                      hid_t, void* into) {
    *static_cast<std::string*>(into) = other_file;
    return -1;
}

/// Opens the dataset. Throws InputError (without file and dataset) if it is not in this file.
Hdf5Handle open_own_dataset(hid_t file, const std::string& name) {
    std::string departure;
    const Hdf5Handle access(H5Pcreate(H5P_LINK_ACCESS), H5Pclose, "create", "a property list");
    checked(H5Pset_elink_cb(access, note_departure, &departure), "watch", "links");
    const hid_t object = name.empty() ? H5I_INVALID_HID : H5Oopen(file, name.c_str(), access);
    if (!departure.empty())
        throw InputError(fmt::format("lies behind a link to another file, '{}'; name that file as "
                                     "path, or copy the dataset into this one",
                                     departure));
    if (object >= 0) {
        Hdf5Handle opened(object, H5Oclose, "open", name);
        if (H5Iget_type(opened) == H5I_DATASET) return opened;
    }
    throw InputError("is not in this file; " + listed(dataset_paths(file)));
}

/// The axes of the patterns. Throws InputError (without file and dataset) if there are none.
std::vector<std::uint64_t> pattern_shape(hid_t dataset, bool reversed) {
    constexpr hsize_t most = std::numeric_limits<std::int32_t>::max(); // models count in 32 bits
    const std::vector<hsize_t> stored = shape_of(dataset);
    std::vector<std::uint64_t> shape(stored.begin(), stored.end());
    if (reversed) std::ranges::reverse(shape);
    if (shape.empty())
        throw InputError(
            "holds a single number; an array with patterns along its first axis is needed");
    const hsize_t size = size_of(dataset);
    const auto text = [&] { return fmt::format("{}", fmt::join(shape, " x ")); };
    if (size == 0) throw InputError(fmt::format("is empty: its shape is {}", text()));
    if (shape.front() > most || size / shape.front() > most)
        throw InputError(
            fmt::format("has the shape {}: more than 2^31 - 1 patterns or units", text()));
    return shape;
}

/// Where values in the file's order belong among the patterns': the same order, or that of the
/// reversed axes.
class Destination {
public:
    Destination(const std::vector<std::uint64_t>& shape, bool reversed)
        : stored_(shape.rbegin(), shape.rend()), steps_(shape.size()), at_(shape.size()),
          reversed_(reversed) {
        std::uint64_t step = 1;
        for (std::size_t axis = 0; axis < stored_.size(); ++axis) {
            steps_[axis] = step;
            step *= stored_[axis];
        }
    }

    std::size_t next() {
        const std::size_t here = place_;
        if (!reversed_) {
            ++place_;
            return here;
        }
        for (std::size_t axis = stored_.size(); axis-- > 0;) {
            place_ += steps_[axis];
            if (++at_[axis] < stored_[axis]) break;
            place_ -= steps_[axis] * stored_[axis];
            at_[axis] = 0;
        }
        return here;
    }

private:
    std::vector<std::uint64_t> stored_; ///< lengths of the axes as the file has them, if reversed
    std::vector<std::uint64_t> steps_;
    std::vector<std::uint64_t> at_;
    std::size_t place_ = 0;
    bool reversed_;
};

/// Rows of the first axis that are stored together: part of them takes as long to unpack as all.
hsize_t chunk_rows(hid_t dataset) {
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose, "get the properties of",
                              "a dataset");
    if (H5Pget_layout(creation) != H5D_CHUNKED) return 1;
    std::vector<hsize_t> chunk(shape_of(dataset).size());
    checked(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "get", "chunks");
    return chunk[0];
}

/// Calls `take(values)` for all stored values in the file's order, some rows of its first axis at
/// once.
void for_stored_values(hid_t dataset, bool truth,
                       const std::function<void(const std::vector<double>&)>& take) {
    constexpr std::size_t most_at_once = std::size_t{1} << 18U;
    const std::vector<hsize_t> shape = shape_of(dataset);
    const hsize_t row = size_of(dataset) / shape[0];
    const hsize_t chunk = chunk_rows(dataset);
    const hsize_t rows_at_once = std::max<hsize_t>(1, most_at_once / row / chunk) * chunk;
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get the dataspace of", "a dataset");
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", "a dataset");
    std::vector<hsize_t> start(shape.size());
    std::vector<hsize_t> count = shape;
    std::vector<double> values;
    std::vector<std::uint8_t> bytes;
    for (; start[0] < shape[0]; start[0] += count[0]) {
        count[0] = std::min(rows_at_once, shape[0] - start[0]);
        checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(),
                                    nullptr),
                "select", "rows");
        const hsize_t size = count[0] * row;
        const Hdf5Handle memory(H5Screate_simple(1, &size, nullptr), H5Sclose, "create",
                                "a dataspace");
        values.resize(size);
        if (truth) { // bytes without a conversion: HDF5 has none from a bit field
            bytes.resize(size);
            checked(H5Dread(dataset, type, memory, space, H5P_DEFAULT, bytes.data()), "read",
                    "the values");
            std::ranges::copy(bytes, values.begin());
        } else {
            checked(H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values.data()),
                    "read", "the values");
        }
        take(values);
    }
}

/// What is wrong with a stored value, or "" if nothing is.
std::string problem_of(const DatasetMeaning& meaning, double stored) {
    const auto same = [&](const MissingValue& missing) {
        return missing.stored == stored ||
               (meaning.is_float32 &&
                static_cast<float>(missing.stored) == static_cast<float>(stored));
    };
    const auto missing = std::ranges::find_if(meaning.missing, same);
    if (missing != meaning.missing.end())
        return fmt::format("is {}, which stands for a missing value ({}); repair or remove that "
                           "pattern",
                           stored, missing->attribute);
    if (meaning.truth && stored != 0.0 && stored != 1.0)
        return fmt::format("is {} and no truth value; write the dataset as integers", stored);
    const double value = meaning.value(stored);
    if ((meaning.least && value < *meaning.least) || (meaning.most && value > *meaning.most))
        return fmt::format("is {}, which its attributes declare invalid (valid are {} to {}); "
                           "repair or remove that pattern",
                           value, meaning.least ? fmt::format("{}", *meaning.least) : "any",
                           meaning.most ? fmt::format("{}", *meaning.most) : "any");
    return "";
}

/// Whether problem_of() finds something in some value.
bool can_be_wrong(const DatasetMeaning& meaning) {
    return !meaning.missing.empty() || meaning.truth || meaning.least || meaning.most;
}

BankNumbers read_values(hid_t dataset, const DatasetMeaning& meaning,
                        const std::vector<std::uint64_t>& shape) {
    const std::size_t dimension = size_of(dataset) / shape[0];
    BankNumbers numbers(shape[0], dimension);
    Destination destination(shape, meaning.reversed);
    const bool is_checked = can_be_wrong(meaning);
    for_stored_values(dataset, meaning.truth, [&](const std::vector<double>& stored) {
        for (const double x : stored) {
            const std::size_t place = destination.next();
            if (is_checked)
                if (const std::string problem = problem_of(meaning, x); !problem.empty())
                    throw InputError(fmt::format("{} {}", place_of(place, dimension), problem));
            numbers.put(place, meaning.value(x));
        }
    });
    return numbers;
}

struct Dataset {
    DatasetMeaning meaning;
    std::vector<std::uint64_t> shape;
    BankNumbers numbers;
    std::optional<DeclaredRange> declared;

    std::string describe(const std::string& path, const std::string& name) const {
        return fmt::format(
            "{}: HDF5 dataset {}, {} {}{}{}", std::filesystem::path(path).filename().string(), name,
            fmt::join(shape, " x "), meaning.element, meaning.packed ? ", unpacked" : "",
            meaning.reversed ? ", axes as MATLAB has them" : "");
    }
};

Dataset read_dataset(hid_t file, const std::string& path, const std::string& name) {
    try {
        const Hdf5Handle dataset = open_own_dataset(file, name);
        const DatasetMeaning meaning = meaning_of(file, dataset, name);
        const std::vector<std::uint64_t> shape = pattern_shape(dataset, meaning.reversed);
        require_own_values(dataset, std::filesystem::file_size(path));
        require_pattern_room(size_of(dataset), sizeof(double), "the dataset");
        BankNumbers numbers = read_values(dataset, meaning, shape);
        const std::optional<DeclaredRange> declared = meaning.declared(numbers.extent());
        return {meaning, shape, std::move(numbers), declared};
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}: dataset '{}': {}", path, name, error.what()));
    }
}

Dataset read_file(const std::string& path, const std::string& dataset) {
    try {
        return read_dataset(open_hdf5(path), path, dataset);
    } catch (const Hdf5Error& error) {
        throw InputError(
            fmt::format("{}: cannot be read as HDF5: {}{}", path, error.what(),
                        H5Fis_hdf5(path.c_str()) > 0 ? "" : format_hint(first_bytes(path))));
    }
}

} // namespace

PatternBank read_hdf5_bank(const std::string& path, const std::string& dataset) {
    Dataset read = read_file(path, dataset);
    PatternBank bank = bank_of_numbers(std::move(read.numbers), read.describe(path, dataset),
                                       image_shape(read.shape), read.declared);
    bank.is_list = read.shape.size() == 1;
    return bank;
}

CueTargets read_hdf5_targets(const std::string& path, const std::string& dataset) {
    const Dataset read = read_file(path, dataset);
    const std::string description = read.describe(path, dataset);
    if (std::ranges::count_if(read.shape, [](auto length) { return length > 1; }) > 1)
        throw InputError(fmt::format("{}: targets are a list of numbers: one axis, or several of "
                                     "which all but one have the length 1",
                                     description));
    std::vector<double> numbers(read.numbers.doubles.begin(), read.numbers.doubles.end());
    if (numbers.empty()) numbers.assign(read.numbers.values.begin(), read.numbers.values.end());
    return make_targets(numbers, description);
}

} // namespace basin
