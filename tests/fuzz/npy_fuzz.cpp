// read_npy on any bytes, and parse_npy_header on the same as text. An accepted plain file has the
// lengths that its header announces.

#include "models/files/dataset_files.hpp"
#include "models/files/npy_header.hpp"

#include <cstddef>
#include <string_view>

#include "fuzz/bank_target.hpp"

namespace {

void check_header(std::string_view text) {
    try {
        basin::tests::require(basin::parse_npy_header(text).element != nullptr);
    } catch (const basin::InputError&) {
        return; // refused, as it may be
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace basin;
    const std::span bytes(data, size);
    const std::string text(bytes.begin(), bytes.end());
    check_header(text);
    const auto bank = tests::bank_of(read_npy, bytes);
    if (!bank || data[0] != 0x93) return 0; // gzip begins with 1f
    const std::size_t begin = bytes[6] == 1 ? 10 : 12;
    std::size_t length = 0;
    for (std::size_t b = begin; b > 8; --b)
        length = (length << 8U) | bytes[b - 1];
    const NpyHeader header = parse_npy_header(std::string_view(text).substr(begin, length));
    std::uint64_t total = 1;
    for (const std::uint64_t axis : header.shape)
        total *= axis;
    tests::require(bank->values.shape(0) == header.shape.front());
    tests::require(bank->values.size() == total);
    return 0;
}
