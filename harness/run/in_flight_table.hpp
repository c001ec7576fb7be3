#pragma once
// Which points are being computed, in memory that outlives the process that computes them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// Shared between a process and those it forks. Costs a few stores per batch.
class Flights {
public:
    explicit Flights(int threads); ///< throws std::bad_alloc
    ~Flights();
    Flights(const Flights&) = delete;
    Flights& operator=(const Flights&) = delete;

    /// Its cells, no more than a batch has, are in flight while it lives. There is room for two
    /// batches a thread, which is more than OpenMP's scheduling makes; one beyond is not noted.
    class Flight {
    public:
        Flight(Flights& flights, std::span<const std::uint64_t> cells);
        ~Flight();
        Flight(const Flight&) = delete;
        Flight& operator=(const Flight&) = delete;

    private:
        std::uint64_t* slot_;
    };

    /// What is in flight now, or was when the process ended.
    std::vector<std::uint64_t> cells() const;

    void clear();

private:
    // A slot is a count, then that many cells. It is free while the count is 0.
    std::uint64_t* slot(std::size_t index) const { return memory_ + index * slot_size; }
    static const std::size_t slot_size;

    std::size_t slots_;
    std::uint64_t* memory_;
};

} // namespace basin
