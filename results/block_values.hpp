#pragma once
// What the journals say about one block of cells, as columns.

#include "results/cube_layout.hpp"
#include "results/file.hpp"
#include "results/store.hpp"
#include "sweeps/applicability.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace basin {

/// Columns over the cells of a block, replicate fastest; NaN where nothing was measured.
struct BlockValues {
    std::vector<std::uint8_t> status; ///< Status
    std::vector<Flags> flags;
    std::vector<std::vector<double>> metrics; ///< [metric][cell]
    std::vector<double> elapsed_s;
    bool recorded = false; ///< some cell has a record
};

/// Reads blocks. Holds one bit per cell of the plan, and no record.
class BlockReader {
public:
    BlockReader(const Plan& plan, const CubeLayout& layout, const Inventory& inventory);

    /// Fills `values`, whose memory is used again. Throws StoreError.
    void read(const Block& block, BlockValues& values) const;

private:
    void mark_without_records(std::uint64_t first_cell, BlockValues& values) const;
    void read_records(std::span<const RecordPlace> places, std::uint64_t first_cell,
                      BlockValues& values) const;
    std::span<const std::uint8_t> journal(std::uint32_t index) const;
    Status without_record(std::uint64_t cell) const;

    const Plan& plan_;
    std::uint64_t replicates_;
    const Inventory& inventory_;
    Applicability applicability_;
    std::vector<bool> planned_; ///< [cell]
    void forget_after(std::size_t records) const;

    mutable std::vector<std::unique_ptr<MappedFile>> journals_; ///< mapped when first needed
    mutable std::size_t read_since_ = 0; ///< records since the mapped files' memory was let go
};

} // namespace basin
