#include "models/base/key.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace basin {

Key key_of(std::string_view canonical_text) {
    const XXH128_hash_t hash = XXH3_128bits(canonical_text.data(), canonical_text.size());
    return {.high = hash.high64, .low = hash.low64};
}

std::string to_string(const Key& key) {
    return fmt::format("{:016x}{:016x}", key.high, key.low);
}

} // namespace basin
