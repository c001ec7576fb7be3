#pragma once
// Records of an inventory, one after the other, without opening a journal for each.

#include "results/files/file.hpp"
#include "results/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace basin {

/// Reads records in any order. Not thread-safe; the inventory must outlive it.
class RecordReader {
public:
    explicit RecordReader(const Inventory& inventory)
        : inventory_(inventory), files_(inventory.journals.size()) {}

    /// As read_record(inventory, place) does. Throws StoreError.
    Record read(const RecordPlace& place);

    /// The record as its journal has it. It lies in `bytes`, whose memory is used again, and is
    /// valid as long as they are. Throws StoreError.
    RecordView view(const RecordPlace& place, std::vector<std::uint8_t>& bytes);

private:
    const Inventory& inventory_;
    std::vector<std::unique_ptr<OpenFile>> files_; ///< [journal]; null if not open
    std::size_t open_ = 0;
    std::vector<std::uint8_t> bytes_; ///< of read(), kept for its memory
};

} // namespace basin
