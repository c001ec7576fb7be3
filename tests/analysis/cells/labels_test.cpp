#include "analysis/cells/labels.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace basin {
namespace {

TEST(NumberText, WritesThousandsOut) {
    EXPECT_EQ(number_text(161'947.0, 4), "161,900");
    EXPECT_EQ(number_text(1525.3, 4), "1,525");
    EXPECT_EQ(number_text(-2500.0), "-2,500");
    EXPECT_EQ(number_text(999.6), "1,000");
    EXPECT_EQ(number_text(220.0, 2), "220");
}

TEST(NumberText, KeepsPowersOfTenForWhatIsVeryLargeOrSmall) {
    EXPECT_EQ(number_text(2.5e9), "2.5e+09");
    EXPECT_EQ(number_text(0.0000965), "9.65e-05");
    EXPECT_EQ(number_text(0.25), "0.25");
    EXPECT_EQ(number_text(std::nan("")), "–");
}

} // namespace
} // namespace basin
