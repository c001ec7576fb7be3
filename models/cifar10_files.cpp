#include "models/cifar10_files.hpp"

#include "models/byte_file.hpp"
#include "models/errors.hpp"
#include "models/folder_files.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace basin {

namespace {

constexpr ImageShape image{32, 32, 3, true};
constexpr std::size_t image_bytes = 3072;
constexpr std::size_t record_bytes = 1 + image_bytes;
constexpr std::uint8_t highest_label = 9;

/// Appends the images of one file.
void read_batch(const std::string& path, std::vector<std::uint8_t>& images) {
    ByteFile file(path);
    for (std::size_t record = 0;; ++record) {
        const std::vector<std::uint8_t> bytes = file.take_up_to(record_bytes);
        if (bytes.empty() && record > 0) break;
        if (bytes.empty()) file.fail("empty, but CIFAR-10 records are expected; fetch it again");
        if (bytes.size() < record_bytes)
            file.fail(fmt::format(
                "truncated, or not in CIFAR-10's binary version: its {} bytes are no multiple of "
                "{}, a label and 3 x 32 x 32 values; fetch it again, or name another file",
                record * record_bytes + bytes.size(), record_bytes));
        if (bytes[0] > highest_label)
            file.fail(fmt::format("record {} (counted from 0, at byte {}) has the label {}, but "
                                  "CIFAR-10 has 0 to {}: the file is damaged or of another format",
                                  record, record * record_bytes, bytes[0], highest_label));
        images.insert(images.end(), bytes.begin() + 1, bytes.end());
    }
    file.expect_end();
}

bool is_training_batch(std::string_view name) {
    return name.starts_with("data_batch_") && name.ends_with(".bin");
}

std::vector<std::string> batches_of(const std::string& path) {
    std::error_code ignored; // what is not there is told when it is opened
    if (!std::filesystem::is_directory(path, ignored)) return {path};
    std::vector<std::string> batches = files_in(path, is_training_batch);
    if (batches.empty())
        throw InputError(fmt::format("{}: the folder holds no data_batch_*.bin of CIFAR-10's "
                                     "binary version; name another folder, or one file",
                                     path));
    return batches;
}

} // namespace

PatternBank read_cifar10(const std::string& path) {
    const std::vector<std::string> batches = batches_of(path);
    std::vector<std::uint8_t> images;
    for (const std::string& batch : batches)
        read_batch(batch, images);
    const std::string files = batches.size() > 1 ? fmt::format(" of {} files", batches.size()) : "";
    return make_image_bank(images, image,
                           fmt::format("{}: CIFAR-10{}, {} x 3 x 32 x 32 uint8", last_name(path),
                                       files, images.size() / image_bytes));
}

} // namespace basin
