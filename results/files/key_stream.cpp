#include "results/files/key_stream.hpp"

#include <xxhash.h>

namespace basin {

KeyStream::KeyStream() : state_(XXH3_createState()) {
    XXH3_128bits_reset(state_);
}

KeyStream::~KeyStream() {
    XXH3_freeState(state_);
}

void KeyStream::add(std::span<const std::uint8_t> bytes) {
    XXH3_128bits_update(state_, bytes.data(), bytes.size());
}

Key KeyStream::key() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_);
    return {.high = hash.high64, .low = hash.low64};
}

} // namespace basin
