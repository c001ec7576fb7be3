#include "results/cube/cube_layout.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <numeric>

namespace basin {

namespace {

std::uint64_t product(const std::vector<std::uint64_t>& factors) {
    return std::accumulate(factors.begin(), factors.end(), std::uint64_t{1}, std::multiplies<>());
}

CubeLayout layout_of(const std::vector<std::uint64_t>& sizes, std::uint64_t most) {
    CubeLayout layout;
    for (const std::uint64_t size : sizes)
        layout.dimensions.push_back({0, std::vector<Value>(size)});
    layout.chunk = chunk_shape(sizes, most);
    return layout;
}

} // namespace

TEST(ChunkShape, IsWholeAtTheEndOneAtTheStartAndSharedBetween) {
    EXPECT_EQ(chunk_shape({4, 5, 6}, 1000), (std::vector<std::uint64_t>{4, 5, 6}));
    EXPECT_EQ(chunk_shape({4, 5, 6}, 19), (std::vector<std::uint64_t>{1, 3, 6}));
    EXPECT_EQ(chunk_shape({4, 5, 6}, 1), (std::vector<std::uint64_t>{1, 1, 1}));
    EXPECT_TRUE(chunk_shape({}, 10).empty());
}

TEST(ChunkShape, CutsADimensionIntoPiecesAsEqualAsCanBe) {
    EXPECT_EQ(chunk_shape({10}, 9), (std::vector<std::uint64_t>{5}));
}

TEST(ChunkShape, NoRoomAtAllStillHoldsOneCombination) {
    EXPECT_EQ(chunk_shape({3, 3}, 0), (std::vector<std::uint64_t>{1, 1}));
}

RC_GTEST_PROP(Blocks, CoverEveryCombinationOnceInOrderAndFitTheRoom, ()) {
    const auto sizes = *rc::gen::resize(
        5, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(1, 9)));
    const auto most = *rc::gen::inRange<std::uint64_t>(1, 400);
    const CubeLayout layout = layout_of(sizes, most);

    std::uint64_t next = 0;
    for (std::uint64_t index = 0; index < layout.block_count(); ++index) {
        const Block block = layout.block(index);
        RC_ASSERT(block.first == next);
        RC_ASSERT(block.combinations == product(block.shape));
        RC_ASSERT(block.combinations <= most);
        next += block.combinations;
    }

    RC_ASSERT(next == product(sizes));
}

TEST(FlagWord, IsOneWordWhateverTheLabel) {
    EXPECT_EQ(flag_word("rectified_polynomial"), "rectified_polynomial");
    EXPECT_EQ(flag_word("/data/my file.npy"), "_data_my_file.npy");
    EXPECT_EQ(flag_word(""), "_");
}

} // namespace basin
