#pragma once

#include <atomic>

namespace basin {

/// Turns the first SIGINT or SIGTERM into a request to stop; a second one ends the process at once
/// (what was written stays). Handlers are put back when the guard goes.
class StopOnSignal {
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    static const std::atomic<bool>& requested();
};

} // namespace basin
