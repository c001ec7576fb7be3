#include "harness/run/in_flight_table.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <sys/wait.h>
#include <unistd.h>

namespace basin {
namespace {

using Cells = std::vector<std::uint64_t>;

TEST(Flights, AreWhatHasBegunAndNotEnded) {
    Flights flights(2);
    EXPECT_TRUE(flights.cells().empty());
    auto first = std::make_unique<Flights::Flight>(flights, Cells{7, 8});
    const Flights::Flight second(flights, Cells{9});
    EXPECT_EQ(flights.cells(), (Cells{7, 8, 9}));
    first.reset();
    EXPECT_EQ(flights.cells(), Cells{9});
}

TEST(Flights, OutliveTheProcessThatBeganThem) {
    Flights flights(1);
    const pid_t child = ::fork();
    if (child == 0) {
        const Flights::Flight flight(flights, Cells{3, 1, 4});
        ::_exit(0); // as a crash: nothing is tidied up
    }
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(flights.cells(), (Cells{3, 1, 4}));
    flights.clear();
    EXPECT_TRUE(flights.cells().empty());
}

TEST(Flights, OneMoreThanThereIsRoomForIsNotNoted) {
    Flights flights(1);
    const Flights::Flight first(flights, Cells{1});
    const Flights::Flight second(flights, Cells{2});
    {
        const Flights::Flight third(flights, Cells{3});
        EXPECT_EQ(flights.cells(), (Cells{1, 2}));
    }
    EXPECT_EQ(flights.cells(), (Cells{1, 2}));
}

} // namespace
} // namespace basin
