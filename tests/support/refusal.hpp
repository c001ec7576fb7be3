#pragma once
// What a reader says of a file that it refuses.

#include "models/base/errors.hpp"

#include <string>

namespace basin::tests {

/// The InputError of `read(path)`, or "accepted". Anything else thrown fails the test.
template <class Read>
std::string refusal_of(const Read& read, const std::string& path) {
    try {
        read(path);
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace basin::tests
