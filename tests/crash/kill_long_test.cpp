// Three hundred kills of a run under load.

#include <iostream>

#include "crash/kills.hpp"

namespace basin::tests {
namespace {

void tell(const Kills& kills) {
    std::cout << kills.hit << " kills, " << kills.finished << " runs ended before, "
              << kills.records << " records, " << kills.twice << " of points already there\n";
}

TEST_F(Kill, ThreeHundredKillsOfTheGroupLoseNothing) {
    const Kills kills = kill_runs(300, Victim::group, 10);
    tell(kills);
    EXPECT_EQ(kills.hit, 300U);
    EXPECT_EQ(kills.twice, 0U); // what was written is not computed again
}

/// What the killed process has launched may go on beside the next run: work may double, with equal
/// bits.
TEST_F(Kill, KillsOfTheLaunchedProcessAloneLoseNothing) {
    const Kills kills = kill_runs(40, Victim::launched, 10);
    tell(kills);
    EXPECT_EQ(kills.hit, 40U);
}

} // namespace
} // namespace basin::tests
