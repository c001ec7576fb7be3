#pragma once
// When what a run has appended is made safe against the death of the machine.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace basin {

struct SyncPolicy {
    enum class When : std::uint8_t {
        each,  ///< before an append returns
        group, ///< together with what follows within `interval`
        none,  ///< when the operating system likes, some 30 s on Linux
    };
    When when = When::group;
    std::chrono::nanoseconds interval = std::chrono::seconds(1); ///< group only: > 0
    bool operator==(const SyncPolicy&) const = default;
};

/// The policy that "each", "none" or a number of seconds from 0.001 to 3600 ("0.5") names.
/// Throws std::invalid_argument with what is allowed.
SyncPolicy parse_sync_policy(std::string_view text);

/// The text that parse_sync_policy takes for it.
std::string to_string(const SyncPolicy& policy);

} // namespace basin
