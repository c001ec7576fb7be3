// The fast continuous network against the slow obvious one, and against itself however its work is
// cut up.
//
// What rounding does to a path is not bounded: an iteration may pass by an unstable point, where
// any difference grows. So the oracle walks three times, the second and third time with every state
// disturbed by more than rounding can. Where its ends differ much the probe is left out; else the
// fast end must be within 20 such differences and the tolerance of a fixed point.

#include "models/continuous/real_network.hpp"
#include "models/continuous/real_oracle.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "support/random_setting.hpp"
#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

bool takes_shares(const Setting& setting) {
    return setting.real_similarity.visit([](auto s) { return s.shares; });
}

/// Similarities of both signs whose shares of a sum may be anything.
bool sums_may_cancel(const Setting& setting) {
    return setting.separation.visit([](auto s) { return s.needs_sign; }) &&
           setting.real_similarity.visit([](auto s) { return s.range != SignRange::positive; });
}

RealScene random_real_scene(Stream& stream, bool not_negative, std::uint32_t probe_count) {
    SceneSpec spec;
    const std::vector<std::string_view> sources{"uniform", "brightness", "gaussian",
                                                "random_bipolar"};
    const auto source = sources[stream.below(not_negative ? 2 : 4)];
    spec.patterns.source = Choice<PatternSources>::named(source).value();
    // A dark image of a few units may be all zero: no distribution.
    const std::uint32_t least = not_negative ? 10 : 1;
    spec.patterns.dimension = least + static_cast<std::uint32_t>(stream.below(51 - least));
    spec.patterns.pattern_count = 1 + static_cast<std::uint32_t>(stream.below(40));
    spec.patterns.key = key_of(fmt::format("patterns {}", stream.next()));
    spec.cues.key = key_of(fmt::format("cues {}", stream.next()));
    spec.cues.probe_count = probe_count;
    spec.cues.cue_level = 0.3;
    spec.cues.cue_noise = 0.3;
    spec.cues.cue_bound = Choice<CueBounds>::of<BoundReflect>();
    const bool gaussian = source == "gaussian" || source == "brightness";
    spec.cues.corruption = source == "random_bipolar" ? Choice<Corruptions>::of<FlipCorruption>()
                           : gaussian ? Choice<Corruptions>::of<GaussianCorruption>()
                                      : Choice<Corruptions>::of<MaskCorruption>();
    if (source == "gaussian") spec.cues.cue_bound = Choice<CueBounds>::of<BoundNone>();
    return drawn_scene(spec);
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

/// Divergences of a state and the memory it is almost are sums that cancel: of float, only noise is
/// left of them, and 2 / (1/D + 1/D') has a pole at D = -D'.
bool is_noise(const Setting& setting) {
    return setting.real_similarity.is<PublishedJensenShannon>() && !setting.precision.is<Float64>();
}

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

    EXPECT_EQ(std::isnan(fast.energy), std::isnan(truth.energy));
    if (!std::isnan(truth.energy)) {
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
    const bool leads = truth.sizes.largest > even * (1 + bounds.weight);
    if (leads && more.sizes.leader == less.sizes.leader) {
        EXPECT_EQ(fast.sizes.leader, truth.sizes.leader);
    }
    return tally;
}

constexpr std::uint32_t probes_each = 3;
constexpr int scenes_each = 5;

/// Random scenes of one similarity, one separation and one precision.
Tally compare(Setting setting, Stream& stream) {
    Tally tally;
    for (int draw = 0; draw < scenes_each; ++draw) {
        setting.beta = 0.01 * std::exp2(stream.uniform() * std::log2(1e4)); // 0.01 ... 100
        setting.interaction_parameters.vertex = 1 + static_cast<std::uint32_t>(stream.below(6));
        setting.similarity_delta = any_of(std::array{1.0, 0.1, 3.0}, stream);
        setting.max_iterations = 60;
        setting.fixed_steps = draw == 0 ? 1 + static_cast<std::uint32_t>(stream.below(3)) : 0;
        const RealScene scene = random_real_scene(stream, takes_shares(setting), probes_each);
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

TEST(RealNetwork, SoftmaxIsUniversalWithSoftmax) {
    Stream stream(key_of("two names"), StreamRole::patterns);
    const RealScene scene = random_real_scene(stream, false, 20);
    const auto one = paths_of(scene, softmax_setting(0.7));
    const auto other = paths_of(scene, universal_setting(0.7, "dot", "softmax"));
    for (std::size_t p = 0; p < one.size(); ++p)
        EXPECT_TRUE(same_bits(one[p], other[p]));
}

/// Settings of several groups, some of which share one.
std::vector<Setting> mixed_settings() {
    std::vector<Setting> settings;
    for (const auto precision : {"float64", "float32", "float16", "bfloat16"})
        for (const auto similarity : {"dot", "negative_squared_euclidean", "inverse_manhattan"})
            for (const auto separation : {"softmax", "sparsemax", "entmax15", "max"})
                for (const double beta : {0.3, 4.0})
                    settings.push_back(universal_setting(beta, similarity, separation, precision));
    for (Setting& setting : settings)
        setting.max_iterations = 40;
    return settings;
}

RealScene many_probes() {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<GaussianSource>();
    spec.patterns.dimension = 11;
    spec.patterns.pattern_count = 7;
    spec.patterns.key = key_of("memories of many probes");
    spec.cues.corruption = Choice<Corruptions>::of<GaussianCorruption>();
    spec.cues.cue_noise = 0.8;
    spec.cues.probe_count = 300; // more than walk abreast
    spec.cues.key = key_of("many probes");
    return drawn_scene(spec);
}

TEST(RealNetwork, RangesOfProbesDoNotMatter) {
    const RealScene scene = many_probes();
    ASSERT_GT(scene.cues.rows, queries_abreast(scene.memories().rows));
    const auto settings = mixed_settings();
    for (const RealGroup& group : group_real_settings(settings)) {
        const auto whole = walk(scene, group, 0, 300);
        for (const auto& [first, last] : {std::pair{0U, 1U}, {1U, 40U}, {17U, 33U}, {250U, 300U}}) {
            const auto part = walk(scene, group, first, last);
            for (std::size_t member = 0; member < part.size(); ++member)
                for (std::uint32_t p = first; p < last; ++p)
                    ASSERT_TRUE(same_bits(part[member][p - first], whole[member][p]))
                        << describe_real(group.settings[member]) << " probe " << p;
        }
    }
}

TEST(RealNetwork, CompanyInAGroupDoesNotMatter) {
    const RealScene scene = many_probes();
    const auto settings = mixed_settings();
    std::size_t seen = 0;
    for (const RealGroup& group : group_real_settings(settings)) {
        EXPECT_GT(group.members.size(), 1U);
        const auto together = walk(scene, group, 0, 40);
        for (std::size_t member = 0; member < group.settings.size(); ++member) {
            ++seen;
            EXPECT_EQ(group.settings[member], settings[group.members[member]]);
            const auto groups = group_real_settings(std::span(&group.settings[member], 1));
            const auto alone = walk(scene, groups.at(0), 0, 40).at(0);
            for (std::size_t p = 0; p < alone.size(); ++p)
                ASSERT_TRUE(same_bits(together[member][p], alone[p]))
                    << describe_real(group.settings[member]) << " probe " << p;
        }
    }
    EXPECT_EQ(seen, settings.size());
}

std::string digest_of(const std::vector<RealPath>& paths) {
    std::string text;
    for (const RealPath& path : paths) {
        for (const double x : path.state)
            text += fmt::format("{:x} ", std::bit_cast<std::uint64_t>(x));
        const double energy = std::isnan(path.energy) ? 0.0 : path.energy;
        text += fmt::format("{} {} {} {} {:x} {:x} {:x}\n", path.steps, path.sizes.k90,
                            path.sizes.support, path.sizes.leader,
                            std::bit_cast<std::uint64_t>(path.sizes.effective),
                            std::bit_cast<std::uint64_t>(path.sizes.participation),
                            std::bit_cast<std::uint64_t>(energy));
    }
    return to_string(key_of(text));
}

std::string digest_here() {
    const RealScene scene = many_probes();
    std::string digests;
    for (const Setting& setting : mixed_settings())
        digests += digest_of(paths_of(scene, setting));
    return to_string(key_of(digests));
}

/// A process has one path: what this very test says in one of its own.
std::string digest_on(SimdPath path) {
    const std::string command = fmt::format("BASIN_TELL_DIGEST=1 BASIN_SIMD={} '{}' "
                                            "--gtest_filter=RealNetwork.SameBitsOnEveryPath",
                                            name_of(path), testing::internal::GetArgvs().front());
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return "no process";
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        text += static_cast<char>(c);
    pclose(pipe);
    const std::string before = fmt::format("path {} digest ", name_of(path));
    const std::size_t at = text.find(before);
    return at == std::string::npos ? text : text.substr(at + before.size(), 32);
}

TEST(RealNetwork, SameBitsOnEveryPath) {
    const std::string own = digest_here();
    if (std::getenv("BASIN_TELL_DIGEST")) {
        std::printf("path %s digest %s\n", std::string(name_of(simd_path())).c_str(), own.c_str());
        return;
    }
    for (const SimdPath path : {SimdPath::baseline, SimdPath::avx2, SimdPath::avx512}) {
        if (path > offered_simd_path()) continue;
        EXPECT_EQ(digest_on(path), own) << name_of(path);
    }
}

// How a path ends ---------------------------------------------------------------------------------

TEST(RealNetwork, OneShotStopsAfterOneStep) {
    const RealScene scene = many_probes();
    Setting setting = softmax_setting(0.5);
    setting.update = Choice<Updates>::of<OneShot>();
    Setting steps = softmax_setting(0.5);
    steps.fixed_steps = 1;
    const auto one_shot = paths_of(scene, setting);
    const auto one_step = paths_of(scene, steps);
    for (std::size_t p = 0; p < one_shot.size(); ++p) {
        EXPECT_EQ(one_shot[p].steps, 1U);
        EXPECT_TRUE(same_bits(one_shot[p], one_step[p]));
    }
}

TEST(RealNetwork, FixedStepsGoOnBehindAFixedPoint) {
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    Setting setting = softmax_setting(50.0);
    setting.fixed_steps = 30;
    const auto paths = paths_of(scene, setting);
    EXPECT_EQ(paths[0].steps, 30U);
    EXPECT_EQ(paths[0].stop, Stop::fixed_point);
    setting.fixed_steps = 0;
    EXPECT_LT(paths_of(scene, setting)[0].steps, 30U);
}

TEST(RealNetwork, TheLimitOfStepsIsKept) {
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, {{0.9F, 0.2F}});
    Setting setting = softmax_setting(2.0); // the pitchfork: convergence slower than any power
    setting.max_iterations = 7;
    const auto paths = paths_of(scene, setting);
    EXPECT_EQ(paths[0].steps, 7U);
    EXPECT_EQ(paths[0].stop, Stop::max_sweeps);
}

TEST(RealNetwork, ALargerToleranceStopsEarlier) {
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, {{0.9F, 0.2F}});
    Setting setting = softmax_setting(1.0);
    const auto fine = paths_of(scene, setting)[0];
    setting.tolerance = 1e-3;
    const auto coarse = paths_of(scene, setting)[0];
    EXPECT_LT(coarse.steps, fine.steps);
    EXPECT_EQ(coarse.stop, Stop::fixed_point);
    EXPECT_EQ(tolerance_of(setting), 1e-3);
    EXPECT_EQ(tolerance_of(softmax_setting(1.0)), 1e-10);
    EXPECT_EQ(tolerance_of(softmax_setting(1.0, "dot", "float32")), 1e-5);
}

TEST(RealNetwork, ADivergentSumLeavesTheStateWhereItWas) {
    // Naive exponentials that all vanish: 0 / 0.
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, {{-0.5F, -0.5F}});
    Setting setting = softmax_setting(1e4);
    setting.exponential = Choice<Exponentials>::of<NaiveExponential>();
    const auto path = paths_of(scene, setting)[0];
    EXPECT_EQ(path.stop, Stop::undecided);
    EXPECT_EQ(path.state, (std::vector<double>{-0.5, -0.5}));
    EXPECT_EQ(path.sizes, WeightSizes{});
    EXPECT_EQ(path.counts.nans, 1U);
}

TEST(RealNetwork, PatienceEnds) {
    const RealScene scene = many_probes();
    const auto groups = group_real_settings(std::vector{softmax_setting(0.5)});
    EXPECT_THROW(walk(scene, groups[0], 0, 300, [] { return false; }), OutOfPatience);
}

} // namespace
} // namespace basin
