#include "models/base/errors.hpp"
#include "models/files/npy_header.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace basin {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
    try {
        parse_npy_header(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(NpyHeader, IsReadAsNumpyWritesIt) {
    const NpyHeader header = parse_npy_header(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }            \n");

    EXPECT_EQ(header.element->name, "float32");
    EXPECT_FALSE(header.big_endian);
    EXPECT_FALSE(header.fortran_order);
    EXPECT_EQ(header.shape, (std::vector<std::uint64_t>{3, 4}));
}

TEST(NpyHeader, MayHaveAnyKeyOrderAndSpacing) {
    const NpyHeader header =
        parse_npy_header("{ \"shape\" :( 5 ,),'fortran_order':True,'descr':'>i2'}");

    EXPECT_EQ(header.element->name, "int16");
    EXPECT_TRUE(header.big_endian);
    EXPECT_TRUE(header.fortran_order);
    EXPECT_EQ(header.shape, std::vector<std::uint64_t>{5});
}

TEST(NpyHeader, OfAScalarHasAnEmptyShape) {
    EXPECT_TRUE(
        parse_npy_header("{'descr': '|u1', 'fortran_order': False, 'shape': (), }").shape.empty());
}

TEST(NpyHeader, NamesEveryElementType) {
    for (const ElementType& type : element_types()) {
        const NpyHeader header = parse_npy_header(fmt::format(
            "{{'descr': '<{}', 'fortran_order': False, 'shape': (1,), }}", type.npy_code));
        EXPECT_EQ(header.element, &type);
    }
}

TEST(NpyHeader, RefusesOtherDtypesByName) {
    for (const std::string descr :
         {"<c8", "<U5", "|O", "<M8[ns]", "|f4", "=f4", "f4", "<", "", "<f16"})
        EXPECT_THAT(
            refusal(fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': (1,)}}", descr)),
            HasSubstr(fmt::format("dtype {} is not supported; supported are b1 u1", descr)));
    EXPECT_THAT(refusal("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}"),
                HasSubstr("structured"));
}

struct Malformed {
    const char* text;
    const char* expected;
};

TEST(NpyHeader, RefusesOtherFormsAndSaysWhere) {
    const std::vector<Malformed> cases{
        {"", "\"{\" expected at character 0"},
        {"{", "\"'\" expected at character 1"},
        {"{'descr", "a closing quote expected at character 2"},
        {"{'descr' '<f4'}", "\":\" expected"},
        {"{'colour': 1}", "each of descr, fortran_order and shape once expected"},
        {"{'shape': (1,), 'shape': (1,)}", "each of descr, fortran_order and shape once expected"},
        {"{'descr': '<f4', 'shape': (1,)}", "the key fortran_order expected"},
        {"{}", "the key descr expected"},
        {"{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "True or False expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "\",\" expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': 3}", "\"(\" expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}", "a length below 2^64"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551616,)}",
         "a length below 2^64"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}", "\",\" expected"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "the end expected"},
    };
    for (const Malformed& example : cases)
        EXPECT_THAT(refusal(example.text), HasSubstr(example.expected)) << example.text;
}

TEST(NpyHeader, CutAnywhereIsRefused) {
    const std::string whole = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}";
    ASSERT_EQ(refusal(whole), "accepted");
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_THAT(refusal(whole.substr(0, length)), HasSubstr("npy header: "));
}

} // namespace
} // namespace basin
