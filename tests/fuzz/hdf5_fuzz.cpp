// read_hdf5_bank on datasets of any type, shape, layout, attributes and values, written by HDF5
// itself: what its own reader does with a damaged file is not asked here. What is accepted has the
// values that were written.

#include "results/hdf5/hdf5_dataset_file.hpp"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <vector>

#include "fuzz/bank_target.hpp"
#include "support/hdf5_files.hpp"
#include "support/temp_folder.hpp"

namespace {

using namespace basin;

/// The input, read from front to back; zeros follow it.
class Input {
public:
    explicit Input(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    std::uint8_t byte() {
        if (rest_.empty()) return 0;
        const std::uint8_t first = rest_[0];
        rest_ = rest_.subspan(1);
        return first;
    }

    /// A double: a small whole number, or any bits.
    double number() {
        const std::uint8_t kind = byte();
        if (kind < 0xF0) return static_cast<double>(kind) - 8;
        std::uint64_t bits = 0;
        for (int b = 0; b < 8; ++b)
            bits = (bits << 8U) | byte();
        return std::bit_cast<double>(bits);
    }

private:
    std::span<const std::uint8_t> rest_;
};

constexpr std::array attributes{"_FillValue",   "missing_value", "valid_range",      "valid_min",
                                "valid_max",    "scale_factor",  "add_offset",       "_Unsigned",
                                "MATLAB_class", "MATLAB_empty",  "OCTAVE_NEW_FORMAT"};

void put_attributes(Input& input, hid_t dataset, std::vector<const char*>& put) {
    for (const char* name : attributes) {
        const std::uint8_t how = input.byte();
        if (how % 4 != 0) continue;
        put.push_back(name);
        const std::vector<double> numbers{input.number(), input.number(), input.number()};
        const std::size_t count = 1 + (how >> 4U) % 3;
        if ((how & 4U) != 0)
            tests::put_attribute(dataset, name, std::string(how & 8U ? "true" : "double"));
        else if ((how & 8U) != 0)
            tests::put_attribute<double>(
                dataset, name,
                {numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count)});
        else
            tests::put_attribute<short>(dataset, name,
                                        std::vector<short>(count, static_cast<short>(how) - 8));
    }
}

hid_t type_of(std::uint8_t kind) {
    const std::array types{H5T_NATIVE_DOUBLE, H5T_NATIVE_FLOAT, H5T_NATIVE_UCHAR, H5T_NATIVE_SHORT,
                           H5T_STD_I64BE,     H5T_STD_U64LE,    H5T_NATIVE_B8,    H5T_C_S1};
    if (kind % 9 == 8) return tests::truth_type();
    return H5Tcopy(types[kind % 9]);
}

bool is_compact(std::uint8_t how) {
    return how % 4 == 1;
}

void lay_out(std::uint8_t how, hid_t creation, const std::vector<hsize_t>& shape) {
    if (is_compact(how)) H5Pset_layout(creation, H5D_COMPACT);
    if (how % 4 < 2 || shape.empty()) return;
    std::vector<hsize_t> chunk(shape.size(), 1 + how / 64);
    for (std::size_t axis = 0; axis < chunk.size(); ++axis)
        chunk[axis] = std::max<hsize_t>(1, std::min(chunk[axis], shape[axis]));
    H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data());
    if (how % 4 == 3) H5Pset_deflate(creation, 1);
    if ((how & 32U) != 0) H5Pset_fletcher32(creation);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input({data, size});
    const std::uint8_t kind = input.byte();
    const hid_t type = type_of(kind);
    std::vector<hsize_t> shape(input.byte() % 5);
    hsize_t count = 1;
    for (hsize_t& length : shape)
        count *= length = input.byte() % 6;
    const std::uint8_t layout = input.byte();
    const bool is_written = input.byte() % 8 != 7;
    std::vector<const char*> put;
    std::vector<std::uint8_t> values(count * H5Tget_size(type));
    std::vector<double> reals(count);
    const tests::TempFolder folder;
    const std::string path = (folder / "a.h5").string();
    tests::write_hdf5(path, "x",
                      {.type = type,
                       .shape = shape,
                       .prepare = [&](hid_t creation) { lay_out(layout, creation, shape); },
                       .finish =
                           [&](hid_t dataset) {
                               put_attributes(input, dataset, put);
                               for (double& x : reals)
                                   x = input.number();
                               if (kind % 9 == 0 && !values.empty())
                                   std::memcpy(values.data(), reals.data(), values.size());
                               else
                                   for (std::uint8_t& byte : values)
                                       byte = input.byte();
                               if (is_written)
                                   H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                            values.data());
                           }});
    H5Tclose(type);
    try {
        const PatternBank bank = read_hdf5_bank(path, "x");
        tests::require_sound(bank);
        // The values of a compact dataset are in its header from the start, written or not.
        tests::require((is_written || is_compact(layout)) && bank.values.size() == count);
        tests::require(bank.basis != RangeBasis::attributes ||
                       (bank.extent.low >= bank.range.low && bank.extent.high <= bank.range.high));
        if (kind % 9 == 0 && put.empty() && is_written)
            for (std::size_t i = 0; i < reals.size(); ++i)
                tests::require(bank.values.data()[i] == static_cast<float>(reals[i]));
    } catch (const InputError&) {
        return 0; // refused, as it may be
    }
    return 0;
}
