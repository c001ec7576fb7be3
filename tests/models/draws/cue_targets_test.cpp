#include "models/draws/cue_targets.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using Rows = std::vector<std::uint32_t>;

/// A .npy file of little-endian numbers, with this dtype and shape.
template <class Number>
std::string npy_of(const std::string& dtype, const std::string& shape,
                   const std::vector<Number>& numbers) {
    std::string header =
        "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    std::string bytes = "\x93NUMPY";
    bytes += {'\x01', '\0', static_cast<char>(header.size()), '\0'};
    bytes += header;
    for (const Number number : numbers)
        bytes.append(reinterpret_cast<const char*>(&number), sizeof(number)); // little-endian here
    return bytes;
}

class Targets : public testing::Test {
protected:
    Rows rows(const std::string& bytes) {
        return read_targets(folder_.write("targets", bytes)).rows;
    }
    std::string refusal(const std::string& bytes) {
        return tests::refusal_of(read_targets, folder_.write("targets", bytes));
    }
    bool refuses(const std::string& bytes, const std::string& why) {
        const std::string said = refusal(bytes);
        if (said.find(why) != std::string::npos) return true;
        ADD_FAILURE() << said;
        return false;
    }
    tests::TempFolder folder_;
};

TEST_F(Targets, ComeFromNpyWhateverTheElementType) {
    const Rows some{3, 0, 2};
    EXPECT_EQ(rows(npy_of<std::int64_t>("<i8", "(3,)", {3, 0, 2})), some);
    EXPECT_EQ(rows(npy_of<std::uint8_t>("|u1", "(3,)", {3, 0, 2})), some);
    EXPECT_EQ(rows(npy_of<double>("<f8", "(3,)", {3, 0, 2})), some);
    EXPECT_EQ(rows(npy_of<std::int32_t>("<i4", "(3, 1)", {3, 0, 2})), some);
    EXPECT_EQ(rows(npy_of<std::int32_t>("<i4", "(1, 3)", {3, 0, 2})), some);
}

TEST_F(Targets, BeyondWhatFloat32CountsStayWhatTheyAre) {
    EXPECT_EQ(rows(npy_of<std::int64_t>("<i8", "(2,)", {16'777'217, 2'147'483'647})),
              (Rows{16'777'217, 2'147'483'647}));
    EXPECT_EQ(rows("16777217\n"), Rows{16'777'217});
}

TEST_F(Targets, ComeFromIdxAndText) {
    EXPECT_EQ(rows(std::string("\0\0\x08\x01\0\0\0\x03\x02\x00\x01", 11)), (Rows{2, 0, 1}));
    EXPECT_EQ(rows("2\n0\n1\n"), (Rows{2, 0, 1}));
    EXPECT_EQ(rows("# row of each query\r\n2, 0\t1 # the last\r\n\r\n"), (Rows{2, 0, 1}));
    EXPECT_EQ(rows("2.000000000000000000e+00\n0.0\n1"), (Rows{2, 0, 1})); // numpy.savetxt
    EXPECT_EQ(rows("7"), Rows{7});
}

TEST_F(Targets, ThatAreNoRowNumbersAreToldWithTheirPlace) {
    const double nan = std::nan("");
    EXPECT_TRUE(
        refuses(npy_of<std::int64_t>("<i8", "(2,)", {0, -1}), "target 1 (counted from 0) is -1"));
    EXPECT_TRUE(
        refuses(npy_of<double>("<f8", "(2,)", {0, nan}), "target 1 (counted from 0) is nan"));
    EXPECT_TRUE(
        refuses(npy_of<double>("<f8", "(2,)", {0.5, 1}), "target 0 (counted from 0) is 0.5"));
    EXPECT_TRUE(refuses(npy_of<std::int64_t>("<i8", "(1,)", {2'147'483'648}), "is 2147483648"));
    EXPECT_TRUE(refuses(npy_of<double>("<f8", "(1,)", {std::numeric_limits<double>::infinity()}),
                        "is inf"));
    EXPECT_TRUE(refuses("0\n-2\n", "targets: text: target 1 (counted from 0) is -2"));
    EXPECT_TRUE(refuses("0\n1\ncat\n", "line 3 holds cat, which is no number"));
    EXPECT_TRUE(refuses("0\n\x1b[31m1\n", "line 2 holds ?[31m1")); // nothing for a terminal to obey
    EXPECT_TRUE(refuses("1e999", "line 1 holds 1e999"));
    EXPECT_TRUE(refuses("", "holds no targets"));
    EXPECT_TRUE(refuses("# nothing\n", "holds no targets"));
    EXPECT_TRUE(
        refuses(npy_of<std::int64_t>("<i8", "(2, 2)", {0, 1, 2, 3}), "2 x 2 int64, but a list"));
}

TEST_F(Targets, CutAnywhereAreRefused) {
    const std::string good = npy_of<std::int64_t>("<i8", "(3,)", {3, 0, 2});
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_NE(refusal(good.substr(0, length)), "accepted") << length;
    EXPECT_NE(refusal(good + "x"), "accepted");
}

TEST_F(Targets, HaveADigestOfTheirRows) {
    const auto digest = [&](const std::string& bytes) {
        return read_targets(folder_.write("targets", bytes)).digest;
    };
    EXPECT_EQ(digest("0 1"), digest(npy_of<std::int64_t>("<i8", "(2,)", {0, 1})));
    EXPECT_NE(digest("0 1"), digest("1 0"));
}

} // namespace
} // namespace basin
