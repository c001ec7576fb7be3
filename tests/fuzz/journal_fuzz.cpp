// The readers of journals on any bytes, as they come and with their checksums put right: a fuzzer
// cannot guess those. What a scan visits is read again by read_record, and written again it has the
// same bytes.

#include "results/files/bytes.hpp"
#include "results/journal/journal.hpp"
#include "results/journal/journal_format.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include "fuzz/memory_file.hpp"

namespace {

using namespace basin;
using tests::require;

/// Puts the checksum of every frame right that lies within the bytes.
void seal(std::span<std::uint8_t> bytes) {
    constexpr std::array<std::string_view, 2> magics{"BASINJ01", "RECR"};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const std::string_view magic : magics) {
            const auto frame = bytes.subspan(at);
            if (frame.size() < magic.size() + 8 ||
                !std::equal(magic.begin(), magic.end(), frame.begin(),
                            [](char a, std::uint8_t b) { return a == static_cast<char>(b); }))
                continue;
            std::uint32_t length = 0;
            std::memcpy(&length, frame.data() + magic.size(), sizeof length);
            if (length > frame.size() - magic.size() - 8) continue;
            const auto checked = frame.subspan(magic.size(), 4 + std::size_t{length});
            const auto sum = static_cast<std::uint32_t>(crc32_z(0, checked.data(), checked.size()));
            std::memcpy(checked.data() + checked.size(), &sum, sizeof sum);
        }
}

void check(std::span<const std::uint8_t> bytes) {
    const tests::MemoryFile file(bytes);
    std::vector<std::uint8_t> visited;
    std::vector<std::uint8_t> written;
    std::vector<std::uint8_t> again;
    std::uint64_t records = 0;
    try {
        const JournalScan scan =
            visit_records(file.path(), [&](const RecordView& record, std::uint64_t offset) {
                ++records;
                const RecordView viewed =
                    read_record(file.descriptor(), offset, again, file.path());
                require(viewed.key == record.key && viewed.cell == record.cell);
                std::uint32_t length = 0;
                std::memcpy(&length, bytes.data() + offset + 4, sizeof length);
                const auto frame = bytes.subspan(offset, 12 + std::size_t{length});
                visited.insert(visited.end(), frame.begin(), frame.end());
                Record copy;
                copy_record(viewed, copy);
                journal_format::put_record(written, copy);
            });
        require(scan.records == records);
        require(scan.damaged_bytes + visited.size() <= bytes.size());
        require(scan.end <= bytes.size());
    } catch (const StoreError&) {
    }
    require(written == visited);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::uint8_t> bytes(data, data + size);
    check(bytes);
    seal(bytes);
    check(bytes);
    return 0;
}
