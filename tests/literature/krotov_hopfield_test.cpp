// Krotov & Hopfield 2016, section 2 (unit errors near capacity) and section 3 (XOR), on the
// kernels.
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "models/theory/capacity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/hand_scene.hpp"

namespace basin {
namespace {

Setting dense(std::string_view interaction, std::uint32_t vertex) {
    Setting setting;
    setting.interaction = *Choice<Interactions>::named(interaction);
    setting.interaction_parameters.vertex = vertex;
    return setting;
}

double value(const Outcome& result, std::string_view metric) {
    return result.values.at(metric_index(metric));
}

/// The truth table of XOR as memories (x, y, z), started from all eight states. Every memory has
/// xyz = -1, so the network works if any two units give the third.
std::vector<Outcome> recall_xor(const std::vector<Setting>& settings) {
    const std::vector<std::string> states{"---", "--+", "-+-", "-++", "+--", "+-+", "++-", "+++"};
    const Scene scene = hand_scene(rows_of({"---", "-++", "+-+", "++-"}), rows_of(states),
                                   std::vector<std::int32_t>(states.size(), -1));
    return recall(scene, settings);
}

TEST(KrotovHopfield2016Xor, LowAndEvenDegreesDecideNothing) {
    std::vector<Setting> settings;
    for (const std::uint32_t vertex : {1U, 2U, 4U, 6U})
        settings.push_back(dense("polynomial", vertex));

    for (const Outcome& result : recall_xor(settings))
        EXPECT_EQ(value(result, "tie_fraction"), 1.0);
}

TEST(KrotovHopfield2016Xor, OddDegreesFromThreeAndRectifiedOnesFromTwoComputeIt) {
    std::vector<Setting> settings;
    for (const std::uint32_t vertex : {3U, 5U, 7U})
        settings.push_back(dense("polynomial", vertex));
    for (const std::uint32_t vertex : {2U, 3U, 4U, 5U, 10U})
        settings.push_back(dense("rectified_polynomial", vertex));

    for (const Outcome& result : recall_xor(settings)) {
        EXPECT_EQ(value(result, "memory_count"), 8);
        EXPECT_EQ(value(result, "tie_fraction"), 0.0);
    }
}

/// Units err together within a draw of memories, so many draws and some cues of each tell more than
/// all cues of a few.
struct Load {
    std::string_view interaction;
    std::uint32_t vertex;
    std::uint32_t pattern_count;
    std::uint32_t probe_count;
    std::uint32_t scenes;
};

std::ostream& operator<<(std::ostream& out, const Load& load) {
    return out << load.interaction << " n = " << load.vertex << " K = " << load.pattern_count;
}

class UnitErrors : public ::testing::TestWithParam<Load> {};

TEST_P(UnitErrors, FollowTheGaussianPictureAtThisSize) {
    const auto [interaction, vertex, pattern_count, probe_count, scenes] = GetParam();
    constexpr std::uint32_t dimension = 100;
    Setting setting = dense(interaction, vertex);
    setting.update = Choice<Updates>::of<OneShot>();
    SceneSpec spec;
    spec.patterns.dimension = dimension;
    spec.patterns.pattern_count = pattern_count;
    spec.cues.probe_count = probe_count;

    double sum = 0.0;
    double sum_of_squares = 0.0;
    for (std::uint32_t s = 0; s < scenes; ++s) {
        spec.patterns.key = key_of("unit errors " + std::to_string(s));
        spec.cues.key = spec.patterns.key;
        const Scene scene = make_scene(spec, nullptr);
        const double error = value(recall(scene, std::vector{setting}).front(), "recall_error");
        sum += error;
        sum_of_squares += error * error;
    }

    const double count = scenes;
    const double mean = sum / count;
    const double standard_error = std::sqrt((sum_of_squares / count - mean * mean) / (count - 1.0));
    const UnitNoise noise =
        exact_unit_noise(dimension, setting.interaction, setting.interaction_parameters);
    const double expected = unit_error_probability(noise, pattern_count - 1.0);
    RecordProperty("measured", std::to_string(mean));
    RecordProperty("expected", std::to_string(expected));
    // Three standard errors between draws of memories, and 8 % for tails that are not Gaussian.
    EXPECT_NEAR(mean, expected, 3.0 * standard_error + 0.08 * expected);
    // The tolerance must not swallow the factor 1.25 between this size and the asymptotic formula.
    EXPECT_LT(standard_error, 0.04 * expected);
}

INSTANTIATE_TEST_SUITE_P(KrotovHopfield2016, UnitErrors,
                         ::testing::Values(Load{"polynomial", 2, 15, 15, 400},
                                           Load{"polynomial", 3, 502, 50, 100},
                                           Load{"rectified_polynomial", 3, 1005, 50, 100}));

} // namespace
} // namespace basin
