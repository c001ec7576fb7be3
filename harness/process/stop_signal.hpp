#pragma once

#include <atomic>

namespace basin {

/// Turns the first SIGINT or SIGTERM into a request to stop, which loops heed
/// (models/base/stop_request.hpp). A process that has not come to its end within a second is ended
/// with Exit::stopped, wherever it is: what it wrote stays. A second signal ends it at once.
/// Handlers are put back when the guard goes.
class StopOnSignal {
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    static const std::atomic<bool>& requested();
};

/// Installs the handlers again, in a process that was forked by one with others.
void handle_stop_signals_here();

} // namespace basin
