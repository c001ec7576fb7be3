// What every cell's metrics have to satisfy, whatever the setting.

#include "models/base/random.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>

#include "support/hand_setting.hpp"
#include "support/random_setting.hpp"
#include "support/real_scenes.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

constexpr std::array verdicts{"ok", "capacity_failure", "numerical_failure", "lucky", "mixed"};
constexpr std::array decision_names{"agree", "num_flip", "num_nan", "num_tie"};

double value(const Outcome& outcome, std::string_view metric) {
    return outcome.values[metric_index(metric)];
}

template <class Names>
double sum(const Outcome& outcome, const Names& names) {
    return std::accumulate(names.begin(), names.end(), 0.0, [&](double total, const char* name) {
        return total + value(outcome, name);
    });
}

std::vector<Setting> random_settings(Stream& stream, std::size_t count) {
    std::vector<Setting> settings;
    while (settings.size() < count)
        settings.push_back(tests::random_setting(stream));
    return settings;
}

Scene scene_of(std::uint64_t seed) {
    return tests::random_scene(
        {.dimension = 30, .pattern_count = 8, .probe_count = 5, .cue_level = 0.2, .seed = seed});
}

/// Equal in every bit, NaN included.
bool equal(const Outcome& a, const Outcome& b) {
    const auto same = [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
    };
    return a.status == b.status && a.flags == b.flags && a.message == b.message &&
           std::ranges::equal(a.values, b.values, same);
}

TEST(Recall, EveryQueryHasAVerdictAndEveryDecisionAKind) {
    Stream stream(key_of("verdicts"), StreamRole::patterns);
    std::array<int, verdicts.size()> met{};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::vector<Setting> settings = random_settings(stream, 40);
        const std::vector<Outcome> outcomes = recall(scene_of(seed), settings);
        for (std::size_t s = 0; s < settings.size(); ++s) {
            const Outcome& outcome = outcomes[s];
            if (outcome.status != Status::done) continue;
            const std::string which = tests::describe(settings[s]);
            // Five shares of at most a few thousand: their roundings are far below 1e-12.
            EXPECT_NEAR(sum(outcome, verdicts), 1.0, 1e-12) << which;
            EXPECT_NEAR(sum(outcome, decision_names), 1.0, 1e-12) << which;
            EXPECT_NEAR(value(outcome, "ok") + value(outcome, "lucky"),
                        value(outcome, "exact_recall"), 1e-12)
                << which;
            for (std::size_t v = 0; v < verdicts.size(); ++v)
                met[v] += value(outcome, verdicts[v]) > 0.0;
        }
    }
    for (std::size_t v = 0; v < verdicts.size(); ++v)
        EXPECT_GT(met[v], 3) << verdicts[v];
}

TEST(Recall, ExactArithmeticAgreesWithItself) {
    Stream stream(key_of("exact cells"), StreamRole::patterns);
    int done = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        std::vector<Setting> settings = random_settings(stream, 30);
        for (Setting& setting : settings)
            setting.precision = Choice<Precisions>::of<Exact>();
        const std::vector<Outcome> outcomes = recall(scene_of(seed), settings);
        for (std::size_t s = 0; s < settings.size(); ++s) {
            const Outcome& outcome = outcomes[s];
            if (outcome.status != Status::done) continue;
            ++done;
            const std::string which = tests::describe(settings[s]);
            EXPECT_EQ(value(outcome, "agree"), 1.0) << which;
            EXPECT_NEAR(value(outcome, "ok") + value(outcome, "capacity_failure"), 1.0, 1e-12)
                << which;
            EXPECT_EQ(outcome.flags & ~unsigned{flag::all_zero}, 0U) << which;
        }
    }
    EXPECT_GT(done, 100);
}

TEST(Recall, WithoutAttributionOnlyTheVerdictsAreUndefined) {
    Stream stream(key_of("unattributed"), StreamRole::patterns);
    std::vector<Setting> settings = random_settings(stream, 60);
    const std::vector<Outcome> attributed = recall(scene_of(1), settings);
    for (Setting& setting : settings)
        setting.attribution = Choice<Attributions>::of<AttributeNone>();

    const std::vector<Outcome> outcomes = recall(scene_of(1), settings);

    int done = 0;
    for (std::size_t s = 0; s < settings.size(); ++s) {
        ASSERT_EQ(outcomes[s].status, attributed[s].status);
        if (outcomes[s].status != Status::done) continue;
        ++done;
        EXPECT_EQ(outcomes[s].flags, attributed[s].flags);
        for (std::size_t m = 0; m < metrics().size(); ++m) {
            const std::string name(metrics()[m].name);
            if (metrics()[m].value == nullptr) continue; // of continuous networks alone
            const bool verdict = std::ranges::find(verdicts, name) != verdicts.end();
            EXPECT_EQ(std::isnan(outcomes[s].values[m]), verdict) << name;
            EXPECT_TRUE(verdict || outcomes[s].values[m] == attributed[s].values[m]) << name;
        }
    }
    EXPECT_GT(done, 20);
}

/// Settings share work where they can: that must not show. One cache, in another order, or each
/// setting by itself.
TEST(Recall, TogetherIsAsAlone) {
    Stream stream(key_of("together"), StreamRole::patterns);
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        const Scene scene = scene_of(seed);
        std::vector<Setting> settings = random_settings(stream, 40);
        // Formats and attributions of one network walk together.
        const Setting ordinary = rectified_step(20);
        for (std::size_t p = 0; p < Precisions::size; ++p)
            for (std::size_t a = 0; a < Attributions::size; ++a) {
                settings.push_back(ordinary);
                settings.back().precision = Choice<Precisions>::at(p);
                settings.back().attribution = Choice<Attributions>::at(a);
                settings.back().update = Choice<Updates>::of<AsyncPermutation>();
            }
        const std::vector<Outcome> together = recall(scene, settings);
        GroupCache cache;
        const std::vector<Setting> backwards(settings.rbegin(), settings.rend());
        const std::vector<Outcome> reversed = recall(scene, backwards, cache);
        for (std::size_t s = 0; s < settings.size(); ++s) {
            const std::vector<Outcome> alone = recall(scene, std::span(&settings[s], 1), cache);
            EXPECT_TRUE(equal(together[s], alone[0])) << tests::describe(settings[s]);
            EXPECT_TRUE(equal(together[s], reversed[settings.size() - 1 - s]))
                << tests::describe(settings[s]);
        }
    }
}

TEST(Recall, ProbesInRangesWalkAsAtOneGo) {
    Stream stream(key_of("ranges"), StreamRole::patterns);
    const Scene scene = tests::random_scene(
        {.dimension = 30, .pattern_count = 12, .probe_count = 19, .cue_level = 0.2});
    const std::vector<Setting> settings = random_settings(stream, 60);
    TableCache cache;
    const std::vector<SettingGroup> groups = group_settings(settings, 30, cache);
    std::size_t members = 0;
    for (const SettingGroup& group : groups) {
        const auto paths_in = [&](std::initializer_list<ProbeRange> ranges) {
            Paths paths(scene.probe_count());
            ProbeStarts starts(scene);
            for (ProbeRange range : ranges)
                while (range.first < range.last) {
                    starts.move_on(range);
                    walk(scene, group, starts, paths);
                }
            return paths;
        };
        const Paths whole = paths_in({{0, 19}});
        const Paths cut = paths_in({{7, 19}, {0, 1}, {1, 7}});
        for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe)
            for (std::size_t c = 0; c < group.contenders.count(); ++c)
                EXPECT_EQ(whole[probe].path(c), cut[probe].path(c))
                    << tests::describe(settings[group.members.front()]);
        members += group.members.size();
    }
    EXPECT_GT(groups.size(), 20U);
    EXPECT_EQ(members, static_cast<std::size_t>(std::ranges::count_if(
                           settings, [](const Setting& s) { return !not_applicable(s); })));
}

TEST(Recall, SettingsWithoutMeaningSayWhy) {
    Setting setting = contrastive_polynomial(2);
    setting.similarity = Choice<Similarities>::of<NegativeManhattan>();

    const std::vector<Outcome> outcomes = recall(scene_of(1), std::span(&setting, 1));

    EXPECT_EQ(outcomes[0].status, Status::not_applicable);
    EXPECT_EQ(outcomes[0].message, *not_applicable(setting));
    EXPECT_EQ(outcomes[0].values.size(), metrics().size());
    for (const double value : outcomes[0].values)
        EXPECT_TRUE(std::isnan(value));
}

TEST(Recall, ABipolarNetworkIsNotApplicableToRealVectors) {
    Scene scene;
    scene.real = std::make_shared<const RealScene>(tests::stored_scene_of({{0.5F, 1.5F}, {2, -1}}));
    const std::array settings{contrastive_polynomial(2), tests::softmax_setting(1.0)};

    const std::vector<Outcome> outcomes = recall(scene, settings);

    EXPECT_EQ(outcomes[0].status, Status::not_applicable);
    EXPECT_NE(outcomes[0].message.find("takes bipolar patterns"), std::string::npos);
    EXPECT_EQ(outcomes[0].values.size(), metrics().size());
    EXPECT_EQ(outcomes[1].status, Status::done);
}

TEST(Recall, NoSettingsNoOutcomes) {
    EXPECT_TRUE(recall(scene_of(1), {}).empty());
}

} // namespace
} // namespace basin
