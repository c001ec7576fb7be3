#include "sweeps/parameters/plain_text.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

TEST(ShownPlainly, LeavesTextsOfAllLanguagesLineEndsAndTabs) {
    for (const std::string text :
         {"", "K = 3\n\tβ ≥ ½\n", "日本語", "\U0001F600", "caf\u00e9 \u00a0"})
        EXPECT_EQ(shown_plainly(text), text);
}

TEST(ShownPlainly, EscapesWhatATerminalTakesForACommand) {
    EXPECT_EQ(shown_plainly("a\x1b[31mb"), "a\\x1b[31mb");
    EXPECT_EQ(shown_plainly("\r\x07\x7f"), "\\x0d\\x07\\x7f");
    EXPECT_EQ(shown_plainly(std::string(1, '\0')), "\\x00");
    EXPECT_EQ(shown_plainly("\xc2\x9b"
                            "31m"),
              "\\xc2\\x9b"
              "31m"); // CSI in one character
}

TEST(ShownPlainly, EscapesEachByteThatIsNotUtf8) {
    EXPECT_EQ(shown_plainly("caf\xe9!"), "caf\\xe9!");
    EXPECT_EQ(shown_plainly("\x9b"), "\\x9b");
    EXPECT_EQ(shown_plainly("\xe2\x82"), "\\xe2\\x82");
    EXPECT_EQ(shown_plainly("\xc0\xaf"), "\\xc0\\xaf"); // a slash that is too long
}

TEST(IsUtf8, KnowsWhatIsNot) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("β\n"));
    EXPECT_FALSE(is_utf8("caf\xe9"));
    EXPECT_FALSE(is_utf8("\xe2\x82"));
}

} // namespace
} // namespace basin
