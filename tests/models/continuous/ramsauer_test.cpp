// What is proven of continuous networks: energies that do not rise, and the errors of Ramsauer et
// al. 2020 (arXiv 2008.02217). Notation of the paper: N patterns x_i, M the largest |x_i|, Delta_i
// the separation x_i.x_i - max_j x_i.x_j, f one update, x_i* the fixed point near x_i.

#include "models/continuous/nearest.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/random_setting.hpp"
#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

RealScene random_real_scene(Stream& stream, std::uint32_t probe_count) {
    SceneSpec spec;
    spec.patterns.source =
        Choice<PatternSources>::named(
            any_of(std::array<std::string_view, 4>{"gaussian", "uniform", "sphere", "brightness"},
                   stream))
            .value();
    spec.patterns.dimension = 2 + static_cast<std::uint32_t>(stream.below(40));
    spec.patterns.pattern_count = 1 + static_cast<std::uint32_t>(stream.below(30));
    spec.patterns.key = key_of(fmt::format("patterns {}", stream.next()));
    spec.cues.corruption = Choice<Corruptions>::of<GaussianCorruption>();
    spec.cues.cue_noise = 0.5 * stream.uniform();
    spec.cues.probe_count = probe_count;
    spec.cues.key = key_of(fmt::format("cues {}", stream.next()));
    return drawn_scene(spec);
}

// Energies ----------------------------------------------------------------------------------------

class EnergyOf : public testing::TestWithParam<std::string_view> {};

TEST_P(EnergyOf, NeverRisesBeyondRounding) {
    Stream stream(key_of("energies"), StreamRole::patterns);
    std::uint64_t steps = 0;
    for (int round = 0; round < 800; ++round) {
        const RealScene scene = random_real_scene(stream, 20);
        const double beta = std::exp2(10 * stream.uniform() - 4);
        for (const auto similarity : {"dot", "negative_squared_euclidean"}) {
            Setting setting = softmax_setting(beta, similarity, GetParam());
            setting.max_iterations = 100;
            for (const RealPath& path : paths_of(scene, setting)) {
                ASSERT_EQ(path.energy_rises, 0U) << describe_real(setting) << " round " << round;
                ASSERT_FALSE(std::isnan(path.energy));
                steps += path.steps;
            }
        }
    }
    EXPECT_GT(steps, 10000U);
}

INSTANTIATE_TEST_SUITE_P(Precision, EnergyOf,
                         testing::Values("float64", "float32", "float16", "bfloat16"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(Energy, FallsStepByStep) {
    // The counter above is the network's own; here energies of every step are compared.
    Stream stream(key_of("falls"), StreamRole::patterns);
    for (int round = 0; round < 30; ++round) {
        const RealScene scene = random_real_scene(stream, 8);
        const double square = std::pow(scene.longest, 2);
        for (const auto similarity : {"dot", "negative_squared_euclidean"}) {
            Setting setting = softmax_setting(std::exp2(6 * stream.uniform() - 2), similarity);
            std::vector<double> before(8, std::numeric_limits<double>::infinity());
            for (setting.fixed_steps = 1; setting.fixed_steps < 12; ++setting.fixed_steps) {
                const auto paths = paths_of(scene, setting);
                for (std::size_t p = 0; p < paths.size(); ++p) {
                    EXPECT_LE(paths[p].energy, before[p] + 1e-12 * (1 + square));
                    before[p] = paths[p].energy;
                }
            }
        }
    }
}

TEST(Energy, LiesBetweenZeroAndTwiceTheSquaredLength) {
    // Theorem 1 and lemma A1: of states in the convex hull of the patterns, as all but cues are.
    Stream stream(key_of("bounds of energy"), StreamRole::patterns);
    for (int round = 0; round < 50; ++round) {
        const RealScene scene = random_real_scene(stream, 5);
        Setting setting = softmax_setting(std::exp2(8 * stream.uniform() - 4));
        setting.fixed_steps = 3;
        const double square = std::pow(scene.longest, 2);
        for (const RealPath& path : paths_of(scene, setting)) {
            EXPECT_GE(path.energy, -1e-12 * square);
            EXPECT_LE(path.energy, 2 * square * (1 + 1e-12));
        }
    }
}

TEST(Energy, IsKnownOfSoftmaxOnDotAndSquaredDistanceAlone) {
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    for (const auto similarity : RealSimilarities::names)
        for (const auto separation : Separations::names) {
            const Setting setting = universal_setting(1.0, similarity, separation);
            if (not_applicable(setting)) continue;
            const bool is_known =
                separation == "softmax" &&
                (similarity == "dot" || similarity == "negative_squared_euclidean");
            EXPECT_EQ(!std::isnan(paths_of(scene, setting)[0].energy), is_known)
                << describe_real(setting);
        }
}

TEST(Energy, ByHand) {
    // x = (1, 0): Z = e^beta + 1; E = -ln Z / beta + 1/2 + ln 2 / beta + 1/2.
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, {{1, 0}});
    Setting setting = softmax_setting(3.0);
    setting.fixed_steps = 1;
    EXPECT_NEAR(paths_of(scene, setting)[0].energy,
                1 + (std::log(2.0) - std::log(std::exp(3.0) + 1)) / 3, 1e-15);
    // Squared distances 0 and 2: Z = 1 + e^-6.
    setting.real_similarity = Choice<RealSimilarities>::of<RealNegativeSquaredEuclidean>();
    EXPECT_NEAR(paths_of(scene, setting)[0].energy, -std::log(1 + std::exp(-6.0)) / 3, 1e-16);
}

// Retrieval ---------------------------------------------------------------------------------------

double distance_to(const std::vector<double>& state, std::span<const float> memory) {
    double square = 0.0;
    for (std::size_t i = 0; i < memory.size(); ++i)
        square += (state[i] - memory[i]) * (state[i] - memory[i]);
    return std::sqrt(square);
}

double distance_to(const std::vector<double>& a, const std::vector<double>& b) {
    double square = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        square += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(square);
}

/// A pattern that is shown with noise, and what becomes of it.
struct Retrieval {
    double count = 0;      ///< N
    double length = 0;     ///< M
    double separation = 0; ///< Delta_i
    double beta = 0;
    double cue_off = 0;       ///< |xi - x_i|
    double once_off = 0;      ///< |f(xi) - x_i|
    double once_to_fixed = 0; ///< |f(xi) - x_i*|
    double cue_to_fixed = 0;  ///< |xi - x_i*|
    double fixed_off = 0;     ///< |x_i* - x_i|

    /// Eq. 8 of the paper: then the sphere of radius 1 / (beta N M) has one fixed point.
    bool is_well_separated() const {
        return separation >= 2 / (beta * count) +
                                 std::log(2 * (count - 1) * count * beta * length * length) / beta;
    }
    double sphere() const { return 1 / (beta * count * length); }
    /// exp(-beta (Delta_i - 2 max{|xi - x_i|, |x_i* - x_i|} M))
    double smallness() const {
        return std::exp(-beta * (separation - 2 * std::max(cue_off, fixed_off) * length));
    }
};

/// The first pattern of each of many random scenes, shown `off` spheres away from itself.
std::vector<Retrieval> retrievals(double off) {
    Stream stream(key_of("retrievals"), StreamRole::patterns);
    std::vector<Retrieval> all;
    for (int round = 0; round < 400; ++round) {
        RealScene scene = random_real_scene(stream, 1);
        const RealMatrix& memories = scene.memories();
        if (memories.rows < 2) continue;
        Retrieval one;
        one.count = static_cast<double>(memories.rows);
        one.length = scene.longest;
        one.beta = std::exp2(12 * stream.uniform() - 2);
        const auto own = memories.row(0);
        double nearest = -std::numeric_limits<double>::infinity();
        for (std::size_t j = 1; j < memories.rows; ++j)
            nearest = std::max(
                nearest, std::inner_product(own.begin(), own.end(), memories.row(j).begin(), 0.0));
        one.separation = std::inner_product(own.begin(), own.end(), own.begin(), 0.0) - nearest;

        std::vector<double> along(own.size());
        double square = 0.0;
        for (double& x : along)
            x = stream.uniform() - 0.5, square += x * x;
        for (std::size_t i = 0; i < own.size(); ++i)
            scene.cues.row(0)[i] =
                static_cast<float>(own[i] + off * one.sphere() * along[i] / std::sqrt(square));
        const std::vector<double> cue(scene.cues.row(0).begin(), scene.cues.row(0).end());
        one.cue_off = distance_to(cue, own);

        Setting setting = softmax_setting(one.beta);
        setting.tolerance = 1e-14;
        const std::vector<double> fixed = paths_of(scene, setting)[0].state;
        setting.fixed_steps = 1;
        const std::vector<double> once = paths_of(scene, setting)[0].state;
        one.once_off = distance_to(once, own);
        one.once_to_fixed = distance_to(once, fixed);
        one.cue_to_fixed = distance_to(cue, fixed);
        one.fixed_off = distance_to(fixed, own);
        all.push_back(one);
    }
    return all;
}

/// What rounding adds to a state, in lengths.
constexpr double rounding = 1e-13;

TEST(Ramsauer2020, Theorem4OneUpdateComesExponentiallyNear) {
    // |f(xi) - x_i*| <= 2 beta N M^2 (N - 1) exp(...) |xi - x_i*|, xi in the sphere of x_i.
    int met = 0;
    int telling = 0;
    for (const double off : {0.99, 0.5, 0.1})
        for (const Retrieval& r : retrievals(off)) {
            if (!r.is_well_separated() || r.cue_off > r.sphere()) continue;
            ++met;
            const double jacobian =
                2 * r.beta * r.count * r.length * r.length * (r.count - 1) * r.smallness();
            const double bound = jacobian * r.cue_to_fixed;
            if (r.once_to_fixed > rounding * r.length) ++telling;
            EXPECT_LE(r.once_to_fixed, bound + rounding * r.length);
            EXPECT_LE(r.fixed_off, r.sphere() + rounding * r.length) << "x_i* is in the sphere";
        }
    EXPECT_GT(met, 200);
    EXPECT_GT(telling, 50); // where it is not all below rounding
}

TEST(Ramsauer2020, Theorem5OneUpdatesErrorIsExponentiallySmall) {
    // |f(xi) - x_i| <= 2 (N - 1) exp(...) M: of any xi.
    int telling = 0;
    for (const double off : {0.0, 0.3, 1.0, 10.0, 100.0})
        for (const Retrieval& r : retrievals(off)) {
            const double bound = 2 * (r.count - 1) * r.smallness() * r.length;
            if (bound < 2 * r.length && r.once_off > rounding * r.length) ++telling;
            EXPECT_LE(r.once_off, bound + rounding * r.length);
        }
    EXPECT_GT(telling, 100);
}

TEST(Ramsauer2020, Theorem5TheFixedPointIsExponentiallyNear) {
    // |x_i - x_i*| <= 2 e (N - 1) M exp(-beta Delta_i) where |x_i - x_i*| and |x_i - xi| are at
    // most 1 / (2 beta M).
    int met = 0;
    int telling = 0;
    for (const double off : {0.0, 0.3, 1.0})
        for (const Retrieval& r : retrievals(off)) {
            const double near = 1 / (2 * r.beta * r.length);
            if (r.fixed_off > near || r.cue_off > near) continue;
            ++met;
            if (r.fixed_off > rounding * r.length) ++telling;
            EXPECT_LE(r.fixed_off, 2 * std::exp(1.0) * (r.count - 1) * r.length *
                                           std::exp(-r.beta * r.separation) +
                                       rounding * r.length);
        }
    EXPECT_GT(met, 200);
    EXPECT_GT(telling, 50);
}

} // namespace
} // namespace basin
