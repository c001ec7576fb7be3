#pragma once
// Space of the disk taken before it is needed, so that a full disk is met between two records, not
// in the middle of one.

#include <cstdint>
#include <filesystem>

namespace basin {

/// Reserves for one file that only grows, beyond its end: what is reserved is no content, and a
/// reader never sees it.
class ReservedSpace {
public:
    /// Sees to it that `length` bytes from `size`, the file's end, have their place. It asks for
    /// more ahead: a step of 1 MiB first, doubled up to 8 MiB. A disk without room for a step is
    /// used to its last block: then for these bytes alone.
    /// Throws StoreError(io) if even they have no room. File systems that cannot reserve, and
    /// limits on the size of files (RLIMIT_FSIZE) that a step would pass, are no error: the write
    /// decides.
    void ensure(int descriptor, std::uint64_t size, std::uint64_t length,
                const std::filesystem::path& path);

    /// Gives back what is reserved beyond the file's end; the file stays as it is. A process that
    /// is killed before leaves the space (8 MiB at most) with its file.
    void give_back(int descriptor);

private:
    std::uint64_t end_ = 0; ///< bytes before it have their place
    std::uint64_t step_ = std::uint64_t{1} << 20U;
    bool works_ = true;
};

} // namespace basin
