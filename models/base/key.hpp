#pragma once
// Identity by value: a stable 128-bit hash of canonical text.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace basin {

/// XXH3-128 of a canonical text. Equal on every machine and in every build.
struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Key&) const = default;
};

Key key_of(std::string_view canonical_text);

/// 32 lower-case hexadecimal digits.
std::string to_string(const Key& key);

} // namespace basin
