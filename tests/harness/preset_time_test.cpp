// The time that `basin plan` tells of a preset, against what it took.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <string>

#include "support/program.hpp"

namespace basin {
namespace {

struct Recorded {
    const char* preset;
    double seconds; ///< of user and system time, one thread
};

// All presets, on 2 cores, x86-64 with AVX-512, other processes beside it: `basin run PRESET
// --threads 1
// --sync none`, `basin capacity PRESET --threads 1` for the last two.
constexpr std::array recorded{
    Recorded{"quickstart", 6.15}, Recorded{"classical", 8.35}, Recorded{"precision", 3.26},
    Recorded{"regimes", 3.03},    Recorded{"images", 4.77},    Recorded{"errors", 5.67},
    Recorded{"stability", 16.48}, Recorded{"starts", 6.80},    Recorded{"similarities", 93.2},
    Recorded{"smoke", 0.41},      Recorded{"capacity", 9.35},  Recorded{"loads", 34.47}};

TEST(PresetTime, IsToldWithinAFactorOfTwo) {
    int compared = 0;
    for (const Recorded& one : recorded) {
        const auto planned = tests::run_program({"plan", one.preset, "--threads", "1", "--json"});
        // Two presets need images that are not everywhere.
        if (planned.exit == 2 && planned.err.find("/usr/share/datasets") != std::string::npos)
            continue;
        ASSERT_EQ(planned.exit, 0) << planned.err;
        const double told = nlohmann::json::parse(planned.out)["predicted_s"];
        ++compared;
        if (one.seconds < 1.0 && told < 1.0) continue; // most of it is the program's start
        EXPECT_GT(told, one.seconds / 2) << one.preset;
        EXPECT_LT(told, one.seconds * 2) << one.preset;
    }
    EXPECT_GE(compared, 10);
}

// All of the ladder would be 12 minutes; the search takes seconds.
TEST(PresetTime, ASearchIsNotTakenForItsWholeLadder) {
    const auto planned = tests::run_program({"plan", "capacity", "--threads", "1", "--json"});
    ASSERT_EQ(planned.exit, 0) << planned.err;
    const auto told = nlohmann::json::parse(planned.out);
    EXPECT_LT(told["search_points"].get<double>(), told["points"].get<double>() / 20);
    EXPECT_GT(told["search_points"].get<double>(), 200);
    EXPECT_LT(told["predicted_s"].get<double>(), 60);
}

} // namespace
} // namespace basin
