#include "sweeps/parameters/diagnostics.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

TEST(Diagnostics, ShowThePlaceAsCompilersDo) {
    EXPECT_EQ(to_string(Diagnostic{{"a.toml", 3, 7}, "no"}), "a.toml:3:7: error: no");
}

TEST(Diagnostics, LeaveOutAnUnknownLine) {
    EXPECT_EQ(to_string(Diagnostic{{"--set", 0, 0}, "no"}), "--set: error: no");
}

TEST(Diagnostics, ErrorShowsEveryLineInOrder) {
    const ConfigError error({{{"a", 1, 1}, "first"}, {{"a", 2, 1}, "second"}});

    EXPECT_STREQ(error.what(), "a:1:1: error: first\na:2:1: error: second");
    EXPECT_EQ(error.diagnostics.size(), 2U);
}

TEST(NearestName, FindsTypingErrors) {
    EXPECT_EQ(nearest_name("betta", {"bias", "beta", "beta_scale"}), "beta");
    EXPECT_EQ(nearest_name("cosin", {"dot", "cosine"}), "cosine");
    EXPECT_EQ(nearest_name("dto", {"dot", "cosine"}), "dot");
}

TEST(NearestName, DoesNotGuessFromAfar) {
    EXPECT_EQ(nearest_name("temperature", {"beta", "leak", "tie"}), "");
    EXPECT_EQ(nearest_name("x", {"beta"}), "");
    EXPECT_EQ(nearest_name("x", {}), "");
}

} // namespace
} // namespace basin
