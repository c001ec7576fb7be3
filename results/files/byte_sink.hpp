#pragma once

#include "results/files/file.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace basin {

/// Collects bytes and writes them to an open descriptor in large pieces.
class ByteSink {
public:
    /// `path` is for messages.
    ByteSink(int descriptor, std::filesystem::path path)
        : descriptor_(descriptor), path_(std::move(path)) {}

    /// Throws StoreError(io).
    void put(std::string_view bytes) {
        buffer_ += bytes;
        if (buffer_.size() >= piece) flush();
    }

    /// To be called at the end: what is not flushed is lost. Throws StoreError(io).
    void flush() {
        write_all(descriptor_,
                  {reinterpret_cast<const std::uint8_t*>(buffer_.data()), buffer_.size()}, path_);
        buffer_.clear();
    }

private:
    static constexpr std::size_t piece = std::size_t{1} << 16;
    int descriptor_;
    std::filesystem::path path_;
    std::string buffer_;
};

} // namespace basin
