// Saddle-nodes of many patterns.

#include <gtest/gtest.h>

#include "literature/saddle_node.hpp"

namespace basin {
namespace {

TEST(SaddleNodeLong, OfAThousandOrthonormalPatterns) {
    tests::expect_saddle_node({1000, 10.11074, 0.88884});
}

} // namespace
} // namespace basin
