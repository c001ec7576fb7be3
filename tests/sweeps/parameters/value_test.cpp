#include "sweeps/parameters/value.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>

namespace basin {
namespace {

TEST(Value, TextsAreShortest) {
    EXPECT_EQ(canonical_text(Value(0.1)), "0.1");
    EXPECT_EQ(canonical_text(Value(1.0)), "1");
    EXPECT_EQ(canonical_text(Value(1e-5)), "1e-05");
    EXPECT_EQ(canonical_text(Value(std::int64_t{-784})), "-784");
    EXPECT_EQ(canonical_text(Value(std::string("dot"))), "dot");
}

TEST(Value, EqualValuesHaveEqualTexts) {
    EXPECT_EQ(canonical_text(Value(-0.0)), canonical_text(Value(0.0)));
}

TEST(Value, NumbersAreNumbersAndTextsAreNot) {
    EXPECT_EQ(number_of(Value(std::int64_t{3})), 3.0);
    EXPECT_EQ(number_of(Value(0.5)), 0.5);
    EXPECT_THROW(number_of(Value(std::string("3"))), std::bad_variant_access);
}

RC_GTEST_PROP(Value, RealsReadBackToTheSameBits, (std::uint64_t bits)) {
    const auto number = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(number) && number != 0.0);

    const std::string text = canonical_text(Value(number));

    RC_ASSERT(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)) == bits);
}

} // namespace
} // namespace basin
