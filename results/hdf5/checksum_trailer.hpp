#pragma once
// The seal: the last 32 bytes of a result file, a checksum of all bytes before them.
//
// HDF5 has checksums for its tables and chunks, but none for its heaps of texts, and 1.10 may crash
// or hang on tables that are damaged in a way it does not expect. So no byte of a result file is
// shown to HDF5 before all of them are known to be the ones that were written. The seal lies behind
// the end that HDF5 keeps in its superblock: readers do not see it, and a program that changes or
// repacks the file loses or breaks it.
//
//   magic "BASINSL1", number of bytes before the seal (u64), their XXH3-128 (two u64, high first);
//   little-endian

#include "results/files/file.hpp"

#include <filesystem>

namespace basin {

/// Appends the seal to a file that is complete. Throws StoreError(io).
void seal(const std::filesystem::path& file);

/// Whether there is a file of this name whose seal is right. Throws StoreError: io; damaged if the
/// name is that of something else than a regular file.
bool is_sealed(const std::filesystem::path& file);

/// A file whose seal was found right when it was opened.
class SealedFile {
public:
    /// Throws StoreError: io, or damaged, with what to do.
    explicit SealedFile(const std::filesystem::path& file);

    /// Leads to the file that was checked, even if another one has taken its name since.
    std::filesystem::path path() const;

private:
    OpenFile file_;
};

} // namespace basin
