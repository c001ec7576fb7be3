#include "analysis/page/html.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace basin {
namespace {

TEST(Escaped, LeavesNoMarkup) {
    EXPECT_EQ(escaped("<a href=\"x\" title='&'>"),
              "&lt;a href=&quot;x&quot; title=&#39;&amp;&#39;&gt;");
}

TEST(InsideScript, KeepsTheElementOpen) {
    EXPECT_EQ(inside_script("'</script>' + '</SCRIPT' + '</scri'"),
              "'<\\/script>' + '<\\/SCRIPT' + '</scri'");
}

TEST(InsideJson, HasNoTags) {
    EXPECT_EQ(inside_json("[\"</script><!--\"]"), "[\"\\u003c/script>\\u003c!--\"]");
}

TEST(Filled, DoesNotLookIntoValues) {
    EXPECT_EQ(filled("{{a}}-{{b}}", {{"a", "{{b}}"}, {"b", "2"}}), "{{b}}-2");
}

TEST(Filled, RefusesANameWithoutValue) {
    EXPECT_THROW(filled("{{missing}}", {}), std::out_of_range);
}

} // namespace
} // namespace basin
