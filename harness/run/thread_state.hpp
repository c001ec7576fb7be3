#pragma once
// What each thread of the runner has for itself.

#include "models/bipolar/shared/setting_group.hpp"

#include <algorithm>
#include <chrono>

namespace basin {

/// How long a thread has been at work, and when it last was.
class WorkClock {
public:
    using Clock = std::chrono::steady_clock;

    /// While one lives, its thread is at work. Work within work counts once.
    class AtWork {
    public:
        explicit AtWork(WorkClock& clock) : clock_(clock) {
            if (clock_.depth_++ == 0) clock_.since_ = Clock::now();
        }
        ~AtWork() {
            if (--clock_.depth_ > 0) return;
            clock_.last_ = Clock::now();
            clock_.busy_ += clock_.last_ - clock_.since_;
        }
        AtWork(const AtWork&) = delete;
        AtWork& operator=(const AtWork&) = delete;

    private:
        WorkClock& clock_;
    };

    static double seconds_since(Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    }

    double busy_s() const { return std::chrono::duration<double>(busy_).count(); }

    /// Seconds from the end of the last work, or from `start` if there was none, to `end`.
    double idle_at_end_s(Clock::time_point start, Clock::time_point end) const {
        return std::chrono::duration<double>(end - std::max(start, last_)).count();
    }

private:
    int depth_ = 0;
    Clock::time_point since_;
    Clock::time_point last_;
    Clock::duration busy_{};
};

/// On cache lines of its own: threads write to theirs all the time.
struct alignas(128) Worker {
    GroupCache groups;
    WorkClock clock;
};

} // namespace basin
