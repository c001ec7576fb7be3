#include "harness/process/progress.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace basin {
namespace {

TEST(Progress, DurationsReadAsPeopleSayThem) {
    EXPECT_EQ(duration_text(0.2), "< 1 s");
    EXPECT_EQ(duration_text(12.4), "12 s");
    EXPECT_EQ(duration_text(200), "3 min 20 s");
    EXPECT_EQ(duration_text(3905), "1 h 05 min");
}

TEST(Progress, LinesAreRareAndWithoutControlCodes) {
    std::ostringstream out;
    {
        Progress progress(out, Progress::Style::lines, 1000);
        for (int i = 0; i < 1000; ++i)
            progress.advance(1, 0);
    }
    EXPECT_EQ(out.str(), ""); // the first line is due after a second
}

TEST(Progress, NoneIsSilent) {
    std::ostringstream out;
    Progress progress(out, Progress::Style::none, 2);
    progress.advance(2, 1);
    progress.finish();
    EXPECT_EQ(out.str(), "");
}

} // namespace
} // namespace basin
