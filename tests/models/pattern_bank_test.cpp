#include "models/errors.hpp"
#include "models/pattern_bank.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace basin {
namespace {

using Values = xt::xtensor<float, 2>;

TEST(BankDigest, DependsOnShapeValuesAndOrder) {
    const Values values{{1, 2, 3}, {4, 5, 6}};

    EXPECT_EQ(bank_digest(values), bank_digest(Values{{1, 2, 3}, {4, 5, 6}}));
    EXPECT_NE(bank_digest(values), bank_digest(Values{{1, 2}, {3, 4}, {5, 6}}));
    EXPECT_NE(bank_digest(values), bank_digest(Values{{4, 5, 6}, {1, 2, 3}}));
    EXPECT_NE(bank_digest(values), bank_digest(Values{{1, 2, 3}, {4, 5, 7}}));
}

TEST(BankDigest, IsStable) {
    // Made by this function once: provenance in result files would not match if it changed.
    EXPECT_EQ(to_string(bank_digest(Values{{1, 2, 3}, {4, 5, 6}})),
              "cc47f206e910fa53e95fc7af8304de4c");
}

TEST(MakeBank, NamesTheValueThatIsNotFinite) {
    const float infinity = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto message = [](const Values& values) -> std::string {
        try {
            make_bank(values, "faces");
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    };

    EXPECT_THAT(message({{1, 2, 3}, {4, nan, 6}}),
                testing::StartsWith("faces: value 1 of pattern 1 (both counted from 0) is nan"));
    EXPECT_THAT(message({{1, 2, -infinity}}), testing::HasSubstr("value 2 of pattern 0"));
    EXPECT_EQ(message({{1, 2, 3}}), "accepted");
}

TEST(Pack, TakesPositiveValuesAsPlusOne) {
    const xt::xtensor<std::int8_t, 2> values{{1, -1, 5}, {0, -128, 127}};

    const BitMatrix patterns = pack(values);

    EXPECT_EQ(patterns.words, (std::vector<Word>{0b101, 0b100}));
}

TEST(Pack, UndoesUnpack) {
    for (const std::size_t columns : {1U, 64U, 65U}) {
        BitMatrix patterns(3, columns);
        for (std::size_t i = 0; i < columns; ++i)
            set_bit(patterns.row(i % 3), i, true);

        const auto values = unpack(patterns);

        EXPECT_EQ(values(0, 0), 1);
        EXPECT_EQ(values(1, 0), -1);
        EXPECT_EQ(pack(values), patterns);
    }
}

} // namespace
} // namespace basin
