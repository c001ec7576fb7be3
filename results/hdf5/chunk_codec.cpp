#include "results/hdf5/chunk_codec.hpp"

#include "results/files/bytes.hpp"

#include <xxhash.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <libdeflate.h>
#include <new>

namespace basin {

namespace {

/// What the chunks that are kept for being met again may take together.
constexpr std::size_t most_met_bytes = std::size_t{4} << 20;

constexpr std::size_t checksum_size = sizeof(std::uint32_t);

std::uint32_t fold(std::uint32_t sum) {
    return (sum & 0xffffU) + (sum >> 16U);
}

/// Fletcher's checksum of 16-bit words with the high byte first, as HDF5 computes it
/// (H5checksum.c: folds after 360 words, and never tells 0 from 0xffff).
std::uint32_t fletcher32(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t words_before_overflow = 360;
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    while (bytes.size() >= 2) {
        const std::size_t words = std::min(bytes.size() / 2, words_before_overflow);
        for (std::size_t w = 0; w < words; ++w) {
            low += static_cast<std::uint32_t>(bytes[2 * w] << 8U) | bytes[2 * w + 1];
            high += low;
        }
        low = fold(low);
        high = fold(high);
        bytes = bytes.subspan(2 * words);
    }
    if (!bytes.empty()) {
        low += static_cast<std::uint32_t>(bytes[0] << 8U);
        high += low;
        low = fold(low);
        high = fold(high);
    }
    return (fold(high) << 16U) | fold(low);
}

/// Transposes eight words of eight bytes: byte i of word j becomes byte j of word i.
void transpose(std::array<std::uint64_t, 8>& words) {
    const auto swap = [&](std::size_t distance, unsigned shift, std::uint64_t mask) {
        for (std::size_t first = 0; first < 8; first += 2 * distance)
            for (std::size_t i = first; i < first + distance; ++i) {
                const std::uint64_t other = ((words[i] >> shift) ^ words[i + distance]) & mask;
                words[i + distance] ^= other;
                words[i] ^= other << shift;
            }
    };
    swap(4, 32, 0x00000000ffffffffU);
    swap(2, 16, 0x0000ffff0000ffffU);
    swap(1, 8, 0x00ff00ff00ff00ffU);
}

/// The first bytes of all values, then the second ones, and so on.
void shuffle(std::span<const std::uint8_t> values, std::size_t value_size,
             std::vector<std::uint8_t>& shuffled) {
    const std::size_t count = values.size() / value_size;
    shuffled.resize(values.size());
    std::size_t done = 0;
    if (value_size == sizeof(std::uint64_t)) {
        std::array<std::uint64_t, 8> words{};
        for (; done + 8 <= count; done += 8) {
            std::memcpy(words.data(), values.data() + done * value_size, sizeof words);
            transpose(words);
            for (std::size_t byte = 0; byte < value_size; ++byte)
                std::memcpy(shuffled.data() + byte * count + done, &words[byte], 8);
        }
    }
    for (; done < count; ++done)
        for (std::size_t byte = 0; byte < value_size; ++byte)
            shuffled[byte * count + done] = values[done * value_size + byte];
}

void unshuffle(std::span<const std::uint8_t> shuffled, std::size_t value_size,
               std::vector<std::uint8_t>& values) {
    const std::size_t count = shuffled.size() / value_size;
    values.resize(shuffled.size());
    std::size_t done = 0;
    if (value_size == sizeof(std::uint64_t)) {
        std::array<std::uint64_t, 8> words{};
        for (; done + 8 <= count; done += 8) {
            for (std::size_t byte = 0; byte < value_size; ++byte)
                std::memcpy(&words[byte], shuffled.data() + byte * count + done, 8);
            transpose(words);
            std::memcpy(values.data() + done * value_size, words.data(), sizeof words);
        }
    }
    for (; done < count; ++done)
        for (std::size_t byte = 0; byte < value_size; ++byte)
            values[done * value_size + byte] = shuffled[byte * count + done];
}

} // namespace

ChunkDigest chunk_digest(std::span<const std::uint8_t> values, std::size_t value_size) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(values.data(), values.size(), value_size);
    return {hash.high64, hash.low64};
}

ChunkEncoder::ChunkEncoder()
    : compressor_(libdeflate_alloc_compressor(deflate_level), libdeflate_free_compressor) {
    if (!compressor_) throw std::bad_alloc();
}

const StoredChunk& ChunkEncoder::encode(std::span<const std::uint8_t> values,
                                        std::size_t value_size) {
    const ChunkDigest digest = chunk_digest(values, value_size);
    if (const auto met = met_.find(digest); met != met_.end()) return met->second;
    compress(values, value_size);
    if (met_bytes_ + stored_.size() > most_met_bytes) {
        met_.clear();
        met_bytes_ = 0;
    }
    met_bytes_ += stored_.size();
    return met_.insert({digest, {digest, stored_}}).first->second;
}

void ChunkEncoder::compress(std::span<const std::uint8_t> values, std::size_t value_size) {
    shuffle(values, value_size, shuffled_);
    stored_.resize(libdeflate_zlib_compress_bound(compressor_.get(), shuffled_.size()) +
                   checksum_size);
    const std::size_t size =
        libdeflate_zlib_compress(compressor_.get(), shuffled_.data(), shuffled_.size(),
                                 stored_.data(), stored_.size() - checksum_size);
    const std::uint32_t checksum = fletcher32(std::span(stored_).first(size));
    stored_.resize(size + checksum_size);
    std::memcpy(stored_.data() + size, &checksum, checksum_size);
}

std::optional<std::vector<std::uint8_t>> decode_chunk(std::span<const std::uint8_t> stored,
                                                      std::size_t value_size, std::size_t size) {
    if (stored.size() < checksum_size) return std::nullopt;
    const auto compressed = stored.first(stored.size() - checksum_size);
    std::uint32_t checksum = 0;
    std::memcpy(&checksum, compressed.data() + compressed.size(), checksum_size);
    if (fletcher32(compressed) != checksum) return std::nullopt;
    std::vector<std::uint8_t> shuffled(size);
    auto length = static_cast<uLongf>(size);
    const int result = uncompress(shuffled.data(), &length, compressed.data(),
                                  static_cast<uLong>(compressed.size()));
    if (result != Z_OK || length != size) return std::nullopt;
    std::vector<std::uint8_t> values;
    unshuffle(shuffled, value_size, values);
    return values;
}

} // namespace basin
