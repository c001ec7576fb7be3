#pragma once
// Chunks as HDF5 stores them behind its filters shuffle, deflate and fletcher32, made here: HDF5
// would compress every chunk by itself and one byte at a time, and most chunks of a sweep are
// alike.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

struct libdeflate_compressor;

namespace basin {

/// Of libdeflate. On results of sweeps it makes smaller chunks than zlib's 6 and takes less time
/// than zlib's 4. (`basin_bench --benchmark_filter=compact`)
inline constexpr int deflate_level = 6;

/// XXH3-128 of the values of a chunk and the size of one of them.
using ChunkDigest = std::pair<std::uint64_t, std::uint64_t>;

ChunkDigest chunk_digest(std::span<const std::uint8_t> values, std::size_t value_size);

struct StoredChunk {
    ChunkDigest digest;               ///< of the values
    std::vector<std::uint8_t> stored; ///< what the filters make of them
};

class ChunkEncoder {
public:
    ChunkEncoder();

    /// A chunk of values of `value_size` bytes each. The same values give the same bytes; those met
    /// before are not compressed again. Valid until the next call.
    const StoredChunk& encode(std::span<const std::uint8_t> values, std::size_t value_size);

private:
    void compress(std::span<const std::uint8_t> values, std::size_t value_size);

    std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor_;
    std::map<ChunkDigest, StoredChunk> met_;
    std::size_t met_bytes_ = 0;
    std::vector<std::uint8_t> shuffled_;
    std::vector<std::uint8_t> stored_;
};

/// The values that a stored chunk of `size` bytes stands for; nothing if its checksum is wrong or
/// it stands for none. Decompresses with zlib, as HDF5 does.
std::optional<std::vector<std::uint8_t>> decode_chunk(std::span<const std::uint8_t> stored,
                                                      std::size_t value_size, std::size_t size);

} // namespace basin
