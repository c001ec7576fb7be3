#include "models/base/random.hpp"
#include "models/bipolar/evaluation/evaluation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "support/hand_scene.hpp"

namespace basin {
namespace {

BitMatrix random_rows(std::uint32_t rows, std::uint32_t columns, std::string_view name) {
    Stream stream(key_of(name), StreamRole::patterns);
    BitMatrix matrix(rows, columns);
    for (std::uint32_t r = 0; r < rows; ++r)
        fill_fair(stream, matrix.row(r), columns);
    return matrix;
}

/// The unit-wise majority of `voters`, each a memory (mu >= 0) or the negative of memory -1 - mu.
std::vector<Word> majority(const BitMatrix& memories, const std::vector<int>& voters) {
    std::vector<Word> state(memories.stride());
    for (std::size_t i = 0; i < memories.columns; ++i) {
        int votes = 0;
        for (const int voter : voters) {
            const bool negative = voter < 0;
            const auto mu = static_cast<std::size_t>(negative ? -1 - voter : voter);
            votes += bit_at(memories.row(mu), i) != negative ? 1 : -1;
        }
        set_bit(state, i, votes > 0);
    }
    return state;
}

std::vector<Word> with_flips(std::vector<Word> state, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        flip_bit(state, i);
    return state;
}

Attractor attractor(const BitMatrix& memories, const std::vector<Word>& state) {
    Surroundings around(memories);
    around.move_to(state);
    return around.attractor();
}

TEST(Attractors, MemoryItsNegativeAndItsNeighbourhood) {
    const BitMatrix memories = random_rows(2, 200, "two");

    EXPECT_EQ(attractor(memories, majority(memories, {1})), Attractor::memory);
    EXPECT_EQ(attractor(memories, majority(memories, {-2})), Attractor::inverted);
    EXPECT_EQ(attractor(memories, with_flips(majority(memories, {1}), 10)),
              Attractor::near_memory); // 5 % of the units
    EXPECT_EQ(attractor(memories, with_flips(majority(memories, {1}), 11)), Attractor::spurious);
}

TEST(Attractors, MixturesOfThreeFiveAndSeven) {
    const BitMatrix memories = random_rows(9, 501, "nine");

    EXPECT_EQ(attractor(memories, majority(memories, {0, 3, 5})), Attractor::mixture_3);
    EXPECT_EQ(attractor(memories, majority(memories, {0, 3, -6})), Attractor::mixture_3);
    EXPECT_EQ(attractor(memories, majority(memories, {-1, 1, 2, 4, 8})), Attractor::mixture_5);
    EXPECT_EQ(attractor(memories, majority(memories, {0, 1, 2, -4, 4, -6, 8})),
              Attractor::mixture_7);
}

TEST(Attractors, MixturesReachFivePercentOfTheUnits) {
    const BitMatrix memories = random_rows(3, 500, "three");
    const std::vector<Word> mixture = majority(memories, {0, 1, 2});

    EXPECT_EQ(attractor(memories, with_flips(mixture, 25)), Attractor::mixture_3);
    EXPECT_EQ(attractor(memories, with_flips(mixture, 26)), Attractor::spurious);
}

TEST(Attractors, AMemoryAtOverlapZeroIsInNoMixture) {
    // No unit is -1 in two of the memories, so their majority is the state; but the third one
    // agrees with it in exactly half of the units.
    const BitMatrix memories = rows_of({std::string(5, '-') + std::string(15, '+'),
                                        std::string(5, '+') + "-----" + std::string(10, '+'),
                                        std::string(10, '+') + std::string(10, '-')});

    EXPECT_EQ(attractor(memories, majority(memories, {0, 1, 2})), Attractor::spurious);
}

TEST(Attractors, NoFixedPointNoMemory) {
    const Scene scene = lone_memory(10, 0);
    const auto kind = [&](Stop stop) {
        Trajectory path;
        path.state = scene.memories.words;
        path.stop = stop;
        return classify(scene, path);
    };

    EXPECT_EQ(kind(Stop::fixed_point), Attractor::memory);
    EXPECT_EQ(kind(Stop::cycle2), Attractor::cycle);
    EXPECT_EQ(kind(Stop::cycle), Attractor::cycle);
    EXPECT_EQ(kind(Stop::undecided), Attractor::unconverged);
    EXPECT_EQ(kind(Stop::max_sweeps), Attractor::unconverged);
}

/// The decision procedure as it reads, on vectors of +1 and -1.
Attractor attractor_as_written(const std::vector<std::vector<int>>& memories,
                               const std::vector<int>& state) {
    const int dimension = static_cast<int>(state.size());
    std::vector<int> overlaps;
    for (const auto& memory : memories)
        overlaps.push_back(std::inner_product(memory.begin(), memory.end(), state.begin(), 0));
    const int largest = *std::max_element(overlaps.begin(), overlaps.end());
    if (largest == dimension) return Attractor::memory;
    if (*std::min_element(overlaps.begin(), overlaps.end()) == -dimension)
        return Attractor::inverted;
    if (10 * largest >= 9 * dimension) return Attractor::near_memory;

    std::vector<std::size_t> ranked(memories.size());
    std::iota(ranked.begin(), ranked.end(), std::size_t{0});
    std::stable_sort(ranked.begin(), ranked.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(overlaps[a]) > std::abs(overlaps[b]);
    });
    for (const std::size_t voters : {3U, 5U, 7U}) {
        if (voters > ranked.size() || overlaps[ranked[voters - 1]] == 0) break;
        int differing = 0;
        for (std::size_t i = 0; i < state.size(); ++i) {
            int sum = 0;
            for (std::size_t v = 0; v < voters; ++v)
                sum += (overlaps[ranked[v]] > 0 ? 1 : -1) * memories[ranked[v]][i];
            if ((sum > 0) != (state[i] > 0)) ++differing;
        }
        if (20 * differing <= dimension)
            return voters == 3   ? Attractor::mixture_3
                   : voters == 5 ? Attractor::mixture_5
                                 : Attractor::mixture_7;
    }
    return Attractor::spurious;
}

RC_GTEST_PROP(Attractors, FollowTheProcedureAsWritten, ()) {
    const auto dimension = *rc::gen::inRange<std::size_t>(1, 150);
    const auto count = *rc::gen::inRange<std::size_t>(1, 12);
    const auto spins = rc::gen::container<std::vector<int>>(dimension, rc::gen::element(-1, +1));
    const auto memories = *rc::gen::container<std::vector<std::vector<int>>>(count, spins);
    // A random mixture with a few flips meets all classes; a random state is almost always
    // spurious.
    const auto voters = *rc::gen::inRange<std::size_t>(1, 8);
    std::vector<int> state(dimension);
    for (std::size_t v = 0; v < voters; ++v) {
        const auto mu = *rc::gen::inRange<std::size_t>(0, count);
        const int sign = *rc::gen::element(-1, +1);
        for (std::size_t i = 0; i < dimension; ++i)
            state[i] += sign * memories[mu][i];
    }
    const auto noise = *spins;
    for (std::size_t i = 0; i < dimension; ++i)
        state[i] = state[i] == 0 ? noise[i] : (state[i] > 0 ? 1 : -1);
    const auto flips = *rc::gen::inRange<std::size_t>(0, dimension / 10 + 1);
    for (std::size_t i = 0; i < flips; ++i)
        state[i] = -state[i];

    BitMatrix rows(count, dimension);
    BitMatrix bits(1, dimension);
    for (std::size_t i = 0; i < dimension; ++i) {
        set_bit(bits.row(0), i, state[i] > 0);
        for (std::size_t mu = 0; mu < count; ++mu)
            set_bit(rows.row(mu), i, memories[mu][i] > 0);
    }
    const Attractor kind = attractor(rows, bits.words);

    RC_TAG(static_cast<int>(kind));
    RC_ASSERT(kind == attractor_as_written(memories, state));
}

} // namespace
} // namespace basin
