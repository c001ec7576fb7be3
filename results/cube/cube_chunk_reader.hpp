#pragma once
// What the journals say about one block of cells, as columns.

#include "results/cube/cube_layout.hpp"
#include "results/store/record_reader.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/applicability.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
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

/// Reads blocks. Holds one bit per cell of the plan, and a few records. Not thread-safe.
class BlockReader {
public:
    BlockReader(const Plan& plan, const CubeLayout& layout, const Inventory& inventory);

    /// Fills `values`, whose memory is used again. Throws StoreError.
    void read(const Block& block, BlockValues& values);

private:
    /// Records whose values are put into the columns at one go: a cache line of doubles.
    static constexpr std::size_t together = 8;

    void mark_without_records(std::uint64_t first_cell, BlockValues& values) const;
    void read_records(std::span<const RecordPlace> places, std::uint64_t first_cell,
                      BlockValues& values);
    Status without_record(std::uint64_t cell) const;

    const Plan& plan_;
    std::uint64_t replicates_;
    const Inventory& inventory_;
    Applicability applicability_;
    std::vector<bool> planned_; ///< [cell]
    RecordReader reader_;
    std::array<std::vector<std::uint8_t>, together> bytes_; ///< of the records at hand
};

} // namespace basin
