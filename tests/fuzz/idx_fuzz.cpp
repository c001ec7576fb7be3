// read_idx on any bytes. An accepted plain file has the lengths that its header announces.

#include "models/files/dataset_files.hpp"

#include <cstddef>

#include "fuzz/bank_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace basin;
    const std::span bytes(data, size);
    const auto bank = tests::bank_of(read_idx, bytes);
    if (!bank || data[0] != 0) return 0; // gzip begins with 1f
    std::uint64_t total = 1;
    for (std::size_t axis = 0; axis < bytes[3]; ++axis) {
        std::uint64_t length = 0;
        for (const std::uint8_t byte : bytes.subspan(4 + 4 * axis, 4))
            length = (length << 8U) | byte;
        if (axis == 0) tests::require(bank->values.shape(0) == length);
        total *= length;
    }
    tests::require(bank->values.size() == total);
    return 0;
}
