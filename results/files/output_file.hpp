#pragma once

#include "results/files/atomic_file.hpp"
#include "results/files/file.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace basin {

/// A file that a user has named for an output. A regular file appears when it is whole, as PartFile
/// makes it; a device, a pipe or the file that standard output goes to is written to as it is.
class OutputFile {
public:
    /// Throws StoreError(io). Waits for a reader of a named pipe.
    explicit OutputFile(const std::filesystem::path& path);

    int descriptor() const { return part_ ? part_->descriptor() : through_->descriptor(); }
    const std::filesystem::path& path() const { return path_; }

    /// To be called when all is written. Throws StoreError(io).
    void publish();

private:
    std::filesystem::path path_;
    std::optional<PartFile> part_;
    std::optional<OpenFile> through_;
};

/// Writes a text as the whole output.
void write_output(const std::filesystem::path& path, std::string_view text);

} // namespace basin
