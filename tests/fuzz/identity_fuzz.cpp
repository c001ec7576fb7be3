// read_identity on any bytes as store.json: StoreError, or the same identity from the same bytes.

#include "results/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/memory_file.hpp"
#include "support/temp_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace basin;
    static const tests::TempFolder folder;
    folder.write("store.json", std::string(data, data + size));
    try {
        const StoreIdentity first = read_identity(folder.path());
        const StoreIdentity again = read_identity(folder.path());
        tests::require(first.sweep_name == again.sweep_name && first.seed == again.seed);
        tests::require(first.overrides == again.overrides);
    } catch (const StoreError& error) {
        tests::require(error.kind != StoreError::Kind::io); // the file is there
    }
    return 0;
}
