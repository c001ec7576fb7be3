#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace basin {

/// A set of cells of a cube, one bit each; claims may come from any thread.
class CellSet {
public:
    explicit CellSet(std::uint64_t cell_count)
        : words_(std::make_unique<std::atomic<std::uint64_t>[]>(cell_count / 64 + 1)) {}

    /// Adds the cell; true if it was not in the set before.
    bool claim(std::uint64_t cell) {
        const std::uint64_t mask = std::uint64_t{1} << (cell % 64);
        return (words_[cell / 64].fetch_or(mask, std::memory_order_relaxed) & mask) == 0;
    }

private:
    std::unique_ptr<std::atomic<std::uint64_t>[]> words_;
};

} // namespace basin
