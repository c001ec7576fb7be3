// read_cifar10 on any bytes. An accepted plain file is whole records.

#include "models/files/cifar_files.hpp"

#include <cstddef>

#include "fuzz/bank_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace basin;
    const auto bank = tests::bank_of(read_cifar10, std::span(data, size));
    if (!bank || data[0] == 0x1f) return 0; // gzip
    tests::require(bank->values.shape(0) * 3073 == size);
    tests::require(bank->values(0, 3071) == static_cast<float>(data[3072]));
    return 0;
}
