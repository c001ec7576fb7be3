#include "models/files/format_hint.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace basin {

namespace {

struct Format {
    std::string_view begins;
    std::string_view says;
};

using namespace std::string_view_literals;

constexpr std::array formats{
    Format{"\x89HDF"sv, "an HDF5 file: source = \"hdf5\" reads its datasets"},
    Format{"\x93NUMPY"sv, "a NumPy array: source = \"npy\" reads it"},
    Format{"PK\x03\x04"sv, "a zip archive: source = \"npy\" reads those of NumPy (.npz)"},
    Format{"\x89PNG"sv, "a PNG image: source = \"image_folder\" reads the folder that has it"},
    Format{"MATLAB 5"sv, "a MATLAB 5 file: save it with -v7.3 and read it by source = \"hdf5\""},
    Format{"CDF\x01"sv, "a netCDF-3 file: nccopy -k nc4 makes it one for source = \"hdf5\""},
    Format{"CDF\x02"sv, "a netCDF-3 file: nccopy -k nc4 makes it one for source = \"hdf5\""},
    Format{"\x80\x03"sv, "a Python pickle: write its array by numpy.save"},
    Format{"\x80\x04"sv, "a Python pickle: write its array by numpy.save"},
    Format{"\x80\x05"sv, "a Python pickle: write its array by numpy.save"},
    Format{"\0\0\x08"sv, "an idx file: source = \"idx\" reads it"},
};

} // namespace

std::string format_hint(std::span<const std::uint8_t> first) {
    for (const Format& format : formats)
        if (first.size() >= format.begins.size() &&
            std::equal(format.begins.begin(), format.begins.end(), first.begin(),
                       [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }))
            return "; it is " + std::string(format.says);
    return "";
}

std::vector<std::uint8_t> first_bytes(const std::string& path) {
    std::array<char, 8> bytes{};
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), bytes.size());
    return {bytes.begin(), bytes.begin() + std::max<std::streamsize>(0, file.gcount())};
}

} // namespace basin
