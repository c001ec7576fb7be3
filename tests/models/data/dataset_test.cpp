#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace basin {
namespace {

using Values = xt::xtensor<float, 2>;
constexpr ValueRange unit{0.0, 1.0};

TEST(BankDigest, DependsOnShapeValuesOrderAndRange) {
    const Values values{{1, 2, 3}, {4, 5, 6}};

    EXPECT_EQ(bank_digest(values, unit), bank_digest(Values{{1, 2, 3}, {4, 5, 6}}, unit));
    EXPECT_NE(bank_digest(values, unit), bank_digest(Values{{1, 2}, {3, 4}, {5, 6}}, unit));
    EXPECT_NE(bank_digest(values, unit), bank_digest(Values{{4, 5, 6}, {1, 2, 3}}, unit));
    EXPECT_NE(bank_digest(values, unit), bank_digest(Values{{1, 2, 3}, {4, 5, 7}}, unit));
    EXPECT_NE(bank_digest(values, unit), bank_digest(values, {0.0, 6.0}));
    EXPECT_EQ(bank_digest(values, unit), bank_digest(values, {-0.0, 1.0}));
}

TEST(BankDigest, IsStable) {
    // Made by this function once: provenance in result files would not match if it changed.
    EXPECT_EQ(to_string(bank_digest(Values{{1, 2, 3}, {4, 5, 6}}, unit)),
              "f27f10d129f40cc893ec5c7ae09a6ff3");
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

TEST(MakeBank, WithoutADeclarationTheRangeIsThatOfAllValues) {
    const PatternBank bank = make_bank({{1, -3}, {0.5, 2}}, "floats");
    EXPECT_EQ(bank.range, (ValueRange{-3.0, 2.0}));
    EXPECT_EQ(bank.extent, bank.range);
    EXPECT_EQ(bank.basis, RangeBasis::whole_file);

    const PatternBank flat = make_bank({{2, 2}}, "constant");
    EXPECT_EQ(flat.extent, (ValueRange{2.0, 2.0}));
    EXPECT_EQ(flat.range, (ValueRange{2.0, 3.0}));
    EXPECT_THROW(make_bank(Values::from_shape({0, 3}), "empty"), InputError);
}

TEST(MakeBank, KeepsADeclaredRangeBesideTheExtent) {
    const PatternBank bank =
        make_bank({{0.25, 0.5}}, "floats", {}, DeclaredRange{{-1.0, 1.0}, RangeBasis::attributes});
    EXPECT_EQ(bank.range, (ValueRange{-1.0, 1.0}));
    EXPECT_EQ(bank.extent, (ValueRange{0.25, 0.5}));
    EXPECT_EQ(bank.basis, RangeBasis::attributes);
    EXPECT_NE(bank.digest, make_bank({{0.25, 0.5}}, "floats").digest);
}

TEST(GiveRange, KeepsTheDigestAndNamesTheValueThatIsOutside) {
    PatternBank bank = make_bank({{0.1F, 0.3F}, {0.2F, 0.7F}}, "floats");
    const Key digest = bank.digest;
    give_range(bank, {0.1, 0.7}); // in float32 0.1 and 0.7 are other numbers
    give_range(bank, {-1.0, 1.0});
    EXPECT_EQ(bank.range, (ValueRange{-1.0, 1.0}));
    EXPECT_EQ(bank.basis, RangeBasis::given);
    EXPECT_EQ(bank.digest, digest);
    EXPECT_EQ(bank.extent.low, double{0.1F});

    const auto message = [&](const ValueRange& range) -> std::string {
        try {
            give_range(bank, range);
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_THAT(message({0.0, 0.5}),
                testing::AllOf(testing::StartsWith("floats: value 1 of pattern 1 (both counted "
                                                   "from 0) is 0.7, "),
                               testing::HasSubstr("outside of value_range = \"0 to 0.5\"")));
    EXPECT_THAT(message({0.2, 1.0}), testing::HasSubstr("value 0 of pattern 0"));
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
