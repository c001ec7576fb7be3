#pragma once

#include "models/scene/outcome.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>

namespace basin::tests {

/// Equal to the bit, NaN included.
inline void expect_equal(const Outcome& a, const Outcome& b, const std::string& which) {
    EXPECT_EQ(a.status, b.status) << which;
    EXPECT_EQ(a.flags, b.flags) << which;
    EXPECT_EQ(a.message, b.message) << which;
    EXPECT_TRUE(std::ranges::equal(a.values, b.values, {}, std::bit_cast<std::uint64_t, double>,
                                   std::bit_cast<std::uint64_t, double>))
        << which;
}

} // namespace basin::tests
