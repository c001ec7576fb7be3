#pragma once
// A stop that the user asked for, as long loops hear of it. Loops that plan, index, read or write
// call heed_stop(); what computes outcomes is left off by its caller
// (models/base/cancellation.hpp).

#include <atomic>
#include <stdexcept>

namespace basin {

/// Thrown where a loop was left off because the user asked for a stop.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error("stopped") {}
};

/// The state of a stop. A signal handler writes it.
struct StopState {
    std::atomic<bool> requested{false};
    std::atomic<bool> overdue{false};   ///< requested so long ago that the process must end now
    std::atomic<bool> finishing{false}; ///< what is going on ends the run: it has until overdue
};
static_assert(std::atomic<bool>::is_always_lock_free, "touched by a signal handler");

inline StopState stop_state;

/// Throws Cancelled if the user asked for a stop. Costs two loads; call it at least once every
/// 100 ms or so.
inline void heed_stop() {
    if (!stop_state.requested) return;
    if (stop_state.finishing && !stop_state.overdue) return;
    throw Cancelled();
}

/// While one lives, a requested stop does not end what is going on before it is overdue.
class FinishAfterStop {
public:
    FinishAfterStop() { stop_state.finishing = true; }
    ~FinishAfterStop() { stop_state.finishing = false; }
    FinishAfterStop(const FinishAfterStop&) = delete;
    FinishAfterStop& operator=(const FinishAfterStop&) = delete;
};

} // namespace basin
