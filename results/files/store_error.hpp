#pragma once
// What a store that cannot be used is told by.

#include <cstdint>
#include <stdexcept>
#include <string>

namespace basin {

/// The store cannot be read or written (exit 74: `no_space` or I/O) or is damaged (exit 5).
class StoreError : public std::runtime_error {
public:
    enum class Kind : std::uint8_t { io, damaged, foreign };
    StoreError(Kind what_kind, const std::string& message)
        : std::runtime_error(message), kind(what_kind) {}
    Kind kind;
};

} // namespace basin
