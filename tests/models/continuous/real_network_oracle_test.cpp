// The fast continuous network against the slow obvious one.
//
// What rounding does to a path is not bounded: an iteration may pass by an unstable point, where
// any difference grows. So the oracle walks three times, the second and third time with every state
// disturbed by more than rounding can. Where its ends differ much the probe is left out; else the
// fast end must be within 20 such differences and the tolerance of a fixed point.

#include "models/continuous/real_network.hpp"
#include "models/reference/real_oracle.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "support/random_real.hpp"
#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

/// Similarities of both signs whose shares of a sum may be anything.
bool sums_may_cancel(const Setting& setting) {
    return setting.separation.visit([](auto s) { return s.needs_sign; }) &&
           setting.real_similarity.visit([](auto s) { return s.range != SignRange::positive; });
}

double length_of(const std::vector<double>& v) {
    double square = 0.0;
    for (const double x : v)
        square += x * x;
    return std::sqrt(square);
}

double distance_of(const RealPath& a, const RealPath& b) {
    double square = 0.0;
    for (std::size_t i = 0; i < a.state.size(); ++i)
        square += (a.state[i] - b.state[i]) * (a.state[i] - b.state[i]);
    return std::sqrt(square);
}

/// What a precision is held to.
struct Bounds {
    double disturbance; ///< of the oracle, relative: more than N = 50 rounded terms are off
    double end;         ///< of 1 + |x|: 10 tolerances of a fixed point, or 3 last places of a half
    double robust;      ///< of 1 + |x|: ends that differ by more tell nothing
    double weight;      ///< of weights where ends agree
};

Bounds bounds_of(Choice<Precisions> precision) {
    if (precision.is<Float64>()) return {1e-14, 1e-9, 1e-8, 1e-7};
    if (precision.is<Float32>()) return {1e-6, 1e-4, 1e-3, 1e-2};
    const double last_place = std::ldexp(1.0, -format_of(precision).significand_bits);
    return {1e-6, 3 * last_place, 3 * last_place, 1e-2};
}

struct Tally {
    int probes = 0;
    int robust = 0;
    int same_steps = 0;
    Tally& operator+=(const Tally& other) {
        probes += other.probes;
        robust += other.robust;
        same_steps += other.same_steps;
        return *this;
    }
};

/// Compares one probe's path with the oracle's.
Tally expect_close(const RealScene& scene, const Setting& setting, std::uint32_t probe,
                   const RealPath& fast) {
    const Bounds bounds = bounds_of(setting.precision);
    const RealPath truth = real_oracle(scene, setting, probe);
    const RealPath more = real_oracle(scene, setting, probe, bounds.disturbance);
    const RealPath less = real_oracle(scene, setting, probe, -bounds.disturbance);
    const double scale = 1 + length_of(truth.state);
    const double spread = std::max(distance_of(truth, more), distance_of(truth, less));
    const auto agreed = [&](auto member) {
        return truth.*member == more.*member && truth.*member == less.*member;
    };
    Tally tally{1, 0, 0};
    if (!agreed(&RealPath::stop) || !(20 * spread <= bounds.robust * scale)) return tally;
    if (truth.counts.flags != more.counts.flags || truth.counts.flags != less.counts.flags)
        return tally; // near the end of a range
    tally.robust = 1;

    EXPECT_EQ(fast.stop, truth.stop);
    EXPECT_LE(distance_of(fast, truth), bounds.end * scale + 20 * spread);
    EXPECT_EQ(fast.counts.flags, truth.counts.flags);
    EXPECT_EQ(fast.counts.decisions, fast.steps);
    tally.same_steps = fast.steps == truth.steps;
    if (agreed(&RealPath::steps) && setting.precision.is<Float64>()) {
        EXPECT_EQ(fast.steps, truth.steps);
    }
    if (tally.same_steps) {
        EXPECT_EQ(fast.counts.flagged, truth.counts.flagged);
        EXPECT_EQ(fast.counts.nans, truth.counts.nans);
        EXPECT_EQ(fast.counts.overflows, truth.counts.overflows);
    }

    // Where naive exponentials leave the numbers, so does the partition.
    const bool has_partition =
        truth.stop != Stop::undecided && !(truth.counts.flags & flag::any_overflow);
    if (has_partition) {
        EXPECT_EQ(std::isnan(fast.energy), std::isnan(truth.energy));
    }
    if (has_partition && !std::isnan(truth.energy)) {
        // Energies lie between 0 and 2 M^2, or are squared distances.
        double square = 1.0;
        for (std::size_t m = 0; m < scene.memories().rows; ++m)
            for (const float z : scene.memories().row(m))
                square += double{z} * z;
        EXPECT_NEAR(fast.energy, truth.energy, 4 * (bounds.end + 20 * spread / scale) * square);
        EXPECT_EQ(fast.energy_rises, 0U);
        EXPECT_EQ(truth.energy_rises, 0U);
    }

    // Weights: those of a state one step before the end, where a half's last place is much.
    if (fast.state != truth.state && bounds.end > 1e-4) return tally;
    if (distance_of(fast, truth) > bounds.end / 100 * scale || !tally.same_steps) return tally;
    EXPECT_NEAR(fast.sizes.largest, truth.sizes.largest, bounds.weight * (1 + truth.sizes.largest));
    EXPECT_NEAR(fast.sizes.effective, truth.sizes.effective,
                10 * bounds.weight * (1 + truth.sizes.effective));
    EXPECT_NEAR(fast.sizes.participation, truth.sizes.participation,
                10 * bounds.weight * (1 + truth.sizes.participation));
    if (more.sizes.k90 == less.sizes.k90) {
        EXPECT_EQ(fast.sizes.k90, truth.sizes.k90);
    }
    if (more.sizes.support == less.sizes.support) {
        EXPECT_EQ(fast.sizes.support, truth.sizes.support);
    }
    const auto even = 1 / static_cast<double>(scene.memories().rows);
    if (more.sizes.ties == less.sizes.ties && more.sizes.target_ties == less.sizes.target_ties) {
        EXPECT_EQ(fast.sizes.ties, truth.sizes.ties);
        EXPECT_EQ(fast.sizes.target_ties, truth.sizes.target_ties);
    }
    const bool leads = truth.sizes.largest > even * (1 + bounds.weight);
    if (leads && more.sizes.leader == less.sizes.leader) {
        EXPECT_EQ(fast.sizes.leader, truth.sizes.leader);
    }
    return tally;
}

constexpr std::uint32_t probes_each = 3;
constexpr int scenes_each = 5;

/// Moves every number off the ones that float32 holds.
void put_beside_float32(RealScene& scene) {
    for (RealMatrix* matrix : {&scene.patterns.memories, &scene.cues}) {
        std::vector<double> numbers(matrix->values.begin(), matrix->values.end());
        for (double& x : numbers)
            x *= 1 + 0x1.5p-27;
        *matrix = real_matrix(matrix->rows, matrix->columns, std::move(numbers));
    }
    measure_memories(scene);
}

/// Random scenes of one similarity, one separation and one precision.
Tally compare(Setting setting, Stream& stream) {
    Tally tally;
    for (int draw = 0; draw < scenes_each; ++draw) {
        setting.beta = 0.01 * std::exp2(stream.uniform() * std::log2(1e4)); // 0.01 ... 100
        setting.interaction_parameters.vertex = 1 + static_cast<std::uint32_t>(stream.below(6));
        setting.similarity_delta = any_of(std::array{1.0, 0.1, 3.0}, stream);
        setting.exponential = any<Exponentials>(stream);
        setting.max_iterations = 60;
        setting.fixed_steps = draw == 0 ? 1 + static_cast<std::uint32_t>(stream.below(3)) : 0;
        RealScene scene = random_real_scene(stream, takes_shares(setting), probes_each);
        if (draw == 1) put_beside_float32(scene);
        SCOPED_TRACE(describe_real(setting) + fmt::format(" K={} N={} draw={}",
                                                          scene.memories().rows,
                                                          scene.memories().columns, draw));
        const auto paths = paths_of(scene, setting);
        for (std::uint32_t probe = 0; probe < probes_each; ++probe)
            tally += expect_close(scene, setting, probe, paths[probe]);
    }
    return tally;
}

class RealNetworkOf : public testing::TestWithParam<std::string_view> {};

TEST_P(RealNetworkOf, EqualsTheOracle) {
    const std::string_view precision = GetParam();
    Tally steady;
    Stream stream(key_of("real network"), StreamRole::patterns);
    for (std::size_t i = 0; i < RealSimilarities::size; ++i)
        for (std::size_t j = 0; j < Separations::size; ++j) {
            const Setting setting = universal_setting(1.0, RealSimilarities::names[i],
                                                      Separations::names[j], precision);
            if (not_applicable(setting) || is_noise(setting)) continue;
            const Tally tally = compare(setting, stream);
            if (!sums_may_cancel(setting)) steady += tally;
            if (HasFailure()) return;
        }
    // Most probes are to be compared, or this test says little.
    const bool is_half = precision == "float16" || precision == "bfloat16";
    EXPECT_GE(steady.robust, steady.probes * (is_half ? 85 : 95) / 100);
    EXPECT_GE(steady.same_steps, steady.robust * 95 / 100);
}

INSTANTIATE_TEST_SUITE_P(Precision, RealNetworkOf,
                         testing::Values("float64", "float32", "float16", "bfloat16"),
                         [](const auto& tested) { return std::string(tested.param); });

} // namespace
} // namespace basin
