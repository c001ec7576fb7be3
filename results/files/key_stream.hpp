#pragma once

#include "models/base/key.hpp"

#include <cstdint>
#include <span>

struct XXH3_state_s;

namespace basin {

/// Key of bytes that come in pieces: that which key_of() gives for all of them at once.
class KeyStream {
public:
    KeyStream();
    ~KeyStream();
    KeyStream(const KeyStream&) = delete;
    KeyStream& operator=(const KeyStream&) = delete;

    void add(std::span<const std::uint8_t> bytes);
    Key key() const; ///< of what was added so far

private:
    XXH3_state_s* state_;
};

} // namespace basin
