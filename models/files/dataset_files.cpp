#include "models/files/dataset_files.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/byte_file.hpp"
#include "models/files/element_type.hpp"
#include "models/files/format_hint.hpp"
#include "models/files/npy_header.hpp"
#include "models/files/npz_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace basin {

namespace {

/// What a file's header says about the array that follows it.
struct ArrayLayout {
    std::string_view format;
    const ElementType* element;
    bool big_endian;
    bool fortran_order;
    std::vector<std::uint64_t> shape;

    /// "name: npy, 3 x 4 float32", of the file at this path.
    std::string describe_file(const std::string& path) const {
        return fmt::format("{}: {}, {}", std::filesystem::path(path).filename().string(), format,
                           describe());
    }

    std::string describe() const {
        return fmt::format("{} {}", fmt::join(shape, " x "), element->name);
    }
};

/// Little or big endian number of up to 4 bytes.
std::uint32_t whole_number(std::span<const std::uint8_t> bytes, bool big_endian) {
    std::uint32_t number = 0;
    for (std::size_t b = 0; b < bytes.size(); ++b)
        number = (number << 8) | bytes[big_endian ? b : bytes.size() - 1 - b];
    return number;
}

struct FlatShape {
    std::uint64_t count;
    std::uint64_t dimension;
};

/// First length and product of the others. Throws InputError for a shape that holds no patterns, or
/// more than networks can count (indices are 32 bits wide) or memory can hold.
FlatShape flat_shape(const ByteFile& file, const ArrayLayout& layout) {
    constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
    constexpr std::uint64_t most_values = std::uint64_t{1} << 40;
    if (layout.shape.empty())
        file.fail("holds a single number; an array with patterns along its first axis is needed");
    const std::uint64_t count = layout.shape.front();
    std::uint64_t dimension = 1;
    for (const std::uint64_t length : std::span(layout.shape).subspan(1))
        dimension = std::min(dimension * std::min(length, most + 1), most + 1); // no overflow
    if (count == 0) file.fail(fmt::format("holds no patterns: its shape is {}", layout.describe()));
    if (dimension == 0)
        file.fail(fmt::format("holds patterns without units: its shape is {}", layout.describe()));
    if (count > most || dimension > most || count * dimension > most_values)
        file.fail(fmt::format("implausible shape {}: more than 2^31 - 1 patterns or units, or more "
                              "than 2^40 values",
                              layout.describe()));
    return {count, dimension};
}

/// The array's numbers, row by row. Real: float or double.
template <class Real>
xt::xtensor<Real, 2> numbers_of(const ArrayLayout& layout, const FlatShape& shape,
                                std::span<const std::uint8_t> bytes) {
    auto values = xt::xtensor<Real, 2>::from_shape({shape.count, shape.dimension});
    const std::span<Real> numbers(values.data(), values.size());
    if constexpr (std::is_same_v<Real, float>)
        layout.element->decode(bytes, layout.big_endian, numbers);
    else
        layout.element->decode_wide(bytes, layout.big_endian, numbers);
    if (layout.fortran_order) {
        const xt::xarray<Real> rows = xt::adapt<xt::layout_type::column_major>(
            values.data(), values.size(), xt::no_ownership(), layout.shape);
        std::copy(rows.data(), rows.data() + rows.size(), values.data());
    }
    return values;
}

/// Reads the array that `layout` announces, up to the end of the file.
PatternBank read_array(ByteFile& file, const ArrayLayout& layout) {
    const FlatShape shape = flat_shape(file, layout);
    // Numbers of float64 are held twice while they are taken in, and once beside those of float32.
    const std::size_t wide = layout.element->fits_float32 ? 0 : 2 * sizeof(double);
    require_pattern_room(shape.count * shape.dimension, layout.element->bytes + wide, file.path());
    const auto bytes = file.take(shape.count * shape.dimension * layout.element->bytes,
                                 layout.describe() + " values");
    file.expect_end();

    const std::string description = layout.describe_file(file.path());
    const ImageShape image = image_shape(layout.shape);
    std::optional<DeclaredRange> declared;
    if (layout.element->range) declared = {*layout.element->range, RangeBasis::element_type};
    PatternBank bank =
        layout.element->fits_float32
            ? make_bank(numbers_of<float>(layout, shape, bytes), description, image, declared)
            : bank_of_doubles(numbers_of<double>(layout, shape, bytes), description, image,
                              declared);
    bank.is_list = layout.shape.size() == 1;
    return bank;
}

/// Reads the list that `layout` announces, up to the end of the file.
NumberList read_list(ByteFile& file, const ArrayLayout& layout) {
    const auto [count, dimension] = flat_shape(file, layout);
    const auto longer = std::ranges::count_if(layout.shape, [](auto length) { return length > 1; });
    if (longer > 1)
        file.fail(fmt::format("its shape is {}, but a list of numbers is needed: one axis, or "
                              "several of which all but one have the length 1",
                              layout.describe()));
    const std::uint64_t size = count * dimension;
    const auto bytes = file.take(size * layout.element->bytes, layout.describe() + " values");
    file.expect_end();
    NumberList list{std::vector<double>(size), layout.describe_file(file.path())};
    layout.element->decode_wide(bytes, layout.big_endian, list.values);
    return list;
}

/// The parsed header; errors name the file.
NpyHeader located_npy_header(const ByteFile& file, std::string_view text) {
    try {
        return parse_npy_header(text);
    } catch (const InputError& error) {
        file.fail(error.what());
    }
}

/// The .npy bytes that the path names, in a file of their own or in an archive.
ByteFile open_array(const std::string& path) {
    const NpzPlace place = npz_place(path);
    const std::vector<std::uint8_t> first = first_bytes(place.file);
    const bool is_archive = first.size() >= 2 && first[0] == 'P' && first[1] == 'K';
    return is_archive || !place.array.empty() ? open_npz(place) : ByteFile(path);
}

ArrayLayout idx_layout(ByteFile& file) {
    const auto magic = file.take(4, "the magic number");
    const auto types = element_types();
    const auto element = std::ranges::find(types, magic[2], &ElementType::idx_code);
    if (magic[0] != 0 || magic[1] != 0 || magic[2] == 0 || element == types.end() || magic[3] == 0)
        file.fail(fmt::format("not an idx file: it begins with {:02x}, but 00 00, an element type "
                              "(08 09 0b 0c 0d 0e) and a number of axes are expected{}",
                              fmt::join(magic, " "), format_hint(first_bytes(file.path()))));
    const auto lengths = file.take(std::uint64_t{4} * magic[3], "the lengths of the axes");
    ArrayLayout layout{"idx", &*element, true, false, {}};
    for (std::size_t axis = 0; axis < magic[3]; ++axis)
        layout.shape.push_back(whole_number(std::span(lengths).subspan(axis * 4, 4), true));
    return layout;
}

ArrayLayout npy_layout(ByteFile& file) {
    constexpr std::string_view npy_magic = "\x93NUMPY";
    const auto magic = file.take(8, "the magic number and version");
    if (!std::equal(npy_magic.begin(), npy_magic.end(), magic.begin(),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }))
        file.fail(
            fmt::format("not a npy file: it begins with {:02x}, but 93 and NUMPY is expected{}",
                        fmt::join(magic, " "), format_hint(magic)));
    if (magic[6] < 1 || magic[6] > 3 || magic[7] != 0)
        file.fail(fmt::format("npy version {}.{} is unknown; 1.0, 2.0 and 3.0 are read", magic[6],
                              magic[7]));
    const auto length = file.take(magic[6] == 1 ? 2 : 4, "the header length");
    const auto text = file.take(whole_number(length, false), "the header");
    NpyHeader header = located_npy_header(file, std::string(text.begin(), text.end()));
    return {"npy", header.element, header.big_endian, header.fortran_order,
            std::move(header.shape)};
}

} // namespace

PatternBank read_idx(const std::string& path) {
    ByteFile file(path);
    return read_array(file, idx_layout(file));
}

PatternBank read_npy(const std::string& path) {
    ByteFile file = open_array(path);
    return read_array(file, npy_layout(file));
}

NumberList read_idx_numbers(const std::string& path) {
    ByteFile file(path);
    return read_list(file, idx_layout(file));
}

NumberList read_npy_numbers(const std::string& path) {
    ByteFile file = open_array(path);
    return read_list(file, npy_layout(file));
}

} // namespace basin
