#include "harness/run/thread_state.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace basin {
namespace {

using Clock = WorkClock::Clock;

double seconds(Clock::duration time) {
    return std::chrono::duration<double>(time).count();
}

TEST(WorkClock, WorkWithinWorkCountsOnceAndIdleTimeNotAtAll) {
    constexpr std::chrono::milliseconds moment{5};
    WorkClock clock;
    const auto start = Clock::now();
    {
        const WorkClock::AtWork outer(clock);
        {
            const WorkClock::AtWork inner(clock);
            std::this_thread::sleep_for(moment);
        }
        std::this_thread::sleep_for(moment);
    }
    const double worked_s = seconds(Clock::now() - start);
    std::this_thread::sleep_for(moment);
    const auto end = Clock::now();

    EXPECT_GE(clock.busy_s(), 2 * seconds(moment));
    EXPECT_LE(clock.busy_s(), worked_s);
    EXPECT_GE(clock.idle_at_end_s(start, end), seconds(moment));
    EXPECT_LE(clock.idle_at_end_s(start, end), seconds(end - start) - clock.busy_s());
}

TEST(WorkClock, WithoutWorkAllTimeIsIdle) {
    const auto start = Clock::now();
    const auto end = start + std::chrono::seconds(3);
    EXPECT_EQ(WorkClock().busy_s(), 0.0);
    EXPECT_EQ(WorkClock().idle_at_end_s(start, end), 3.0);
}

} // namespace
} // namespace basin
