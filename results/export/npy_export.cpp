#include "results/export/npy_export.hpp"

#include "models/metrics/metrics.hpp"
#include "results/files/byte_sink.hpp"
#include "results/files/output_file.hpp"
#include "results/store/for_each_cell.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <memory>
#include <system_error>

namespace basin {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as memory has them");

template <class Number>
std::string bytes_of(Number number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

/// A file that grows value by value and appears when it is whole.
class NpyFile {
public:
    NpyFile(const std::filesystem::path& path, std::string_view type,
            const std::vector<std::uint64_t>& shape)
        : file_(path), sink_(file_.descriptor(), path) {
        sink_.put(npy_header_of(type, shape));
    }
    template <class Number>
    void put(Number number) {
        sink_.put(bytes_of(number));
    }
    void publish() {
        sink_.flush();
        file_.publish();
    }

private:
    OutputFile file_;
    ByteSink sink_;
};

/// Code points of UTF-8, which NumPy keeps as four bytes each. A byte that is none of UTF-8 stands
/// for itself.
std::u32string code_points(const std::string& text) {
    std::u32string points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        const int ones = std::countl_one(lead);
        const std::size_t length = ones >= 2 && ones <= 4 ? static_cast<std::size_t>(ones) : 1;
        char32_t point = length == 1 ? lead : lead & (0x7FU >> static_cast<unsigned>(ones));
        std::size_t used = 1;
        while (used < length && i + used < text.size() &&
               (static_cast<std::uint8_t>(text[i + used]) & 0xC0U) == 0x80U)
            point = point << 6U | (static_cast<std::uint8_t>(text[i + used++]) & 0x3FU);
        if (used < length) { // cut short
            point = lead;
            used = 1;
        }
        points += point;
        i += used;
    }
    return points;
}

void write_texts(const std::filesystem::path& path, const std::vector<Value>& values) {
    std::vector<std::u32string> texts;
    std::size_t longest = 1;
    for (const Value& value : values) {
        texts.push_back(code_points(std::get<std::string>(value)));
        longest = std::max(longest, texts.back().size());
    }
    NpyFile file(path, fmt::format("<U{}", longest), {values.size()});
    for (std::u32string& text : texts) {
        text.resize(longest);
        for (const char32_t point : text)
            file.put(point);
    }
    file.publish();
}

void write_axis(const std::filesystem::path& path, const std::vector<Value>& values) {
    if (std::holds_alternative<std::string>(values.front())) return write_texts(path, values);
    const bool integer = std::holds_alternative<std::int64_t>(values.front());
    NpyFile file(path, integer ? "<i8" : "<f8", {values.size()});
    for (const Value& value : values)
        if (integer)
            file.put(std::get<std::int64_t>(value));
        else
            file.put(std::get<double>(value));
    file.publish();
}

void write_axes(const Plan& plan, const std::filesystem::path& folder) {
    nlohmann::json names = nlohmann::json::array();
    for (const Dimension& dimension : plan.dimensions()) {
        const std::string name(parameters()[dimension.parameter].name);
        names.push_back(name);
        write_axis(folder / (name + ".npy"), dimension.values);
    }
    names.push_back("replicate");
    std::vector<Value> replicates;
    for (std::int64_t r = 0; r < plan.replicates(); ++r)
        replicates.emplace_back(r);
    write_axis(folder / "replicate.npy", replicates);
    write_output(folder / "dimensions.json", names.dump() + "\n");
}

} // namespace

std::string npy_header_of(std::string_view type, const std::vector<std::uint64_t>& shape) {
    std::string sizes;
    for (const std::uint64_t size : shape)
        sizes += fmt::format("{},", size);
    std::string dictionary =
        fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", type, sizes);
    // Magic, version, a length of two bytes, the dictionary, a line end: a multiple of 64. No shape
    // is so long that the length needs version 2.0.
    constexpr std::size_t before = 10;
    const std::size_t whole = (before + dictionary.size() + 1 + 63) / 64 * 64;
    dictionary.resize(whole - before - 1, ' ');
    dictionary += '\n';
    return std::string("\x93NUMPY\x01\x00", 8) +
           bytes_of(static_cast<std::uint16_t>(dictionary.size())) + dictionary;
}

void export_npy(const Plan& plan, const Inventory& inventory,
                const std::vector<std::size_t>& chosen, const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        errno = failure.value();
        throw_io("create", folder);
    }
    std::vector<std::uint64_t> shape;
    for (const Dimension& dimension : plan.dimensions())
        shape.push_back(dimension.values.size());
    shape.push_back(plan.replicates());

    NpyFile status_file(folder / "status.npy", "|u1", shape);
    NpyFile flags_file(folder / "overflow_flags.npy", "<u2", shape);
    std::vector<std::unique_ptr<NpyFile>> metric_files;
    metric_files.reserve(chosen.size());
    for (const std::size_t metric : chosen)
        metric_files.push_back(std::make_unique<NpyFile>(
            folder / (std::string(metrics()[metric].name) + ".npy"), "<f8", shape));
    walk_cells(plan, inventory, [&](std::uint64_t, Status status, const Outcome* outcome) {
        status_file.put(static_cast<std::uint8_t>(status));
        flags_file.put(static_cast<Flags>(outcome ? outcome->flags : 0));
        for (std::size_t m = 0; m < chosen.size(); ++m)
            metric_files[m]->put(outcome ? outcome->values.at(chosen[m]) : std::nan(""));
    });
    write_axes(plan, folder);
    status_file.publish();
    flags_file.publish();
    for (const auto& file : metric_files)
        file->publish();
}

} // namespace basin
