#include "results/files/sync_policy.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <system_error>

namespace basin {

using Seconds = std::chrono::duration<double>;

SyncPolicy parse_sync_policy(std::string_view text) {
    if (text == "each") return {.when = SyncPolicy::When::each};
    if (text == "none") return {.when = SyncPolicy::When::none};
    double seconds = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool number = error == std::errc{} && end == text.data() + text.size();
    if (!number || !(seconds >= 0.001 && seconds <= 3600.0)) // NaN as well
        throw std::invalid_argument(
            fmt::format("'{}' must be each, none, or seconds from 0.001 to 3600", text));
    return {.when = SyncPolicy::When::group,
            .interval = std::chrono::round<std::chrono::nanoseconds>(Seconds(seconds))};
}

std::string to_string(const SyncPolicy& policy) {
    switch (policy.when) {
    case SyncPolicy::When::each:
        return "each";
    case SyncPolicy::When::none:
        return "none";
    case SyncPolicy::When::group:
        break;
    }
    return fmt::format("{}", Seconds(policy.interval).count());
}

} // namespace basin
