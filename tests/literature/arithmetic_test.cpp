// Where number formats fail: N = 100, K = 20 random memories, rectified polynomial, cues with 10
// flipped units, one synchronous step. A flipped cue has h = 80 with its memory, so its own terms
// are 82^n - 80^n and 80^n - 78^n.
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace basin {
namespace {

class FlippedTenth : public ::testing::Test {
protected:
    FlippedTenth() {
        SceneSpec spec;
        spec.patterns.dimension = 100;
        spec.patterns.pattern_count = 20;
        spec.patterns.key = key_of("patterns of the arithmetic test");
        spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
        spec.cues.cue_level = 0.1;
        spec.cues.probe_count = 20;
        spec.cues.key = key_of("cues of the arithmetic test");
        scene_ = make_scene(spec, nullptr);
    }

    Outcome outcome(std::string_view formulation, std::string_view precision,
                    std::uint32_t vertex) const {
        Setting setting;
        setting.formulation = *Choice<Formulations>::named(formulation);
        setting.precision = *Choice<Precisions>::named(precision);
        setting.interaction_parameters.vertex = vertex;
        setting.update = Choice<Updates>::of<OneShot>();
        return recall(scene_, std::vector{setting}).front();
    }

    void expect_recalled(std::string_view formulation, std::string_view precision,
                         std::uint32_t vertex) const {
        const Outcome result = outcome(formulation, precision, vertex);
        EXPECT_EQ(value(result, "exact_recall"), 1.0) << formulation << " n = " << vertex;
        EXPECT_EQ(value(result, "num_nan"), 0.0) << formulation << " n = " << vertex;
    }

    /// Not one decision was made for the reason `share` measures: the cues stayed as they were.
    void expect_stuck(std::string_view formulation, std::string_view precision,
                      std::uint32_t vertex, std::string_view share) const {
        const Outcome result = outcome(formulation, precision, vertex);
        EXPECT_EQ(value(result, share), 1.0) << formulation << " n = " << vertex;
        EXPECT_EQ(value(result, "exact_recall"), 0.0) << formulation << " n = " << vertex;
        EXPECT_EQ(value(result, "recall_error"), 0.1) << formulation << " n = " << vertex;
    }

    static double value(const Outcome& result, std::string_view metric) {
        return result.values.at(metric_index(metric));
    }

private:
    Scene scene_;
};

TEST_F(FlippedTenth, OriginalInSingleRecallsUntilItsPowersOverflow) {
    for (const std::uint32_t vertex : {5U, 10U, 15U, 20U}) // 82^20 < 3.4e38
        expect_recalled("original", "float32", vertex);
    for (const std::uint32_t vertex : {21U, 25U}) // 78^21 > 3.4e38
        expect_stuck("original", "float32", vertex, "num_nan");
    EXPECT_TRUE(outcome("original", "float32", 25).flags & flag::nan_inf_minus_inf);
}

TEST_F(FlippedTenth, OriginalInDoubleRecallsEightTimesFurther) {
    for (const std::uint32_t vertex : {5U, 25U, 160U}) // 82^160 < 1.8e308
        expect_recalled("original", "float64", vertex);
    expect_stuck("original", "float64", 200, "num_nan");
}

TEST_F(FlippedTenth, NormalizedInSingleRecallsUntilItsPowersVanish) {
    for (const std::uint32_t vertex : {5U, 20U, 25U, 100U, 400U})
        expect_recalled("normalized", "float32", vertex);
    expect_stuck("normalized", "float32", 1000, "all_zero_fraction"); // 0.82^1000 = 1e-86
    EXPECT_TRUE(outcome("normalized", "float32", 1000).flags & flag::all_zero);
}

TEST_F(FlippedTenth, NormalizedInDoubleStillRecallsAtVertexThousand) {
    expect_recalled("normalized", "float64", 1000);
}

TEST_F(FlippedTenth, AtVertexTwoCapacityFailsNotArithmetic) {
    const double original = value(outcome("original", "float32", 2), "exact_recall");
    const double normalized = value(outcome("normalized", "float32", 2), "exact_recall");

    EXPECT_EQ(original, normalized);
    EXPECT_GT(original, 0.0);
    EXPECT_LT(original, 1.0); // K = 20 exceeds the 11 memories that N = 100 holds without error
}

} // namespace
} // namespace basin
