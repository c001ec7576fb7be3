#pragma once
// Leaving off a walk that takes too long. What models compute depends on no clock: whoever waits
// for them has one.

#include <functional>
#include <stdexcept>

namespace basin {

/// Asked before every probe and after every sweep or synchronous step whether to go on. Empty: go
/// on to the end.
using Patience = std::function<bool()>;

/// A walk was left off: its patience ended.
class OutOfPatience : public std::runtime_error {
public:
    OutOfPatience() : std::runtime_error("left off before the end") {}
};

} // namespace basin
