// idx and npy files, made here byte by byte by a writer that shares nothing with the readers.
// Values are compared exactly: a reader rounds to float32 once, as static_cast does here.

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/dataset_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr bool big_endian = true;
constexpr bool little_endian = false;

template <class Number>
std::string bytes_of(Number number, bool big) {
    std::string bytes(sizeof(Number), '\0');
    std::memcpy(bytes.data(), &number, sizeof(Number)); // this machine is little-endian
    if (big) std::ranges::reverse(bytes);
    return bytes;
}

template <class Number>
std::string bytes_of(const std::vector<Number>& numbers, bool big) {
    std::string bytes;
    for (const Number number : numbers)
        bytes += bytes_of(number, big);
    return bytes;
}

std::string idx_header(char type, const std::vector<std::uint32_t>& shape) {
    return std::string{'\0', '\0', type, static_cast<char>(shape.size())} +
           bytes_of(shape, big_endian);
}

std::string npy_header(const std::string& descr, const std::string& shape,
                       const std::string& fortran_order = "False", char version = 1) {
    const std::string text = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}\n",
                                         descr, fortran_order, shape);
    const auto length = static_cast<std::uint32_t>(text.size());
    return std::string("\x93NUMPY") + version + '\0' +
           bytes_of(length, little_endian).substr(0, version == 1 ? 2 : 4) + text;
}

std::string gzipped(const std::string& bytes) {
    const tests::TempFolder folder;
    const gzFile file = gzopen((folder / "z").c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return tests::read_file(folder / "z");
}

class BankFiles : public testing::Test {
protected:
    std::string write(const std::string& bytes, const std::string& name = "bank") const {
        return folder_.write(name, bytes);
    }

    std::string path_of(const std::string& name) const { return (folder_ / name).string(); }

    std::string idx_refusal(const std::string& bytes) const { return refusal(read_idx, bytes); }
    std::string npy_refusal(const std::string& bytes) const { return refusal(read_npy, bytes); }

    tests::TempFolder folder_;

private:
    std::string refusal(PatternBank (*read)(const std::string&), const std::string& bytes) const {
        try {
            read(write(bytes));
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    }
};

std::vector<float> flat(const PatternBank& bank) {
    return {bank.values.begin(), bank.values.end()};
}

std::vector<float> numbers_to(std::size_t count) {
    std::vector<float> numbers(count);
    for (std::size_t i = 0; i < count; ++i)
        numbers[i] = static_cast<float>(i);
    return numbers;
}

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

// Refusals: every message begins with the path and says what was expected -------------------------

TEST_F(BankFiles, RefuseWhatCannotBeOpenedOrRead) {
    for (const auto read : {read_idx, read_npy}) {
        EXPECT_THROW(
            {
                try {
                    read(path_of("absent"));
                } catch (const InputError& error) {
                    EXPECT_THAT(error.what(), AllOf(StartsWith(path_of("absent")),
                                                    HasSubstr("cannot be opened: No such file")));
                    throw;
                }
            },
            InputError);
        EXPECT_THROW(read(folder_.path().string()), InputError); // a folder
    }
}

TEST_F(BankFiles, IdxRefusesAnotherMagicAndShowsIt) {
    EXPECT_THAT(idx_refusal("\x89PNG...."),
                AllOf(StartsWith(path_of("bank")),
                      HasSubstr("begins with 89 50 4e 47, but 00 00, an element type")));
    EXPECT_THAT(idx_refusal(idx_header(0x0A, {1}) + "a"), HasSubstr("begins with 00 00 0a 01"));
    EXPECT_THAT(idx_refusal(idx_header(0x00, {1}) + "a"), HasSubstr("begins with 00 00 00 01"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {})), HasSubstr("begins with 00 00 08 00"));
    EXPECT_THAT(idx_refusal(""),
                HasSubstr("truncated: the magic number take 4 bytes, but only 0 are there"));
}

TEST_F(BankFiles, IdxRefusesFewerAndMoreBytesThanTheShapeNeeds) {
    EXPECT_THAT(idx_refusal(idx_header(0x08, {3, 2}).substr(0, 9)),
                HasSubstr("the lengths of the axes take 8 bytes, but only 5 are there"));
    EXPECT_THAT(idx_refusal(idx_header(0x0B, {3, 2}) + "12345678901"),
                HasSubstr("truncated: 3 x 2 int16 values take 12 bytes, but only 11 are there"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {3, 2}) + "1234567"), HasSubstr("trailing bytes"));
    EXPECT_THAT(idx_refusal(gzipped(idx_header(0x08, {3, 2}) + "1234567")),
                HasSubstr("trailing bytes"));
    EXPECT_EQ(idx_refusal(idx_header(0x08, {3, 2}) + "123456"), "accepted");
}

TEST_F(BankFiles, IdxRefusesEmptyAndImplausibleShapesWithoutAskingForMemory) {
    EXPECT_THAT(idx_refusal(idx_header(0x08, {0, 2})),
                HasSubstr("holds no patterns: its shape is 0 x 2 uint8"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {2, 5, 0})),
                HasSubstr("patterns without units: its shape is 2 x 5 x 0 uint8"));
    constexpr std::uint32_t most = 0xffffffff;
    EXPECT_THAT(idx_refusal(idx_header(0x08, {most, 1})),
                HasSubstr("implausible shape 4294967295"));
    EXPECT_THAT(idx_refusal(idx_header(0x0E, {1, most, most, most, most})),
                HasSubstr("implausible shape"));
    EXPECT_THAT(idx_refusal(idx_header(0x0E, {1U << 30, 1U << 30})),
                HasSubstr("implausible shape"));
    // Just plausible: 8 TiB announced, 3 bytes there.
    EXPECT_THAT(idx_refusal(idx_header(0x0E, {1U << 20, 1U << 20}) + "123"),
                HasSubstr("take 8796093022208 bytes, but only 3 are there"));
}

TEST_F(BankFiles, GzipDamageIsRefused) {
    const std::string whole = gzipped(idx_header(0x08, {1, 256}) + std::string(256, 'x'));
    ASSERT_EQ(idx_refusal(whole), "accepted");
    std::string wrong_checksum = whole;
    wrong_checksum[whole.size() - 8] ^= 1;

    EXPECT_THAT(idx_refusal(wrong_checksum), HasSubstr("damaged gzip data"));
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_NE(idx_refusal(whole.substr(0, length)), "accepted") << length << " bytes";
}

TEST_F(BankFiles, PlainFilesCutAnywhereAreRefused) {
    const std::string idx = idx_header(0x0B, {3, 2}) + "123456789012";
    const std::string npy = npy_header("<i2", "(3, 2)") + "123456789012";
    for (std::size_t length = 0; length < idx.size(); ++length)
        EXPECT_NE(idx_refusal(idx.substr(0, length)), "accepted") << length << " bytes";
    for (std::size_t length = 0; length < npy.size(); ++length)
        EXPECT_NE(npy_refusal(npy.substr(0, length)), "accepted") << length << " bytes";
}

TEST_F(BankFiles, NpyRefusesAnotherMagicVersionOrHeader) {
    EXPECT_THAT(npy_refusal("PX\x03\x04zzzz"),
                AllOf(StartsWith(path_of("bank")),
                      HasSubstr("not a npy file: it begins with 50 58 03 04")));
    std::string later = npy_header("|u1", "(1,)") + "a";
    later[6] = 4;
    EXPECT_THAT(npy_refusal(later), HasSubstr("npy version 4.0 is unknown"));
    EXPECT_THAT(npy_refusal(npy_header("<c8", "(1,)") + "12345678"),
                AllOf(StartsWith(path_of("bank")), HasSubstr("dtype <c8 is not supported")));
    EXPECT_THAT(npy_refusal(npy_header("|u1", "3") + "abc"),
                HasSubstr("npy header: \"(\" expected"));
    EXPECT_THAT(npy_refusal(std::string("\x93NUMPY\x02\0\xff\xff\xff\xff{", 13)),
                HasSubstr("the header take 4294967295 bytes, but only 1 are there"));
}

TEST_F(BankFiles, NpyRefusesShapesAndLengthsThatDoNotFit) {
    EXPECT_THAT(npy_refusal(npy_header("|u1", "()") + "a"), HasSubstr("holds a single number"));
    EXPECT_THAT(npy_refusal(npy_header("|u1", "(0, 3)")), HasSubstr("holds no patterns"));
    EXPECT_THAT(npy_refusal(npy_header("|u1", "(3, 0)")), HasSubstr("patterns without units"));
    EXPECT_THAT(npy_refusal(npy_header("<f8", "(18446744073709551615, 18446744073709551615)")),
                HasSubstr("implausible shape"));
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(2,)") + "1234567"),
                HasSubstr("2 float32 values take 8 bytes, but only 7 are there"));
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(2,)") + "123456789"), HasSubstr("trailing bytes"));
}

TEST_F(BankFiles, RoomIsAskedForWhatTheHeaderAnnouncesBeforeTheValuesAreRead) {
    const std::size_t before = pattern_room;
    pattern_room = 1000 * (4 + 4);
    // There are no values: to be told of room is to be told before they are read.
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(1001, 1)")),
                AllOf(StartsWith(path_of("bank")), HasSubstr("1001 values need about"),
                      HasSubstr("--memory")));
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(1000, 1)")), HasSubstr("take 4000 bytes"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {10000})), HasSubstr("10000 values need about"));
    pattern_room = before;
}

TEST_F(BankFiles, ValuesThatAreNotFiniteFloatsAreRefused) {
    const double too_large = 1e300;
    EXPECT_THAT(npy_refusal(npy_header("<f8", "(1, 2)") +
                            bytes_of(std::vector<double>{1, too_large}, little_endian)),
                HasSubstr("the largest value of pattern 0 (counted from 0) is 1e+300"));
    EXPECT_THAT(idx_refusal(idx_header(0x0D, {2, 1}) +
                            bytes_of(std::vector<float>{1, std::nanf("")}, big_endian)),
                HasSubstr("value 0 of pattern 1 (both counted from 0) is nan"));
    for (const std::uint16_t half : std::vector<std::uint16_t>{0x7C00, 0xFC00, 0x7E00})
        EXPECT_THAT(npy_refusal(npy_header("<f2", "(1,)") + bytes_of(half, little_endian)),
                    HasSubstr("not a finite number"));
}

} // namespace
} // namespace basin
