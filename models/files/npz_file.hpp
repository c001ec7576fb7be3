#pragma once
// One array of a NumPy .npz archive: a zip archive of .npy files.

#include "models/files/byte_file.hpp"

#include <string>

namespace basin {

/// Which array of which archive a path names.
struct NpzPlace {
    std::string file;
    std::string array; ///< "": the only one
};

/// `a.npz:x` is the array x of a.npz, unless a file of that whole name is there; another path is a
/// file's.
NpzPlace npz_place(const std::string& path);

/// The bytes of the array, as of a .npy file; messages call it `a.npz:x`.
/// Throws InputError: as zip_members() and unzipped(), no such array, or several where none is
/// named (the message lists them).
ByteFile open_npz(const NpzPlace& place);

} // namespace basin
