#include "models/files/cifar_files.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/byte_file.hpp"
#include "models/files/folder_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

namespace basin {

namespace {

constexpr ImageShape cifar_image{32, 32, 3, true};
constexpr std::size_t image_bytes = 3072;

struct Label {
    std::string_view name;
    std::uint8_t highest;
};

/// A data set: what stands before the image of a record, and which files a folder has it in.
struct Layout {
    std::string_view name;
    std::span<const Label> labels;
    std::string_view files; ///< in words
    bool (*is_training_file)(std::string_view name);

    std::size_t record_bytes() const { return labels.size() + image_bytes; }
};

constexpr std::array cifar10_labels{Label{"label", 9}};
constexpr Layout cifar10{"CIFAR-10", cifar10_labels, "data_batch_*.bin", [](std::string_view name) {
                             return name.starts_with("data_batch_") && name.ends_with(".bin");
                         }};
constexpr std::array cifar100_labels{Label{"coarse label", 19}, Label{"fine label", 99}};
constexpr Layout cifar100{"CIFAR-100", cifar100_labels, "train.bin",
                          [](std::string_view name) { return name == "train.bin"; }};

/// Appends the images of one file.
void read_batch(const Layout& layout, const std::string& path, std::vector<std::uint8_t>& images) {
    ByteFile file(path);
    const std::size_t record_bytes = layout.record_bytes();
    for (std::size_t record = 0;; ++record) {
        const std::vector<std::uint8_t> bytes = file.take_up_to(record_bytes);
        if (bytes.empty() && record > 0) break;
        if (bytes.empty())
            file.fail(
                fmt::format("empty, but {} records are expected; fetch it again", layout.name));
        if (bytes.size() < record_bytes)
            file.fail(fmt::format(
                "truncated, or not in {}'s binary version: its {} bytes are no multiple of {}, {} "
                "and 3 x 32 x 32 values; fetch it again, or name another file",
                layout.name, record * record_bytes + bytes.size(), record_bytes,
                layout.labels.size() == 1 ? "a label" : "two labels"));
        for (std::size_t l = 0; l < layout.labels.size(); ++l)
            if (bytes[l] > layout.labels[l].highest)
                file.fail(
                    fmt::format("record {} (counted from 0, at byte {}) has the {} {}, but {} has "
                                "0 to {}: the file is damaged or of another format",
                                record, record * record_bytes, layout.labels[l].name, bytes[l],
                                layout.name, layout.labels[l].highest));
        images.insert(images.end(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(layout.labels.size()),
                      bytes.end());
    }
    file.expect_end();
}

std::vector<std::string> batches_of(const Layout& layout, const std::string& path) {
    std::error_code ignored; // what is not there is told when it is opened
    if (!std::filesystem::is_directory(path, ignored)) return {path};
    std::vector<std::string> batches = files_in(path, layout.is_training_file);
    if (batches.empty())
        throw InputError(fmt::format("{}: the folder holds no {} of {}'s binary version; name "
                                     "another folder, or one file",
                                     path, layout.files, layout.name));
    return batches;
}

PatternBank read(const Layout& layout, const std::string& path) {
    const std::vector<std::string> batches = batches_of(layout, path);
    std::uint64_t stored = 0;
    std::error_code ignored; // what is not there is told when it is opened
    for (const std::string& batch : batches)
        if (const auto size = std::filesystem::file_size(batch, ignored); !ignored) stored += size;
    require_pattern_room(stored, 1, path);
    std::vector<std::uint8_t> images;
    for (const std::string& batch : batches)
        read_batch(layout, batch, images);
    const std::string files = batches.size() > 1 ? fmt::format(" of {} files", batches.size()) : "";
    return make_image_bank(images, cifar_image,
                           fmt::format("{}: {}{}, {} x 3 x 32 x 32 uint8", last_name(path),
                                       layout.name, files, images.size() / image_bytes));
}

} // namespace

PatternBank read_cifar10(const std::string& path) {
    return read(cifar10, path);
}

PatternBank read_cifar100(const std::string& path) {
    return read(cifar100, path);
}

} // namespace basin
