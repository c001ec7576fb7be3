#include "harness/run/in_flight_table.hpp"

#include "sweeps/estimate/memory_estimate.hpp"

#include <algorithm>
#include <atomic>
#include <new>
#include <stdexcept>
#include <sys/mman.h>

namespace basin {

namespace {

/// The count of a slot that is being filled.
constexpr std::uint64_t taken = ~std::uint64_t{0};

} // namespace

const std::size_t Flights::slot_size = most_batch + 1;

Flights::Flights(int threads) : slots_(2 * static_cast<std::size_t>(threads)) {
    void* memory = ::mmap(nullptr, slots_ * slot_size * sizeof(std::uint64_t),
                          PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    memory_ = static_cast<std::uint64_t*>(memory); // zeros: all slots are free
}

Flights::~Flights() {
    ::munmap(memory_, slots_ * slot_size * sizeof(std::uint64_t));
}

Flights::Flight::Flight(Flights& flights, std::span<const std::uint64_t> cells) : slot_(nullptr) {
    if (cells.size() >= slot_size) throw std::logic_error("more points in flight than a batch has");
    for (std::size_t i = 0; i < flights.slots_ && slot_ == nullptr; ++i) {
        std::uint64_t free = 0;
        if (std::atomic_ref(*flights.slot(i)).compare_exchange_strong(free, taken))
            slot_ = flights.slot(i);
    }
    if (slot_ == nullptr) return;
    std::ranges::copy(cells, slot_ + 1);
    std::atomic_ref(*slot_).store(cells.size());
}

Flights::Flight::~Flight() {
    if (slot_ != nullptr) std::atomic_ref(*slot_).store(0);
}

std::vector<std::uint64_t> Flights::cells() const {
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < slots_; ++i)
        if (*slot(i) != taken) all.insert(all.end(), slot(i) + 1, slot(i) + 1 + *slot(i));
    return all;
}

void Flights::clear() {
    for (std::size_t i = 0; i < slots_; ++i)
        *slot(i) = 0;
}

} // namespace basin
