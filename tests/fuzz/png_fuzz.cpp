// read_image_folder on a folder with one image of any bytes; and on those bytes with checksums that
// fit, or hardly anything would get past them.

#include "models/files/image_folder.hpp"

#include <zlib.h>

#include <cstddef>
#include <vector>

#include "fuzz/bank_target.hpp"
#include "support/temp_folder.hpp"

namespace {

using namespace basin;

PatternBank read_alone(const std::string& path) {
    const tests::TempFolder folder;
    std::filesystem::create_symlink(path, folder / "a.png");
    return read_image_folder(folder.path().string());
}

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t place) {
    std::uint32_t number = 0;
    for (const std::uint8_t byte : bytes.subspan(place, 4))
        number = (number << 8U) | byte;
    return number;
}

/// A chunk is a length, a type, so many bytes, and the checksum of type and bytes.
std::vector<std::uint8_t> with_checksums(std::span<const std::uint8_t> bytes) {
    std::vector<std::uint8_t> fit(bytes.begin(), bytes.end());
    for (std::size_t chunk = 8; chunk + 12 <= fit.size();) {
        const std::size_t length = number_at(fit, chunk);
        if (length > fit.size() - chunk - 12) break;
        const auto sum = static_cast<std::uint32_t>(
            crc32(0, fit.data() + chunk + 4, static_cast<unsigned>(length + 4)));
        for (unsigned b = 0; b < 4; ++b)
            fit[chunk + 8 + length + b] = static_cast<std::uint8_t>(sum >> (24 - 8 * b));
        chunk += 12 + length;
    }
    return fit;
}

void check(std::span<const std::uint8_t> bytes) {
    const auto bank = tests::bank_of(read_alone, bytes);
    if (!bank) return;
    tests::require(bank->values.shape(0) == 1);
    tests::require(bank->image.channels == 1 || bank->image.channels == 3);
    tests::require(bank->image.width == number_at(bytes, 16));
    tests::require(bank->image.height == number_at(bytes, 20));
    tests::require(bank->values.shape(1) == bank->image.channels * bank->image.pixels());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(std::span(data, size));
    check(with_checksums(std::span(data, size)));
    return 0;
}
