// recall() of continuous settings in pieces against recall() in one go, on several threads.

#include "harness/run/recall_tasks.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "support/equal_outcomes.hpp"
#include "support/random_real.hpp"

namespace basin {
namespace {

constexpr int thread_count = 3;

std::optional<std::vector<Finding>> in_pieces(const Scene& scene, std::span<const Setting> settings,
                                              std::optional<double> timeout_s = {}) {
    const std::function<bool()> never = [] { return false; };
    std::vector<Worker> workers(thread_count);
    const Crew crew{workers, never, timeout_s};
    std::optional<std::vector<Finding>> findings;
#pragma omp parallel for schedule(dynamic, 1) num_threads(thread_count) default(none)              \
    shared(scene, settings, crew, findings)
    for (int job = 0; job < 1; ++job)
        findings = recall_in_pieces(scene, settings, crew);
    return findings;
}

TEST(RealPieces, GiveWhatRecallGives) {
    Stream stream(key_of("real pieces"), StreamRole::patterns);
    const Scene scene = make_scene(tests::random_real_spec(stream, true, 150), nullptr);
    std::vector<Setting> settings;
    for (int draw = 0; draw < 40; ++draw)
        settings.push_back(tests::random_real_setting(stream));
    const std::vector<Outcome> expected = recall(scene, settings);

    const auto findings = in_pieces(scene, settings);

    ASSERT_TRUE(findings);
    for (std::size_t s = 0; s < settings.size(); ++s) {
        tests::expect_equal((*findings)[s].outcome, expected[s], tests::describe_real(settings[s]));
        EXPECT_GT((*findings)[s].elapsed_s, 0.0);
    }
}

/// Settings of one similarity share references, but not what befalls them.
TEST(RealPieces, AFormatThatCannotStoreTheMemoriesFailsAlone) {
    Scene scene; // in float16 its memories are zero: no distributions
    scene.real = std::make_shared<RealScene>(tests::stored_scene_of(
        {{1e-9F, 3e-9F, 0}, {0, 1e-9F, 3e-9F}, {3e-9F, 0, 1e-9F}, {1e-9F, 1e-9F, 2e-9F}}));
    std::vector<Setting> settings;
    for (const auto precision : {"float16", "float32", "float64"})
        settings.push_back(
            tests::softmax_setting(100.0, "inverse_reverse_kullback_leibler", precision));

    const auto findings = in_pieces(scene, settings);

    ASSERT_TRUE(findings);
    EXPECT_EQ((*findings)[0].outcome.status, Status::failed);
    EXPECT_NE((*findings)[0].outcome.message.find("memory 0 is zero"), std::string::npos);
    const std::vector<Outcome> expected = recall(scene, std::span(settings).last(2));
    EXPECT_EQ(expected[0].status, Status::done);
    tests::expect_equal((*findings)[1].outcome, expected[0], "float32");
    tests::expect_equal((*findings)[2].outcome, expected[1], "float64");
}

/// float32 comes to a rest at once here and float64 goes on: the time of a setting is that of its
/// reference too, which `attribution = "none"` saves.
TEST(RealPieces, TheTimeOfAReferenceCounts) {
    Scene scene;
    scene.real = std::make_shared<RealScene>(tests::stored_scene_of({{1, 0}, {0, 1}}));
    std::vector<Setting> settings(2, tests::softmax_setting(2.0, "dot", "float32"));
    for (Setting& setting : settings) // slower than any power on the way to the mean
        setting.max_iterations = 100'000'000;
    settings[1].attribution = Choice<Attributions>::of<AttributeNone>();

    const auto findings = in_pieces(scene, settings, 0.3);

    ASSERT_TRUE(findings);
    EXPECT_EQ((*findings)[0].outcome.status, Status::timed_out);
    EXPECT_EQ((*findings)[1].outcome.status, Status::done);
}

} // namespace
} // namespace basin
