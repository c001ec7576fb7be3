// What idx and npy files hold. Values are compared exactly: a reader rounds to float32 once, as
// static_cast does here.

#include "models/files/dataset_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <limits>

#include "support/dataset_bytes.hpp"

namespace basin {
namespace {

using namespace tests; // NOLINT: every helper of dataset_bytes.hpp
using testing::HasSubstr;

// All element types -------------------------------------------------------------------------------

template <class NumberType, char idx, char npy_letter>
struct Element {
    using Number = NumberType;
    static constexpr char idx_code = idx; // 0: not an idx type
    static std::string npy_code() { return fmt::format("{}{}", npy_letter, sizeof(Number)); }

    static std::vector<Number> numbers() {
        using Limits = std::numeric_limits<Number>;
        if constexpr (Limits::is_integer)
            return {Limits::min(), Limits::max(), 0, 1, 2, static_cast<Number>(-1)};
        else
            return {-0.5, 1e-30F, std::numeric_limits<float>::max(), 0, Number(1) / 3, -7};
    }

    static std::vector<float> expected() {
        std::vector<float> values;
        for (const Number number : numbers())
            values.push_back(static_cast<float>(number));
        return values;
    }
};

using Elements = testing::Types<Element<std::uint8_t, 0x08, 'u'>, Element<std::int8_t, 0x09, 'i'>,
                                Element<std::uint16_t, 0, 'u'>, Element<std::int16_t, 0x0B, 'i'>,
                                Element<std::uint32_t, 0, 'u'>, Element<std::int32_t, 0x0C, 'i'>,
                                Element<std::uint64_t, 0, 'u'>, Element<std::int64_t, 0, 'i'>,
                                Element<float, 0x0D, 'f'>, Element<double, 0x0E, 'f'>>;

template <class Type>
class BankFilesOf : public BankFiles {};
TYPED_TEST_SUITE(BankFilesOf, Elements);

TYPED_TEST(BankFilesOf, IdxGivesBackItsValuesGzipOrPlain) {
    if (TypeParam::idx_code == 0) {
        EXPECT_THAT(this->idx_refusal(idx_header(0x0A, {1})), HasSubstr("not an idx file"));
        return;
    }
    const std::string bytes =
        idx_header(TypeParam::idx_code, {3, 2}) + bytes_of(TypeParam::numbers(), big_endian);

    for (const std::string& content : {bytes, gzipped(bytes)}) {
        const PatternBank bank = read_idx(this->write(content));

        EXPECT_EQ(bank.values.shape(0), 3U);
        EXPECT_EQ(bank.values.shape(1), 2U);
        EXPECT_EQ(flat(bank), TypeParam::expected());
    }
}

TYPED_TEST(BankFilesOf, NpyGivesBackItsValuesInBothByteOrders) {
    for (const bool big : {false, true}) {
        const std::string header = npy_header((big ? ">" : "<") + TypeParam::npy_code(), "(2, 3)");
        const std::string bytes = header + bytes_of(TypeParam::numbers(), big);

        for (const std::string& content : {bytes, gzipped(bytes)}) {
            const PatternBank bank = read_npy(this->write(content));

            EXPECT_EQ(bank.values.shape(0), 2U);
            EXPECT_EQ(bank.values.shape(1), 3U);
            EXPECT_EQ(flat(bank), TypeParam::expected());
        }
    }
}

TYPED_TEST(BankFilesOf, KeepsNumbersThatFloat32DoesNotHold) {
    if (TypeParam::idx_code == 0) return;
    const auto numbers = TypeParam::numbers();
    const PatternBank bank = read_idx(
        this->write(idx_header(TypeParam::idx_code, {3, 2}) + bytes_of(numbers, big_endian)));
    const bool fits = std::ranges::all_of(numbers, [](auto number) {
        return static_cast<double>(static_cast<float>(number)) == static_cast<double>(number);
    });
    EXPECT_EQ(bank.is_rounded(), !fits);
    for (std::size_t i = 0; i < bank.doubles.size(); ++i)
        EXPECT_EQ(bank.doubles(i / 2, i % 2), static_cast<double>(numbers[i]));
}

TEST_F(BankFiles, NpyBoolIsZeroOrOne) {
    const std::string bytes = npy_header("|b1", "(1, 3)") + std::string{'\1', '\0', '\1'};

    EXPECT_EQ(flat(read_npy(write(bytes))), (std::vector<float>{1, 0, 1}));
}

TEST_F(BankFiles, NpyFloat16FollowsIeee754) {
    const std::vector<std::uint16_t> bits{0x0000, 0x8000, 0x3C00, 0xC000, 0x7BFF,
                                          0x0400, 0x0001, 0x03FF, 0x3555};
    const std::vector<float> expected{0,        -0.0F,        1,          -2, 65504, 0x1p-14F,
                                      0x1p-24F, 0x1.ff8p-15F, 0x1.554p-2F};
    const std::string bytes = npy_header("<f2", "(1, 9)") + bytes_of(bits, little_endian);

    EXPECT_EQ(flat(read_npy(write(bytes))), expected);
}

TEST_F(BankFiles, NpyFloat16HasItsNeighboursInOrder) {
    // All finite positive halves in one pattern: each must exceed the one before.
    std::vector<std::uint16_t> bits(0x7C00);
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] = static_cast<std::uint16_t>(i);
    const std::string bytes = npy_header("<f2", "(1, 31744)") + bytes_of(bits, little_endian);

    const std::vector<float> values = flat(read_npy(write(bytes)));

    EXPECT_EQ(std::ranges::adjacent_find(values, std::greater_equal<>{}), values.end());
}

TEST_F(BankFiles, BytesAndTruthValuesDeclareTheirRange) {
    const auto range_of = [&](const std::string& descr, const std::string& bytes) {
        const PatternBank bank = read_npy(write(npy_header(descr, "(1, 4)") + bytes));
        return std::pair(bank.range, bank.basis);
    };
    const std::string four("\1\0\1\1", 4);
    EXPECT_EQ(range_of("|b1", four), std::pair((ValueRange{0, 1}), RangeBasis::element_type));
    EXPECT_EQ(range_of("|u1", four), std::pair((ValueRange{0, 255}), RangeBasis::element_type));
    EXPECT_EQ(range_of("|i1", four), std::pair((ValueRange{0, 1}), RangeBasis::whole_file));
    EXPECT_EQ(range_of("<u2", four + four),
              std::pair((ValueRange{1, 257}), RangeBasis::whole_file));
    EXPECT_EQ(read_idx(write(idx_header(0x08, {1, 4}) + four)).range, (ValueRange{0, 255}));
}

// Shapes ------------------------------------------------------------------------------------------

TEST_F(BankFiles, FirstAxisCountsTheOthersAreFlattenedRowByRow) {
    std::string bytes = idx_header(0x08, {2, 3, 4});
    for (char i = 0; i < 24; ++i)
        bytes += i;

    const PatternBank bank = read_idx(write(bytes, "faces.idx"));

    EXPECT_EQ(bank.values.shape(0), 2U);
    EXPECT_EQ(bank.values.shape(1), 12U);
    EXPECT_EQ(flat(bank), numbers_to(24));
    EXPECT_EQ(bank.description, "faces.idx: idx, 2 x 3 x 4 uint8");
    EXPECT_EQ(bank.digest, bank_digest(bank.values, bank.range));
}

TEST_F(BankFiles, ImagesKeepTheirOrderOfValuesAndSayWhichItIs) {
    const auto npy = [&](const std::string& shape) {
        return read_npy(write(npy_header("|u1", shape) + std::string(24, 'x'))).image;
    };

    EXPECT_EQ(read_idx(write(idx_header(0x08, {2, 3, 4}) + std::string(24, 'x'))).image,
              (ImageShape{3, 4, 1, true}));
    EXPECT_EQ(npy("(2, 12)"), ImageShape{});
    EXPECT_EQ(npy("(2, 3, 4)"), (ImageShape{3, 4, 1, true}));
    EXPECT_EQ(npy("(1, 4, 2, 3)"), (ImageShape{4, 2, 3, false}));
    EXPECT_EQ(npy("(1, 3, 4, 2)"), (ImageShape{4, 2, 3, true}));
}

TEST_F(BankFiles, OneAxisIsAListOfNumbers) {
    const PatternBank labels = read_idx(write(idx_header(0x08, {3}) + "abc"));
    const PatternBank same = read_npy(write(npy_header("|u1", "(3,)") + "abc"));

    EXPECT_EQ(labels.values.shape(0), 3U);
    EXPECT_EQ(labels.values.shape(1), 1U);
    EXPECT_EQ(same.values, labels.values);
    EXPECT_EQ(same.digest, labels.digest);
    EXPECT_TRUE(labels.is_list);
    EXPECT_TRUE(same.is_list);
    EXPECT_FALSE(read_npy(write(npy_header("|u1", "(3, 1)") + "abc")).is_list);
}

TEST_F(BankFiles, FortranOrderGivesTheSamePatterns) {
    // Array [2, 3, 4] whose element (a, b, c) is 12 a + 4 b + c, stored with a fastest.
    std::vector<float> stored;
    for (int c = 0; c < 4; ++c)
        for (int b = 0; b < 3; ++b)
            for (int a = 0; a < 2; ++a)
                stored.push_back(static_cast<float>(12 * a + 4 * b + c));
    const std::string bytes =
        npy_header("<f4", "(2, 3, 4)", "True") + bytes_of(stored, little_endian);

    const PatternBank bank = read_npy(write(bytes));

    EXPECT_EQ(bank.values.shape(1), 12U);
    EXPECT_EQ(flat(bank), numbers_to(24));
}

TEST_F(BankFiles, NpyVersionsTwoAndThreeHaveALongerHeaderLength) {
    for (const char version : {'\2', '\3'}) {
        const std::string bytes = npy_header("|u1", "(3, 1)", "False", version) + "abc";
        EXPECT_EQ(flat(read_npy(write(bytes))), (std::vector<float>{97, 98, 99}));
    }
}

TEST_F(BankFiles, LongerThanOneReadArrivesWhole) {
    const std::vector<float> numbers = numbers_to(700'000); // 2.8 MB: readers take 1 MiB at once
    const std::string bytes = idx_header(0x0D, {7000, 100}) + bytes_of(numbers, big_endian);

    EXPECT_EQ(flat(read_idx(write(gzipped(bytes)))), numbers);
}

} // namespace
} // namespace basin
