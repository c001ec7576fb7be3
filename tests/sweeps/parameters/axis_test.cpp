#include "sweeps/parameters/axis.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace basin {
namespace {

const Parameter& named(std::string_view name) {
    return parameters()[parameter_index(name).value()];
}

/// The values of a text that must have no problem.
std::vector<Value> values(std::string_view name, std::string_view text) {
    std::vector<Diagnostic> problems;
    std::vector<Value> result = parse_axis(named(name), text, {"a.toml", 1, 2}, problems);
    for (const Diagnostic& problem : problems)
        ADD_FAILURE() << to_string(problem);
    return result;
}

/// The one problem of a text.
std::string problem(std::string_view name, std::string_view text) {
    std::vector<Diagnostic> problems;
    parse_axis(named(name), text, {"a.toml", 1, 2}, problems);
    if (problems.size() != 1) return std::to_string(problems.size()) + " problems";
    return to_string(problems[0]);
}

template <class... Numbers>
std::vector<Value> reals(Numbers... numbers) {
    return {Value(static_cast<double>(numbers))...};
}

template <class... Numbers>
std::vector<Value> integers(Numbers... numbers) {
    return {Value(static_cast<std::int64_t>(numbers))...};
}

std::vector<Value> names(std::initializer_list<const char*> texts) {
    return {texts.begin(), texts.end()};
}

TEST(Axis, ReadsSingleValues) {
    EXPECT_EQ(values("beta", "0.5"), reals(0.5));
    EXPECT_EQ(values("beta", "2"), reals(2));
    EXPECT_EQ(values("beta", "1e+5"), reals(1e5));
    EXPECT_EQ(values("bias", "-.5"), reals(-0.5));
    EXPECT_EQ(values("pattern_count", " 30 "), integers(30));
    EXPECT_EQ(values("similarity", "dot"), names({"dot"}));
}

TEST(Axis, ReadsLists) {
    EXPECT_EQ(values("beta", "[0.1, 1,10]"), reals(0.1, 1, 10));
    EXPECT_EQ(values("similarity", "[dot, \"cosine\"]"), names({"dot", "cosine"}));
}

TEST(Axis, JoinsTermsAndKeepsTheFirstOfEqualValues) {
    EXPECT_EQ(values("beta", "log(1, 100, 3) + [0.5, 10] + 1e+1 + 3"), reals(1, 10, 100, 0.5, 3));
    EXPECT_EQ(values("similarity", "cosine + dot + cosine"), names({"cosine", "dot"}));
}

// The literals on the right are what a user would write: equality is of bits.
TEST(Axis, RangeIsExactInDecimals) {
    EXPECT_EQ(values("cue_level", "range(0, 0.3, 0.1)"), reals(0, 0.1, 0.2, 0.3));
    EXPECT_EQ(values("beta", "range(0.07, 0.7, 0.07)"),
              reals(0.07, 0.14, 0.21, 0.28, 0.35, 0.42, 0.49, 0.56, 0.63, 0.7));
    EXPECT_EQ(values("beta", "range(1, 2, 0.3)"), reals(1, 1.3, 1.6, 1.9));
    EXPECT_EQ(values("pattern_count", "range(10, 30, 10)"), integers(10, 20, 30));
    EXPECT_EQ(values("beta", "range(2, 2, 1)"), reals(2));
    EXPECT_EQ(values("beta", "range(1, 1, 1e-300)"), reals(1)); // 1 + 1e-300 is 1 in any format
    EXPECT_EQ(values("beta", "range(1e300, 1e300, 1)"), reals(1e300));
}

TEST(Axis, LinIsExactInDecimals) {
    EXPECT_EQ(values("cue_level", "lin(0.1, 0.5, 5)"), reals(0.1, 0.2, 0.3, 0.4, 0.5));
    EXPECT_EQ(values("cue_level", "lin(0, 1, 4)"), reals(0, 1.0 / 3, 2.0 / 3, 1));
    EXPECT_EQ(values("bias", "lin(1, -1, 3)"), reals(1, 0, -1));
}

TEST(Axis, LogHitsPowersOfTenExactly) {
    EXPECT_EQ(values("beta", "log(0.01, 100, 5)"), reals(0.01, 0.1, 1, 10, 100));
    EXPECT_EQ(values("beta", "log(100, 0.01, 5)"), reals(100, 10, 1, 0.1, 0.01));
    EXPECT_EQ(values("beta", "log(2, 2, 4)"), reals(2));
    const std::vector<Value> fine = values("beta", "log(0.003, 7, 1001)");
    EXPECT_EQ(fine.front(), Value(0.003));
    EXPECT_EQ(fine.back(), Value(7.0));
    EXPECT_EQ(fine.size(), 1001U);
}

// The true values lie on a grid of equal ratios. Two roundings to double (the value's and the
// reference's pow, below 1 ulp each) leave a relative error of at most 4 eps.
TEST(Axis, LogHasEqualRatios) {
    const std::vector<Value> fine = values("beta", "log(0.003, 7, 1001)");
    for (std::size_t i = 0; i < fine.size(); ++i) {
        const double expected = 0.003 * std::pow(7 / 0.003, static_cast<double>(i) / 1000);
        EXPECT_NEAR(std::get<double>(fine[i]) / expected, 1.0, 16e-16) << i;
    }
}

TEST(Axis, LinAndLogRoundForIntegerParameters) {
    EXPECT_EQ(values("pattern_count", "log(10, 1000, 5)"), integers(10, 32, 100, 316, 1000));
    EXPECT_EQ(values("pattern_count", "lin(1, 4, 3)"), integers(1, 3, 4));
    EXPECT_EQ(values("pattern_count", "log(1, 4, 9)"), integers(1, 2, 3, 4));
}

TEST(Axis, PowersOfTwo) {
    EXPECT_EQ(values("dimension", "pow2(4, 7)"), integers(16, 32, 64, 128));
    EXPECT_EQ(values("beta", "pow2(-2, 1)"), reals(0.25, 0.5, 1, 2));
}

TEST(Axis, TextsStandForThemselves) {
    EXPECT_EQ(values("path", "/data/a+b (1), c.gz"), names({"/data/a+b (1), c.gz"}));
    EXPECT_EQ(values("path", "[/data/a b.gz, \"/data/c,d\"]"),
              names({"/data/a b.gz", "/data/c,d"}));
    EXPECT_EQ(values("path", "\"\""), names({""}));
}

TEST(Axis, SaysWhatDoesNotFit) {
    EXPECT_EQ(problem("beta", "0"),
              "a.toml:1:2: error: beta = 0: must be a finite number greater than 0");
    EXPECT_EQ(problem("cue_level", "1.5"),
              "a.toml:1:2: error: cue_level = 1.5: must be a finite number from 0 to 1");
    EXPECT_EQ(problem("interaction_vertex", "[2, x]"),
              "a.toml:1:2: error: interaction_vertex = \"x\": must be an integer from 1 to 10000");
    EXPECT_EQ(problem("interaction_vertex", "2.0"),
              "a.toml:1:2: error: interaction_vertex = 2.0: must be an integer from 1 to 10000; "
              "write 2");
    EXPECT_EQ(problem("tie", "pluss"),
              "a.toml:1:2: error: tie = \"pluss\": must be one of keep, plus, minus, random; did "
              "you mean \"plus\"?");
    EXPECT_EQ(problem("beta", "nan"),
              "a.toml:1:2: error: beta = nan: must be a finite number greater than 0");
    EXPECT_EQ(problem("pattern_count", "0"),
              "a.toml:1:2: error: pattern_count = 0: must be an integer from 1 to 10000000");
    EXPECT_EQ(problem("threshold", "inf"),
              "a.toml:1:2: error: threshold = inf: must be a finite number");
    EXPECT_EQ(problem("tie", "3"),
              "a.toml:1:2: error: tie = 3: must be one of keep, plus, minus, random");
    EXPECT_NE(problem("beta", "1e999").find("1e999"), std::string::npos);
}

TEST(Axis, ReportsEveryValueThatDoesNotFit) {
    std::vector<Diagnostic> problems;

    const std::vector<Value> rest = parse_axis(named("beta"), "[-1, 2, x]", {}, problems);

    EXPECT_EQ(problems.size(), 2U);
    EXPECT_EQ(rest, reals(2));
}

struct BadText {
    const char* parameter;
    const char* text;
    const char* reason; ///< part of the message
};

class BadAxis : public testing::TestWithParam<BadText> {};

TEST_P(BadAxis, IsRefusedWithItsReason) {
    const auto& [parameter, text, reason] = GetParam();

    const std::string message = problem(parameter, text);

    EXPECT_NE(message.find(reason), std::string::npos) << message;
    EXPECT_NE(message.find(text), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadAxis,
    testing::Values(
        BadText{"beta", "", "missing at the end"}, BadText{"beta", "[]", "list is empty"},
        BadText{"beta", "[1, 2", "expected \"]\" at the end"},
        BadText{"beta", "[1,,2]", "missing before \",2]\""},
        BadText{"beta", "1 2", "unexpected \"2\""}, BadText{"beta", "1 +", "missing at the end"},
        BadText{"beta", "log(1, 10", "expected \")\""},
        BadText{"beta", "logg(1, 10, 3)", "did you mean \"log\""},
        BadText{"beta", "spline(1, 10, 3)", "known: lin, log, range, pow2"},
        BadText{"beta", "log(1, 10)", "log(a, b, n)"},
        BadText{"beta", "log(0, 10, 3)", "greater than 0"},
        BadText{"beta", "log(1, 10, 1)", "at least 2"},
        BadText{"beta", "log(1, 10, 2.5)", "at least 2"},
        BadText{"beta", "lin(1, x, 3)", "\"x\" is not a finite number"},
        BadText{"beta", "lin(1, inf, 3)", "\"inf\" is not a finite number"},
        BadText{"beta", "lin(1, 2, 10000001)", "more than 10000000"},
        BadText{"beta", "range(1, 2, 0)", "step must be greater than 0"},
        BadText{"beta", "range(2, 1, 0.1)", "must not exceed"},
        BadText{"beta", "range(0, 1, 1e-9)", "more than 10000000"},
        BadText{"pattern_count", "range(1, 2, 0.5)", "gives 1.5, which is not an integer"},
        BadText{"pattern_count", "pow2(-1, 2)", "from 0 to 62"},
        BadText{"beta", "pow2(0.5, 2)", "exponents must be integers"},
        BadText{"beta", "pow2(3, 2)", "must not exceed"},
        BadText{"beta", "pow2(0, 1024)", "from -1022 to 1023"},
        BadText{"similarity", "log(1, 2, 3)", "series are for numbers"},
        BadText{"similarity", "\"dot", "not closed"}));

RC_GTEST_PROP(Axis, ListsOfCanonicalTextsReadBack, (std::vector<double> numbers)) {
    std::vector<Value> expected;
    std::string text = "[";
    for (const double number : numbers) {
        if (!std::isfinite(number)) continue;
        expected.emplace_back(number);
        text += (text.size() > 1 ? ", " : "") + canonical_text(expected.back());
    }
    RC_PRE(!expected.empty());
    keep_distinct(expected);

    std::vector<Diagnostic> problems;
    const std::vector<Value> read = parse_axis(named("threshold"), text + "]", {}, problems);

    RC_ASSERT(problems.empty());
    RC_ASSERT(read == expected);
}

RC_GTEST_PROP(Axis, NoTextIsReadAsAValueThatDoesNotFit, (std::string text)) {
    for (const Parameter& parameter : parameters()) {
        std::vector<Diagnostic> problems;
        for (Value& value : parse_axis(parameter, text, {}, problems)) {
            std::vector<Diagnostic> none;
            RC_ASSERT(admit(parameter, value, {}, none));
        }
    }
}

TEST(KeepDistinct, KeepsTheFirstOfEach) {
    std::vector<Value> some = integers(3, 1, 3, 2, 1);

    keep_distinct(some);

    EXPECT_EQ(some, integers(3, 1, 2));
}

/// The limit, and the next number beyond it.
std::pair<Value, Value> at_and_beyond(const Parameter& parameter, double limit, double direction) {
    if (parameter.kind == Kind::integer) {
        const auto whole = static_cast<std::int64_t>(limit);
        return {whole, whole + static_cast<std::int64_t>(direction)};
    }
    return {limit, std::nextafter(limit, direction * HUGE_VAL)};
}

bool is_admitted(const Parameter& parameter, Value value) {
    std::vector<Diagnostic> problems;
    return admit(parameter, value, {}, problems);
}

TEST(Axis, TheLimitsOfEveryParameterAreTheLastThatIsTaken) {
    int maxima = 0;
    int minima = 0;
    for (const Parameter& parameter : parameters()) {
        if (parameter.maximum) {
            const auto [limit, beyond] = at_and_beyond(parameter, *parameter.maximum, 1.0);
            EXPECT_TRUE(is_admitted(parameter, limit)) << parameter.name;
            EXPECT_FALSE(is_admitted(parameter, beyond)) << parameter.name;
            ++maxima;
        }
        if (parameter.minimum) {
            const auto [limit, beyond] = at_and_beyond(parameter, *parameter.minimum, -1.0);
            EXPECT_EQ(is_admitted(parameter, limit), !parameter.minimum_excluded) << parameter.name;
            EXPECT_FALSE(is_admitted(parameter, beyond)) << parameter.name;
            ++minima;
        }
    }
    EXPECT_GT(maxima, 5);
    EXPECT_GT(minima, 10);
}

TEST(Axis, ATextWithControlCharactersIsRefused) {
    EXPECT_EQ(problem("path", "a\x1b[31mb.npy"),
              "a.toml:1:2: error: path = \"a\x1b[31mb.npy\": must be a text in quotation marks, "
              "without control characters");
    EXPECT_EQ(values("path", "β/ä b.npy"), names({"β/ä b.npy"}));
}

} // namespace
} // namespace basin
