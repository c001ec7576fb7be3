#include "models/base/key.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

TEST(KeyOf, IsXxh3OfTheText) {
    // XXH3-128 of nothing, seed 0: the value published with xxHash 0.8.
    EXPECT_EQ(to_string(key_of("")), "99aa06d3014798d86001c324468d497f");
    EXPECT_NE(key_of("beta=1"), key_of("beta=2"));
}

TEST(KeyToString, KeepsLeadingZeros) {
    EXPECT_EQ(to_string(Key{.high = 1, .low = 0xab}), "000000000000000100000000000000ab");
}

} // namespace
} // namespace basin
