// The table-driven kernel against the oracle, which recomputes every overlap, term and sum by
// itself. Trajectories are compared for equality in every field, ties, NaNs and flags included:
// both decide by the exact sign of the same rounded terms, so there is no tolerance.

#include "models/base/random.hpp"
#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/reference/oracle.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "support/random_setting.hpp"
#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

std::string describe(const Trajectory& path) {
    const DecisionCounts& c = path.counts;
    std::string text = "stop " + std::to_string(static_cast<int>(path.stop)) + " sweeps " +
                       std::to_string(path.sweeps) + " period " + std::to_string(path.period) +
                       " decisions " + std::to_string(c.decisions) + " flips " +
                       std::to_string(c.flips) + " ties " + std::to_string(c.ties) + " nans " +
                       std::to_string(c.nans) + " overflows " + std::to_string(c.overflows) +
                       " numerical flips " + std::to_string(c.numerical_flips) +
                       " numerical ties " + std::to_string(c.numerical_ties) + " energy rises " +
                       std::to_string(c.energy_rises);
    for (std::size_t i = 0; i < all_flags.size(); ++i)
        if (c.flagged[i] > 0)
            text += " " + std::string(all_flags[i].name) + " " + std::to_string(c.flagged[i]);
    return text;
}

/// Runs kernel and oracle on every probe; returns the kernel's counts, summed.
DecisionCounts expect_equal(const Scene& scene, std::span<const Setting> together) {
    const tests::Walkers walkers(together, scene.dimension());
    Kernel kernel = walkers.on(scene);
    Kernel short_sighted = walkers.on(scene, false);
    DecisionCounts total;
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe) {
        const std::vector<Trajectory> paths = tests::run_each(kernel, scene, probe);
        EXPECT_EQ(tests::run_each(kernel, scene, probe), paths) << "a probe leaves nothing behind";
        EXPECT_EQ(tests::run_each(short_sighted, scene, probe), paths)
            << "looking ahead saves time and no more";
        for (std::size_t s = 0; s < together.size(); ++s) {
            const Trajectory truth = oracle_recall(scene, together[s], probe);
            EXPECT_EQ(paths[s], truth)
                << tests::describe(together[s]) << " N=" << scene.dimension()
                << " K=" << scene.pattern_count() << " probe " << probe << " walker " << s << " of "
                << together.size() << "\n kernel " << describe(paths[s]) << "\n oracle "
                << describe(truth);
            total += paths[s].counts;
        }
    }
    return total;
}

/// The hard cases have to occur, or the comparison is worth nothing.
void expect_all_cases(const DecisionCounts& seen) {
    EXPECT_GT(seen.ties, 1000U);
    EXPECT_GT(seen.nans, 1000U);
    EXPECT_GT(seen.flagged[5], 1000U) << all_flags[5].name; // all_zero
    EXPECT_GT(seen.numerical_flips, 50U);
    EXPECT_GT(seen.numerical_ties, 1000U);
    EXPECT_GT(seen.energy_rises, 100U);
    for (std::size_t i = 0; i < all_flags.size(); ++i) {
        // Needs overlaps above 256: direct_decision_test.cpp has them.
        if (all_flags[i].mask == flag::acc_stall) continue;
        // Of continuous networks: models/continuous/separations_test.cpp.
        if (all_flags[i].mask >= flag::score_overflow) continue;
        EXPECT_GT(seen.flagged[i], 20U) << all_flags[i].name;
    }
}

TEST(Kernel, EqualsTheOracleOnRandomScenesAndSettings) {
    constexpr std::array dimensions{1U, 2U, 3U, 7U, 8U, 13U, 20U, 33U, 64U, 65U};
    constexpr std::array pattern_counts{1U, 2U, 3U, 4U, 8U, 63U, 64U, 70U};
    constexpr std::array levels{0.0, 0.1, 0.3, 0.5};
    Stream stream(key_of("kernel equals oracle"), StreamRole::patterns);
    DecisionCounts seen;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        const Setting setting = tests::random_setting(stream);
        const Scene scene = tests::random_scene(
            {.dimension = dimensions[stream.below(dimensions.size())],
             .pattern_count = pattern_counts[stream.below(pattern_counts.size())],
             .probe_count = 1,
             .cue_level = levels[stream.below(levels.size())],
             .seed = round});
        if (not_applicable(setting)) continue;

        seen += expect_equal(scene, std::span(&setting, 1));
        ASSERT_FALSE(HasFailure()) << "round " << round;
    }
    expect_all_cases(seen);
}

/// Walkers of one exact model part where their arithmetic does: each path must be the one it would
/// have gone alone.
TEST(Kernel, EqualsTheOracleWhoeverWalksAlong) {
    constexpr std::array dimensions{2U, 7U, 20U, 33U, 65U};
    constexpr std::array pattern_counts{2U, 3U, 8U, 30U};
    Stream stream(key_of("kernel in company"), StreamRole::patterns);
    DecisionCounts seen;
    for (std::uint64_t round = 0; round < 1200; ++round) {
        const Scene scene = tests::random_scene(
            {.dimension = dimensions[stream.below(dimensions.size())],
             .pattern_count = pattern_counts[stream.below(pattern_counts.size())],
             .probe_count = 1,
             .cue_level = 0.2,
             .seed = round});
        const Setting first = tests::random_setting(stream);
        if (not_applicable(first)) continue;
        const ExactModel model = exact_model(first, scene.dimension());
        std::vector<Setting> together{first};
        for (int attempt = 0; attempt < 60 && together.size() < 8; ++attempt) {
            Setting other = tests::random_setting(stream);
            other.update = first.update;
            other.tie = first.tie;
            other.max_sweeps = first.max_sweeps;
            other.interaction = first.interaction;
            other.interaction_parameters = first.interaction_parameters;
            if (attempt % 2 == 0) other.beta = first.beta;
            if (attempt % 2 == 0) other.formulation = first.formulation;
            if (not_applicable(other)) continue;
            if (exact_model(other, scene.dimension()) == model) together.push_back(other);
        }

        seen += expect_equal(scene, together);
        ASSERT_FALSE(HasFailure()) << "round " << round;
    }
    expect_all_cases(seen);
}

/// A grid of beta in several formats goes as a few bundles; each member's path must be its own.
TEST(Kernel, EqualsTheOracleWhereManyGoAsOne) {
    constexpr std::array vertices{2U, 3U, 5U, 10U, 20U, 30U};
    Stream stream(key_of("many as one"), StreamRole::patterns);
    std::size_t contenders = 0;
    std::size_t paths = 0;
    DecisionCounts seen;
    for (std::uint64_t round = 0; round < 60; ++round) {
        const Scene scene =
            tests::random_scene({.dimension = round % 2 == 0 ? 20U : 33U,
                                 .pattern_count = 2 + static_cast<std::uint32_t>(stream.below(30)),
                                 .probe_count = 2,
                                 .cue_level = 0.1 * static_cast<double>(stream.below(4)),
                                 .seed = round});
        Setting setting;
        setting.formulation =
            Choice<Formulations>::at(tests::any<BipolarFormulations>(stream).index());
        setting.interaction = tests::any<Interactions>(stream);
        setting.interaction_parameters.vertex = tests::any_of(vertices, stream);
        setting.update = tests::any<Updates>(stream);
        setting.tie = tests::any<Ties>(stream);
        setting.max_sweeps = 6;
        const std::array precisions{Choice<Precisions>::of<Float32>(),
                                    Choice<Precisions>::of<BFloat16>()};
        std::vector<Setting> together;
        for (const auto precision : precisions)
            for (int b = 0; b < 12; ++b) {
                setting.precision = precision;
                setting.beta = std::pow(10.0, 0.25 * b - 1.5);
                if (!not_applicable(setting) &&
                    (together.empty() || exact_model(setting, scene.dimension()) ==
                                             exact_model(together[0], scene.dimension())))
                    together.push_back(setting);
            }
        if (together.empty()) continue;
        const tests::Walkers walkers(together, scene.dimension());
        Kernel kernel = walkers.on(scene);
        contenders += together.size();
        paths += tests::run(kernel, scene, 0).paths.size();

        seen += expect_equal(scene, together);
        ASSERT_FALSE(HasFailure()) << "round " << round;
    }
    EXPECT_LT(2 * paths, contenders) << "most go with somebody";
    EXPECT_GT(seen.ties, 1000U);
    EXPECT_GT(seen.overflows, 1000U);
    EXPECT_GT(seen.numerical_flips, 50U);
}

/// Steps that round to one subnormal number are far from the exact ones, though nothing is raised:
/// such a table is not like one that is near them, whichever comes first.
TEST(Kernel, EqualsTheOracleWhereARoughTableWalksWithACalmOne) {
    DecisionCounts seen;
    for (const std::uint32_t dimension : {4U, 5U, 6U, 8U, 9U})
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Scene scene = tests::random_scene({.dimension = dimension,
                                                     .pattern_count = 2,
                                                     .probe_count = 1,
                                                     .cue_level = 0.2,
                                                     .seed = seed});
            Setting calm;
            calm.formulation = Choice<Formulations>::of<Normalized>();
            calm.interaction = Choice<Interactions>::of<Polynomial>();
            calm.interaction_parameters.vertex = 2;
            calm.precision = Choice<Precisions>::of<Float16>();
            calm.max_sweeps = 3;
            Setting rough = calm;
            rough.beta = 3.54813e-4;
            seen += expect_equal(scene, std::array{calm, rough});
            seen += expect_equal(scene, std::array{rough, calm});
        }
    EXPECT_GT(seen.numerical_ties, 10U);
}

/// An infinite b makes NaN of a sum of 0: two tables of zeros are not alike if only one has it.
TEST(Kernel, EqualsTheOracleWhereAnInfiniteFactorMeetsASumOfZero) {
    const Scene scene = tests::random_scene(
        {.dimension = 100, .pattern_count = 65, .probe_count = 2, .cue_level = 0.15});
    Setting setting;
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = 15;
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.similarity_delta = 3.0; // b = (beta delta)^15
    setting.precision = Choice<Precisions>::of<Float16>();
    setting.beta = 1.5;
    setting.tie = Choice<Ties>::of<TieMinus>();
    setting.max_sweeps = 4;
    std::vector<Setting> together(2, setting);
    together[1].beta_scale = Choice<BetaScales>::of<PairedBeta>();

    const DecisionCounts seen = expect_equal(scene, together);

    EXPECT_GT(seen.ties, 0U);
    EXPECT_GT(seen.nans, 0U);
}

/// Every combination of the catalogs, on one scene small enough for ties.
TEST(Kernel, EqualsTheOracleOnEveryCombinationOfTheCatalogs) {
    const Scene scene = tests::random_scene({.dimension = 9, .pattern_count = 4, .probe_count = 1});
    for (std::size_t f = 0; f < BipolarFormulations::size; ++f)
        for (std::size_t i = 0; i < Interactions::size; ++i)
            for (std::size_t s = 0; s < Similarities::size; ++s)
                for (std::size_t p = 0; p < Precisions::size; ++p)
                    for (std::size_t u = 0; u < Updates::size; ++u)
                        for (std::size_t t = 0; t < Ties::size; ++t)
                            for (std::size_t r = 0; r < Rules::size; ++r) {
                                Setting setting;
                                setting.formulation = Choice<Formulations>::at(f);
                                setting.interaction = Choice<Interactions>::at(i);
                                setting.interaction_parameters.vertex = 3;
                                setting.similarity = Choice<Similarities>::at(s);
                                setting.precision = Choice<Precisions>::at(p);
                                setting.update = Choice<Updates>::at(u);
                                setting.tie = Choice<Ties>::at(t);
                                setting.rule = Choice<Rules>::at(r);
                                setting.max_sweeps = 5;
                                if (!not_applicable(setting))
                                    expect_equal(scene, std::span(&setting, 1));
                            }
}

TEST(Kernel, SynchronousCyclesAreFoundWithTheirPeriod) {
    // Two units that each want to be what the other is, from opposite states: period 2 (Hopfield's
    // symmetric weights allow no longer synchronous cycle).
    Scene scene = tests::random_scene({.dimension = 2, .pattern_count = 1, .probe_count = 1});
    scene.memories = BitMatrix(1, 2);
    scene.memories.row(0)[0] = 0b11;
    scene.columns = transposed(scene.memories);
    scene.cues.row(0)[0] = 0b01;
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Classical>();
    setting.update = Choice<Updates>::of<Synchronous>();

    const Trajectory path = tests::run_alone(scene, setting, 0);

    EXPECT_EQ(path.stop, Stop::cycle2);
    EXPECT_EQ(path.period, 2U);
    EXPECT_EQ(path.sweeps, 2U);
}

TEST(UpdateOrder, PermutationsAreWholeAndDifferBetweenSweeps) {
    const auto update = Choice<Updates>::of<AsyncPermutation>();
    const Key key = key_of("order");
    const auto first = update_order(update, key, 3, 0, 100);
    const auto second = update_order(update, key, 3, 1, 100);

    EXPECT_EQ(std::set(first.begin(), first.end()).size(), 100U);
    EXPECT_EQ(std::set(second.begin(), second.end()).size(), 100U);
    EXPECT_NE(first, second);
    EXPECT_EQ(first, update_order(update, key, 3, 0, 100));
}

} // namespace
} // namespace basin
