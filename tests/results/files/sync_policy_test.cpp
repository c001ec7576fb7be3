#include "results/files/sync_policy.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace basin {
namespace {

using namespace std::chrono_literals;

TEST(SyncPolicy, IsAGroupOfASecondUnlessOneIsNamed) {
    EXPECT_EQ(SyncPolicy{}, parse_sync_policy("1"));
    EXPECT_EQ(SyncPolicy{}.interval, 1s);
}

TEST(SyncPolicy, IsReadFromItsText) {
    EXPECT_EQ(parse_sync_policy("each").when, SyncPolicy::When::each);
    EXPECT_EQ(parse_sync_policy("none").when, SyncPolicy::When::none);
    EXPECT_EQ(parse_sync_policy("0.5").when, SyncPolicy::When::group);
    EXPECT_EQ(parse_sync_policy("0.5").interval, 500ms);
    EXPECT_EQ(parse_sync_policy("0.001").interval, 1ms);
    EXPECT_EQ(parse_sync_policy("3600").interval, 3600s);
}

TEST(SyncPolicy, ItsTextIsReadAsWhatItWas) {
    for (const char* text : {"each", "none", "0.5", "1", "3600", "0.001"})
        EXPECT_EQ(to_string(parse_sync_policy(text)), text);
}

TEST(SyncPolicy, SaysWhatIsAllowed) {
    for (const char* text :
         {"", "0", "-1", "nan", "inf", "1e9", "0.0009", "1s", " 1", "always", "Each"}) {
        try {
            parse_sync_policy(text);
            ADD_FAILURE() << "took '" << text << "'";
        } catch (const std::invalid_argument& error) {
            EXPECT_NE(std::string(error.what()).find("each, none, or seconds from 0.001 to 3600"),
                      std::string::npos);
        }
    }
}

} // namespace
} // namespace basin
