// The continuous network against itself however its work is cut up, and how its paths end.

#include "models/continuous/real_network.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

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

TEST(RealNetwork, SoftmaxIsUniversalWithSoftmax) {
    const RealScene scene = many_probes();
    const auto one = paths_of(scene, softmax_setting(0.7));
    const auto other = paths_of(scene, universal_setting(0.7, "dot", "softmax"));
    for (std::size_t p = 0; p < one.size(); ++p)
        EXPECT_TRUE(same_bits(one[p], other[p]));
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

TEST(RealNetwork, UndefinedWeightsLeaveTheStateWhereItWas) {
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
