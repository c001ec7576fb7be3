// The kernel against the oracle where half formats cannot count the units: overlaps, distances and
// N itself are rounded, arguments meet and steps differ from the exact ones in kind.

#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/reference/oracle.hpp"

#include <gtest/gtest.h>

#include <array>

#include "support/hand_setting.hpp"
#include "support/run_settings.hpp"
#include "support/scenes.hpp"
#include "support/voices.hpp"

namespace basin {
namespace {

void expect_equal(const Scene& scene, const Setting& setting, DecisionCounts& seen) {
    const Trajectory path = tests::run_alone(scene, setting, 0);
    const Trajectory truth = oracle_recall(scene, setting, 0);
    EXPECT_EQ(path, truth) << tests::describe(setting) << " N=" << scene.dimension()
                           << " K=" << scene.pattern_count();
    seen.numerical_flips += path.counts.numerical_flips;
    for (std::size_t f = 0; f < all_flags.size(); ++f)
        seen.flagged[f] += path.counts.flagged[f];
}

TEST(LargeKernel, EqualsTheOracleWhereHalfFormatsCannotCount) {
    constexpr std::array dimensions{257U, 259U, 300U, 515U};
    constexpr std::array vertices{1U, 2U, 3U, 4U, 10U};
    Stream stream(key_of("beyond 256 units"), StreamRole::patterns);
    DecisionCounts seen;
    for (int round = 0; round < 250; ++round) {
        Setting setting = contrastive_polynomial(vertices[stream.below(vertices.size())]);
        setting.interaction = Choice<Interactions>::at(stream.below(Interactions::size));
        setting.similarity = Choice<Similarities>::at(stream.below(Similarities::size));
        setting.formulation = Choice<Formulations>::at(stream.below(BipolarFormulations::size));
        setting.rule = Choice<Rules>::at(stream.below(Rules::size));
        setting.summation = Choice<Summations>::at(stream.below(Summations::size));
        setting.precision = stream.below(3) == 0 ? Choice<Precisions>::of<Float16>()
                                                 : Choice<Precisions>::of<BFloat16>();
        setting.tie = Choice<Ties>::at(stream.below(Ties::size));
        setting.max_sweeps = 2;
        if (not_applicable(setting)) continue;
        const Scene scene = tests::drawn_scene(stream, dimensions[stream.below(dimensions.size())],
                                               1 + static_cast<std::uint32_t>(stream.below(6)));
        expect_equal(scene, setting, seen);
        ASSERT_FALSE(HasFailure()) << "round " << round;
    }
    EXPECT_GT(seen.numerical_flips, 100U);
    for (std::size_t f = 0; f < all_flags.size(); ++f) {
        const bool wanted =
            (all_flags[f].mask & (flag::acc_stall | flag::arg_absorb | flag::absorb)) != 0;
        EXPECT_TRUE(!wanted || seen.flagged[f] > 1000) << all_flags[f].name;
    }
}

/// Steps that are 0 but for rounding outvote the memory that decides (standing_test.cpp).
TEST(LargeKernel, EqualsTheOracleWhereAZeroStepIsRoundedUp) {
    Setting setting = contrastive_polynomial(2);
    setting.similarity = Choice<Similarities>::of<ManhattanOverlap>();
    setting.precision = Choice<Precisions>::of<BFloat16>();
    setting.update = Choice<Updates>::of<OneShot>();
    std::vector<tests::Voice> voices(10, {0, true});
    voices.push_back({30, false});
    voices.push_back({-6, true});
    Stream stream(key_of("zero beside not zero"), StreamRole::patterns);
    const BitMatrix state = tests::random_rows(stream, 1, 515);
    DecisionCounts seen;

    expect_equal(tests::scene_of_voices(stream, state, 0, voices), setting, seen);

    EXPECT_GT(seen.numerical_flips, 0U);
}

} // namespace
} // namespace basin
