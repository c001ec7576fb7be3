#pragma once
// idx and npy files, made byte by byte by a writer that shares nothing with the readers.

#include "models/base/errors.hpp"
#include "models/files/dataset_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin::tests {

inline constexpr bool big_endian = true;
inline constexpr bool little_endian = false;

template <class Number>
inline std::string bytes_of(Number number, bool big) {
    std::string bytes(sizeof(Number), '\0');
    std::memcpy(bytes.data(), &number, sizeof(Number)); // this machine is little-endian
    if (big) std::ranges::reverse(bytes);
    return bytes;
}

template <class Number>
inline std::string bytes_of(const std::vector<Number>& numbers, bool big) {
    std::string bytes;
    for (const Number number : numbers)
        bytes += bytes_of(number, big);
    return bytes;
}

inline std::string idx_header(char type, const std::vector<std::uint32_t>& shape) {
    return std::string{'\0', '\0', type, static_cast<char>(shape.size())} +
           bytes_of(shape, big_endian);
}

inline std::string npy_header(const std::string& descr, const std::string& shape,
                              const std::string& fortran_order = "False", char version = 1) {
    const std::string text = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}\n",
                                         descr, fortran_order, shape);
    const auto length = static_cast<std::uint32_t>(text.size());
    return std::string("\x93NUMPY") + version + '\0' +
           bytes_of(length, little_endian).substr(0, version == 1 ? 2 : 4) + text;
}

inline std::string gzipped(const std::string& bytes) {
    const TempFolder folder;
    const gzFile file = gzopen((folder / "z").c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return read_file(folder / "z");
}

class BankFiles : public testing::Test {
protected:
    std::string write(const std::string& bytes, const std::string& name = "bank") const {
        return folder_.write(name, bytes);
    }

    std::string path_of(const std::string& name) const { return (folder_ / name).string(); }

    std::string idx_refusal(const std::string& bytes) const { return refusal(read_idx, bytes); }
    std::string npy_refusal(const std::string& bytes) const { return refusal(read_npy, bytes); }

    TempFolder folder_;

private:
    std::string refusal(PatternBank (*read)(const std::string&), const std::string& bytes) const {
        try {
            read(write(bytes));
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    }
};

inline std::vector<float> flat(const PatternBank& bank) {
    return {bank.values.begin(), bank.values.end()};
}

inline std::vector<float> numbers_to(std::size_t count) {
    std::vector<float> numbers(count);
    for (std::size_t i = 0; i < count; ++i)
        numbers[i] = static_cast<float>(i);
    return numbers;
}

} // namespace basin::tests
