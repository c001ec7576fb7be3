// recall() in pieces against recall() in one go, on several threads.

#include "harness/run/recall_tasks.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>

#include "support/equal_outcomes.hpp"
#include "support/random_setting.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

constexpr int threads = 3;

std::optional<std::vector<Finding>> in_pieces(const Scene& scene, std::span<const Setting> settings,
                                              const std::function<bool()>& given_up,
                                              const Walk& walking = walk) {
    std::vector<Worker> workers(threads);
    const Crew crew{workers, given_up};
    std::optional<std::vector<Finding>> findings;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(scene, settings, crew, walking, findings)
    for (int job = 0; job < 1; ++job)
        findings = recall_in_pieces(scene, settings, crew, walking);
    return findings;
}

bool never() {
    return false;
}

/// Large enough that every setting walks in several pieces.
Scene large_scene() {
    return tests::random_scene(
        {.dimension = 60, .pattern_count = 400, .probe_count = 300, .cue_level = 0.15});
}

/// Five precisions of one network, attributed or not: one group of ten.
std::vector<Setting> precisions_of(std::uint32_t vertex) {
    std::vector<Setting> settings;
    for (std::size_t p = 0; p < Precisions::size; ++p)
        for (std::size_t a = 0; a < Attributions::size; ++a) {
            Setting setting;
            setting.interaction_parameters.vertex = vertex;
            setting.precision = Choice<Precisions>::at(p);
            setting.attribution = Choice<Attributions>::at(a);
            settings.push_back(setting);
        }
    return settings;
}

TEST(Pieces, GiveWhatRecallGives) {
    Stream stream(key_of("pieces"), StreamRole::patterns);
    std::vector<Setting> settings = precisions_of(3);
    while (settings.size() < 30) {
        const Setting setting = tests::random_setting(stream);
        if (!not_applicable(setting)) settings.push_back(setting);
    }
    for (const Scene& scene : {large_scene(), tests::random_scene({})}) {
        const std::vector<Outcome> expected = recall(scene, settings);
        const auto findings = in_pieces(scene, settings, never);
        ASSERT_TRUE(findings);
        ASSERT_EQ(findings->size(), settings.size());
        for (std::size_t s = 0; s < settings.size(); ++s) {
            tests::expect_equal((*findings)[s].outcome, expected[s], tests::describe(settings[s]));
            EXPECT_GT((*findings)[s].elapsed_s, 0.0);
        }
    }
}

TEST(Pieces, CoverEveryProbeOnce) {
    const Scene scene = large_scene();
    std::mutex mutex;
    std::vector<int> walked(scene.probe_count());
    std::size_t pieces = 0;
    const Walk counting = [&](const Scene& on, const SettingGroup& group, ProbeStarts& starts,
                              Paths& paths, const Patience& patience) {
        walk(on, group, starts, paths, patience);
        const std::lock_guard lock(mutex);
        ++pieces;
        for (std::uint32_t probe = starts.range().first; probe < starts.range().last; ++probe)
            ++walked[probe];
    };

    in_pieces(scene, precisions_of(3), never, counting);

    EXPECT_GT(pieces, 5U);
    EXPECT_EQ(std::ranges::count(walked, 1), 300);
}

TEST(Pieces, OneThatFailsFailsItsGroupWithTheFirstMessage) {
    const Scene scene = large_scene();
    std::vector<Setting> settings = precisions_of(3);
    const std::size_t failing = settings.size();
    for (const Setting& setting : precisions_of(4))
        settings.push_back(setting);
    const std::vector<Outcome> expected = recall(scene, settings);
    const Walk breaking = [&](const Scene& on, const SettingGroup& group, ProbeStarts& starts,
                              Paths& paths, const Patience& patience) {
        const bool is_last = starts.range().last == on.probe_count();
        if (group.members.front() >= failing && (starts.range().first == 0 || is_last))
            throw std::runtime_error(is_last ? "the last piece" : "the first piece");
        walk(on, group, starts, paths, patience);
    };

    const auto findings = in_pieces(scene, settings, never, breaking);

    ASSERT_TRUE(findings);
    for (std::size_t s = 0; s < settings.size(); ++s) {
        const Outcome& outcome = (*findings)[s].outcome;
        if (s < failing) {
            tests::expect_equal(outcome, expected[s], tests::describe(settings[s]));
            continue;
        }
        EXPECT_EQ(outcome.status, Status::failed);
        EXPECT_EQ(outcome.message, "the first piece");
        EXPECT_EQ(outcome.values.size(), expected[0].values.size());
        EXPECT_TRUE(std::ranges::all_of(outcome.values, [](double v) { return std::isnan(v); }));
    }
}

TEST(Pieces, AShortageOfMemoryFailsNoSetting) {
    const Walk short_of_memory = [](const Scene&, const SettingGroup&, ProbeStarts&, Paths&,
                                    const Patience&) { throw std::bad_alloc(); };
    std::vector<Worker> workers(1);
    const std::function<bool()> go_on = never;
    const Crew crew{workers, go_on};
    const Scene scene = large_scene();
    EXPECT_THROW(recall_in_pieces(scene, precisions_of(3), crew, short_of_memory), std::bad_alloc);
}

TEST(Pieces, NothingComesOfThemOnceTheCrewGivesUp) {
    std::atomic<int> walks{0};
    const Walk counting = [&](const Scene& scene, const SettingGroup& group, ProbeStarts& starts,
                              Paths& paths, const Patience& patience) {
        walk(scene, group, starts, paths, patience);
        ++walks;
    };
    const auto after_two = [&] { return walks >= 2; };

    const auto findings = in_pieces(large_scene(), precisions_of(3), after_two, counting);

    EXPECT_FALSE(findings);
    EXPECT_LE(walks, 1 + threads); // each thread may have had one in hand
}

} // namespace
} // namespace basin
