#pragma once
// A finished result file compared with what was meant to be written.

#include "results/hdf5/chunk_codec.hpp"
#include "results/hdf5/hdf5_handle.hpp"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace basin {

struct WrittenChunk {
    std::vector<hsize_t> start; ///< [dimension] index of its first value; none: the one of a scalar
    ChunkDigest digest;         ///< of its values
};

struct WrittenVariable {
    std::string name;
    std::size_t value_size = 0; ///< bytes of a value
    std::size_t chunk_size = 0; ///< bytes of the values of a chunk
    std::vector<WrittenChunk> chunks;
};

/// Opens the file anew and reads all of it: of each variable exactly the chunks that were written,
/// where they belong, every one decoded to the values that were meant; of axes, their codes and
/// provenance, that they can be read. Throws Hdf5Error with the name of what is not so.
///
/// Chunks are fetched through HDF5's own index and decoded apart from HDF5: the checksum of a
/// chunk finds what was lost on its way to the file and back, the digest what encoding did wrong
/// or HDF5 put elsewhere. What the page cache shows but the disk will not keep is not seen here: it
/// is found by the seal (results/hdf5/checksum_trailer.hpp) when the file is opened for reading.
void check_cube(const std::filesystem::path& file, std::span<const WrittenVariable> variables);

} // namespace basin
