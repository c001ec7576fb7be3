#include "harness/process/first_failure.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace basin {
namespace {

TEST(FirstFailure, IsThrownOnceAndByTheOneWhoAsks) {
    FirstFailure failure;
    failure.guard([] { throw std::runtime_error("first"); });
    failure.guard([] { throw std::logic_error("second"); });
    try {
        failure.rethrow();
        FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string(error.what()), "first");
    }
    EXPECT_NO_THROW(failure.rethrow());
}

TEST(FirstFailure, WhatIsNoStandardExceptionIsKeptToo) {
    FirstFailure failure;
    failure.guard([] { throw 3; });
    EXPECT_THROW(failure.rethrow(), int);
}

TEST(FirstFailure, WithoutOneNothingIsThrown) {
    FirstFailure failure;
    int done = 0;
    failure.guard([&] { ++done; });
    EXPECT_NO_THROW(failure.rethrow());
    EXPECT_EQ(done, 1);
}

} // namespace
} // namespace basin
