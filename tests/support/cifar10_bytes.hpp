#pragma once

#include <string>

namespace basin::tests {

/// A record of CIFAR-10's binary version whose value i is (i + first) mod 251.
inline std::string cifar10_record(int label, int first) {
    std::string bytes(1, static_cast<char>(label));
    for (int i = 0; i < 3072; ++i)
        bytes += static_cast<char>((i + first) % 251);
    return bytes;
}

} // namespace basin::tests
