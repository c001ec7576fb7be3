// Whose fault failures of continuous networks are: by hand and by rule.

#include "models/continuous/canonical_setting.hpp"
#include "models/continuous/real_metrics.hpp"
#include "models/recall/recall.hpp"
#include "models/recall/setting_batch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "support/random_real.hpp"
#include "support/real_verdicts.hpp"

namespace basin {
namespace {

using namespace tests;

// By hand -----------------------------------------------------------------------------------------

RealPath ended(std::vector<double> state, Stop stop = Stop::fixed_point) {
    RealPath path;
    path.state = std::move(state);
    path.stop = stop;
    return path;
}

TEST(RealAttribution, EveryVerdict) {
    // M = 1: at the target within 0.01, the same end within 1e-3 in float32.
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, Rows(7, {1, 0}), {0, 0, 0, 0, 0, 0, 0});
    const Setting setting = softmax_setting(1.0, "dot", "float32");
    const auto own = std::vector{
        ended({1, 0}),
        ended({0.5, 0.5}),
        ended({0.995, 0}),
        ended({0.5, 0.5}),
        ended({0.5, 0.5}),
        ended({0, 1}),
        ended({1, 0}, Stop::undecided),
    };
    const auto reference = std::vector{
        ended({0.995, 0}),    ended({0.5, 0.5009}), ended({0.985, 0}), ended({1, 0}),
        ended({0.5, 0.5011}), ended({0.5, 0.5}),    ended({1, 0}),
    };
    const RealEvaluation sum = add_up(scene, setting, own, reference);
    EXPECT_TRUE(sum.attributed);
    const auto number = [&](Verdict v) { return sum.verdicts[static_cast<std::size_t>(v)]; };
    EXPECT_EQ(number(Verdict::ok), 1U);
    EXPECT_EQ(number(Verdict::capacity_failure), 1U);
    EXPECT_EQ(number(Verdict::lucky), 1U);
    EXPECT_EQ(number(Verdict::numerical_failure), 2U); // on the target by NaN is not recalled
    EXPECT_EQ(number(Verdict::mixed), 2U);
    EXPECT_EQ(sum.share(Verdict::mixed), 2.0 / 7);
    EXPECT_TRUE(std::isnan(add_up(scene, setting, own).share(Verdict::ok)));
    EXPECT_THROW(add_up(scene, setting, own, std::span(reference).first(6)), std::invalid_argument);
}

TEST(RealAttribution, TheRadiusOfOneEndGrowsWithTheRounding) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}});
    const auto radius = [&](const char* precision) {
        return same_end_radius(scene, softmax_setting(1.0, "dot", precision));
    };
    EXPECT_DOUBLE_EQ(radius("float64"), 1e-4); // as of one state
    EXPECT_DOUBLE_EQ(radius("float32"), 0.1);
    EXPECT_DOUBLE_EQ(radius("float16"), 400 / 2048.0);
    EXPECT_DOUBLE_EQ(radius("bfloat16"), 400 / 256.0);
}

TEST(RealAttribution, NaiveExponentialsLoseWhatTheMemoryKeeps) {
    // beta s = 100 at the memory, above the 88.7 whose exponential float holds.
    const RealScene scene = stored_scene_of({{10, 0}, {0, 10}, {-10, 0}});
    for (const auto precision : {"float32", "float16", "bfloat16"}) {
        Setting setting = softmax_setting(1.0, "dot", precision);
        EXPECT_EQ(value(outcome_of(scene, setting), "ok"), 1.0) << precision;
        setting.exponential = Choice<Exponentials>::of<NaiveExponential>();
        const Outcome naive = outcome_of(scene, setting);
        EXPECT_EQ(value(naive, "undecided_fraction"), 1.0) << precision;
        EXPECT_EQ(value(naive, "numerical_failure"), 1.0) << precision;
    }
    Setting wide = softmax_setting(1.0);
    wide.exponential = Choice<Exponentials>::of<NaiveExponential>();
    EXPECT_EQ(value(outcome_of(scene, wide), "ok"), 1.0);
    wide.beta = 8.0; // 800, above 709.8
    EXPECT_EQ(value(outcome_of(scene, wide), "numerical_failure"), 1.0);
}

TEST(RealAttribution, WhatAFormatCannotStoreIsLostByArithmetic) {
    // 7e4 is infinite in float16; in bfloat16 it has 8 bits, in float32 its square is a number.
    const RealScene scene = stored_scene_of({{7e4F, 0}, {0, 7e4F}});
    EXPECT_EQ(
        value(outcome_of(scene, softmax_setting(1e-6, "dot", "float16")), "numerical_failure"),
        1.0);
    EXPECT_EQ(value(outcome_of(scene, softmax_setting(1e-6, "dot", "bfloat16")), "ok"), 1.0);
    EXPECT_EQ(value(outcome_of(scene, softmax_setting(1e-6, "dot", "float32")), "ok"), 1.0);
    // Squares beyond float are infinite, and the largest of them is no number less itself.
    const RealScene large = stored_scene_of({{1e20F, 0}, {0, 1e20F}});
    EXPECT_EQ(value(outcome_of(large, softmax_setting(1.0, "dot", "float32")), "numerical_failure"),
              1.0);
    EXPECT_EQ(value(outcome_of(large, softmax_setting(1.0)), "ok"), 1.0);
}

TEST(RealAttribution, TheMeanOfAllMemoriesIsTheMemorysFault) {
    const RealScene scene = stored_scene_of({{3, 0.1F}, {0.2F, 3}, {-3, 0.3F}, {0.4F, -3}});
    for (const auto precision : {"float64", "float32", "float16", "bfloat16"})
        for (std::size_t e = 0; e < Exponentials::size; ++e) {
            Setting setting = softmax_setting(0.01, "dot", precision);
            setting.exponential = Choice<Exponentials>::at(e);
            EXPECT_EQ(value(outcome_of(scene, setting), "capacity_failure"), 1.0)
                << describe_real(setting);
        }
}

// By rule -----------------------------------------------------------------------------------------

TEST(RealAttribution, SharesAddUpAndAgreeWithTheReference) {
    Stream stream(key_of("real verdicts"), StreamRole::patterns);
    std::array<int, verdict_names.size()> met{};
    for (int draw = 0; draw < 400; ++draw) {
        const Setting setting = random_real_setting(stream);
        SceneSpec spec = random_real_spec(stream, takes_shares(setting), 8);
        if (draw % 4 == 0 && !takes_shares(setting)) // judged by the nearest memory
            spec.cues.corruption = Choice<Corruptions>::of<RandomStart>();
        const Scene scene = make_scene(spec, nullptr);
        Setting alone = setting;
        alone.attribution = Choice<Attributions>::of<AttributeNone>();
        const auto outcomes = recall(scene, std::vector{setting, reference_of(setting), alone});
        const Outcome& own = outcomes[0];
        ASSERT_EQ(own.status, Status::done) << own.message;
        double sum = 0.0;
        for (std::size_t v = 0; v < verdict_names.size(); ++v) {
            sum += value(own, verdict_names[v]);
            met[v] += value(own, verdict_names[v]) > 0.0;
            EXPECT_TRUE(std::isnan(value(outcomes[2], verdict_names[v])));
        }
        EXPECT_NEAR(sum, 1.0, 1e-12) << describe_real(setting);
        EXPECT_EQ(value(own, "ok") + value(own, "lucky"), value(own, "exact_recall"));
        EXPECT_EQ(value(own, "ok") + value(own, "numerical_failure"),
                  value(outcomes[1], "exact_recall"))
            << describe_real(setting);
        EXPECT_EQ(value(outcomes[1], "ok") + value(outcomes[1], "capacity_failure"), 1.0)
            << describe_real(setting);
        EXPECT_EQ(value(outcomes[2], "exact_recall"), value(own, "exact_recall"));
    }
    for (const std::size_t v : {0U, 1U, 2U, 4U})
        EXPECT_GT(met[v], 3) << verdict_names[v];
}

} // namespace
} // namespace basin
