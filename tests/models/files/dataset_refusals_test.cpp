// What readers of idx and npy files refuse, with the place and the reason.

#include "models/data/dataset_memory.hpp"
#include "models/files/dataset_files.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "support/dataset_bytes.hpp"

namespace basin {
namespace {

using namespace tests; // NOLINT: every helper of dataset_bytes.hpp
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class DatasetRefusals : public BankFiles {};

TEST_F(DatasetRefusals, RefuseWhatCannotBeOpenedOrRead) {
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

TEST_F(DatasetRefusals, IdxRefusesAnotherMagicAndShowsIt) {
    EXPECT_THAT(idx_refusal("\x89PNG...."),
                AllOf(StartsWith(path_of("bank")),
                      HasSubstr("begins with 89 50 4e 47, but 00 00, an element type")));
    EXPECT_THAT(idx_refusal(idx_header(0x0A, {1}) + "a"), HasSubstr("begins with 00 00 0a 01"));
    EXPECT_THAT(idx_refusal(idx_header(0x00, {1}) + "a"), HasSubstr("begins with 00 00 00 01"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {})), HasSubstr("begins with 00 00 08 00"));
    EXPECT_THAT(idx_refusal(""),
                HasSubstr("truncated: the magic number take 4 bytes, but only 0 are there"));
}

TEST_F(DatasetRefusals, IdxRefusesFewerAndMoreBytesThanTheShapeNeeds) {
    EXPECT_THAT(idx_refusal(idx_header(0x08, {3, 2}).substr(0, 9)),
                HasSubstr("the lengths of the axes take 8 bytes, but only 5 are there"));
    EXPECT_THAT(idx_refusal(idx_header(0x0B, {3, 2}) + "12345678901"),
                HasSubstr("truncated: 3 x 2 int16 values take 12 bytes, but only 11 are there"));
    EXPECT_THAT(idx_refusal(idx_header(0x08, {3, 2}) + "1234567"), HasSubstr("trailing bytes"));
    EXPECT_THAT(idx_refusal(gzipped(idx_header(0x08, {3, 2}) + "1234567")),
                HasSubstr("trailing bytes"));
    EXPECT_EQ(idx_refusal(idx_header(0x08, {3, 2}) + "123456"), "accepted");
}

TEST_F(DatasetRefusals, IdxRefusesEmptyAndImplausibleShapesWithoutAskingForMemory) {
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

TEST_F(DatasetRefusals, GzipDamageIsRefused) {
    const std::string whole = gzipped(idx_header(0x08, {1, 256}) + std::string(256, 'x'));
    ASSERT_EQ(idx_refusal(whole), "accepted");
    std::string wrong_checksum = whole;
    wrong_checksum[whole.size() - 8] ^= 1;

    EXPECT_THAT(idx_refusal(wrong_checksum), HasSubstr("damaged gzip data"));
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_NE(idx_refusal(whole.substr(0, length)), "accepted") << length << " bytes";
}

TEST_F(DatasetRefusals, PlainFilesCutAnywhereAreRefused) {
    const std::string idx = idx_header(0x0B, {3, 2}) + "123456789012";
    const std::string npy = npy_header("<i2", "(3, 2)") + "123456789012";
    for (std::size_t length = 0; length < idx.size(); ++length)
        EXPECT_NE(idx_refusal(idx.substr(0, length)), "accepted") << length << " bytes";
    for (std::size_t length = 0; length < npy.size(); ++length)
        EXPECT_NE(npy_refusal(npy.substr(0, length)), "accepted") << length << " bytes";
}

TEST_F(DatasetRefusals, NpyRefusesAnotherMagicVersionOrHeader) {
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

TEST_F(DatasetRefusals, NpyRefusesShapesAndLengthsThatDoNotFit) {
    EXPECT_THAT(npy_refusal(npy_header("|u1", "()") + "a"), HasSubstr("holds a single number"));
    EXPECT_THAT(npy_refusal(npy_header("|u1", "(0, 3)")), HasSubstr("holds no patterns"));
    EXPECT_THAT(npy_refusal(npy_header("|u1", "(3, 0)")), HasSubstr("patterns without units"));
    EXPECT_THAT(npy_refusal(npy_header("<f8", "(18446744073709551615, 18446744073709551615)")),
                HasSubstr("implausible shape"));
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(2,)") + "1234567"),
                HasSubstr("2 float32 values take 8 bytes, but only 7 are there"));
    EXPECT_THAT(npy_refusal(npy_header("<f4", "(2,)") + "123456789"), HasSubstr("trailing bytes"));
}

TEST_F(DatasetRefusals, RoomIsAskedForWhatTheHeaderAnnouncesBeforeTheValuesAreRead) {
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

TEST_F(DatasetRefusals, ValuesThatAreNotFiniteFloatsAreRefused) {
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
