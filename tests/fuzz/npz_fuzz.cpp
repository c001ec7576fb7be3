// read_npy on any bytes as an archive; and on an archive that is right, of one array of any bytes:
// it is read or refused as the array alone is.

#include "models/files/dataset_files.hpp"

#include "fuzz/bank_target.hpp"
#include "support/zip_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace basin;
    const std::span bytes(data, size);
    tests::bank_of(read_npy, bytes);
    if (size == 0) return 0;
    const unsigned how = data[0];
    const std::span array = bytes.subspan(1);
    const tests::ZipSource member{.name = "x.npy",
                                  .bytes = std::string(array.begin(), array.end()),
                                  .deflated = (how & 1U) != 0,
                                  .large = (how & 2U) != 0};
    const std::string archive =
        tests::zip_bytes({member}, std::string(how >> 3U, 'c'), (how & 4U) != 0);
    const auto packed = tests::bank_of(
        read_npy, {reinterpret_cast<const std::uint8_t*>(archive.data()), archive.size()});
    if (array.empty() || array[0] != 0x93) return 0; // gzip, or an archive in an archive
    const auto alone = tests::bank_of(read_npy, array);
    tests::require(packed.has_value() == alone.has_value());
    if (alone) tests::require(packed->digest == alone->digest);
    return 0;
}
