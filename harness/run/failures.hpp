#pragma once
// Points that came to no result, by class.

#include "results/store/store.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace basin {

inline constexpr std::array failure_classes{Status::failed, Status::timed_out, Status::crashed};

/// A set of statuses.
class StatusSet {
public:
    void add(Status status) { bits_ |= 1U << static_cast<unsigned>(status); }
    bool has(Status status) const { return (bits_ >> static_cast<unsigned>(status) & 1U) != 0; }

private:
    std::uint32_t bits_ = 0;
};

/// What is there and is computed again all the same.
struct Retry {
    StatusSet failures;   ///< points of these classes
    bool lacking = false; ///< results that lack metrics: computed before those were there
    bool has(const RecordPlace& place) const;
};

/// A comma-separated list of failure classes and `lacking`; `all` is every class of failures.
/// Throws UsageError that names the known ones.
Retry parse_retry(const std::string& list);

/// Counts by status.
class StatusCounts {
public:
    std::uint64_t& operator[](Status status) { return counts_[static_cast<std::size_t>(status)]; }
    std::uint64_t operator[](Status status) const {
        return counts_[static_cast<std::size_t>(status)];
    }
    std::uint64_t failures() const;
    StatusCounts& operator+=(const StatusCounts& other);

private:
    std::array<std::uint64_t, status_names.size()> counts_{};
};

/// "3 (2 failed, 1 timed_out)"; "0" if there are none.
std::string failures_text(const StatusCounts& counts);

} // namespace basin
