// Whose fault failures of continuous networks are: by hand, by rule and by the oracle.

#include "models/continuous/real_family.hpp"
#include "models/continuous/real_metrics.hpp"
#include "models/continuous/real_oracle.hpp"
#include "models/continuous/state_clusters.hpp"
#include "models/recall.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "support/random_real.hpp"

namespace basin {
namespace {

using namespace tests;

constexpr std::array verdict_names{"ok", "capacity_failure", "numerical_failure", "lucky", "mixed"};

double value(const Outcome& outcome, std::string_view metric) {
    return outcome.values[metric_index(metric)];
}

/// What a setting did on a scene made by hand.
Outcome outcome_of(const RealScene& scene, const Setting& setting) {
    const RealFamily family = real_families({&setting, 1}).at(0);
    const auto probes = static_cast<std::uint32_t>(scene.cues.rows);
    CoursePaths paths = room_for(family, probes);
    for (std::size_t group = 0; group < family.groups.size(); ++group)
        walk(scene, family, group, 0, probes, paths);
    return judge(scene, family.members.at(0), paths);
}

// By hand -----------------------------------------------------------------------------------------

RealPath ended(std::vector<double> state, Stop stop = Stop::fixed_point) {
    RealPath path;
    path.state = std::move(state);
    path.stop = stop;
    return path;
}

TEST(RealAttribution, EveryVerdict) {
    // M = 1: at the target within 0.01, the same end within 1e-3 in float32.
    const RealScene scene = real_scene_of({{1, 0}, {0, 1}}, Rows(7, {1, 0}), {0, 0, 0, 0, 0, 0, 0});
    const Setting setting = softmax_setting(1.0, "dot", "float32");
    const auto own = std::vector{
        ended({1, 0}),
        ended({0.5, 0.5}),
        ended({0.995, 0}),
        ended({0.5, 0.5}),
        ended({0.5, 0.5}),
        ended({0, 1}),
        ended({1, 0}, Stop::undecided),
    };
    const auto reference = std::vector{
        ended({0.995, 0}),    ended({0.5, 0.5009}), ended({0.985, 0}), ended({1, 0}),
        ended({0.5, 0.5011}), ended({0.5, 0.5}),    ended({1, 0}),
    };
    const RealEvaluation sum = add_up(scene, setting, own, reference);
    EXPECT_TRUE(sum.attributed);
    const auto number = [&](Verdict v) { return sum.verdicts[static_cast<std::size_t>(v)]; };
    EXPECT_EQ(number(Verdict::ok), 1U);
    EXPECT_EQ(number(Verdict::capacity_failure), 1U);
    EXPECT_EQ(number(Verdict::lucky), 1U);
    EXPECT_EQ(number(Verdict::numerical_failure), 2U); // on the target by NaN is not recalled
    EXPECT_EQ(number(Verdict::mixed), 2U);
    EXPECT_EQ(sum.share(Verdict::mixed), 2.0 / 7);
    EXPECT_TRUE(std::isnan(add_up(scene, setting, own).share(Verdict::ok)));
    EXPECT_THROW(add_up(scene, setting, own, std::span(reference).first(6)), std::invalid_argument);
}

TEST(RealAttribution, TheRadiusOfOneEndGrowsWithTheRounding) {
    const RealScene scene = stored_scene_of({{100, 0}, {0, 1}});
    const auto radius = [&](const char* precision) {
        return same_end_radius(scene, softmax_setting(1.0, "dot", precision));
    };
    EXPECT_DOUBLE_EQ(radius("float64"), 1e-4); // as of one state
    EXPECT_DOUBLE_EQ(radius("float32"), 0.1);
    EXPECT_DOUBLE_EQ(radius("float16"), 400 / 2048.0);
    EXPECT_DOUBLE_EQ(radius("bfloat16"), 400 / 256.0);
}

TEST(RealAttribution, NaiveExponentialsLoseWhatTheMemoryKeeps) {
    // beta s = 100 at the memory, above the 88.7 whose exponential float holds.
    const RealScene scene = stored_scene_of({{10, 0}, {0, 10}, {-10, 0}});
    for (const auto precision : {"float32", "float16", "bfloat16"}) {
        Setting setting = softmax_setting(1.0, "dot", precision);
        EXPECT_EQ(value(outcome_of(scene, setting), "ok"), 1.0) << precision;
        setting.exponential = Choice<Exponentials>::of<NaiveExponential>();
        const Outcome naive = outcome_of(scene, setting);
        EXPECT_EQ(value(naive, "undecided_fraction"), 1.0) << precision;
        EXPECT_EQ(value(naive, "numerical_failure"), 1.0) << precision;
    }
    Setting wide = softmax_setting(1.0);
    wide.exponential = Choice<Exponentials>::of<NaiveExponential>();
    EXPECT_EQ(value(outcome_of(scene, wide), "ok"), 1.0);
    wide.beta = 8.0; // 800, above 709.8
    EXPECT_EQ(value(outcome_of(scene, wide), "numerical_failure"), 1.0);
}

TEST(RealAttribution, WhatAFormatCannotStoreIsLostByArithmetic) {
    // 7e4 is infinite in float16; in bfloat16 it has 8 bits, in float32 its square is a number.
    const RealScene scene = stored_scene_of({{7e4F, 0}, {0, 7e4F}});
    EXPECT_EQ(
        value(outcome_of(scene, softmax_setting(1e-6, "dot", "float16")), "numerical_failure"),
        1.0);
    EXPECT_EQ(value(outcome_of(scene, softmax_setting(1e-6, "dot", "bfloat16")), "ok"), 1.0);
    EXPECT_EQ(value(outcome_of(scene, softmax_setting(1e-6, "dot", "float32")), "ok"), 1.0);
    // Squares beyond float are infinite, and the largest of them is no number less itself.
    const RealScene large = stored_scene_of({{1e20F, 0}, {0, 1e20F}});
    EXPECT_EQ(value(outcome_of(large, softmax_setting(1.0, "dot", "float32")), "numerical_failure"),
              1.0);
    EXPECT_EQ(value(outcome_of(large, softmax_setting(1.0)), "ok"), 1.0);
}

TEST(RealAttribution, TheMeanOfAllMemoriesIsTheMemorysFault) {
    const RealScene scene = stored_scene_of({{3, 0.1F}, {0.2F, 3}, {-3, 0.3F}, {0.4F, -3}});
    for (const auto precision : {"float64", "float32", "float16", "bfloat16"})
        for (std::size_t e = 0; e < Exponentials::size; ++e) {
            Setting setting = softmax_setting(0.01, "dot", precision);
            setting.exponential = Choice<Exponentials>::at(e);
            EXPECT_EQ(value(outcome_of(scene, setting), "capacity_failure"), 1.0)
                << describe_real(setting);
        }
}

// By rule -----------------------------------------------------------------------------------------

TEST(RealAttribution, SharesAddUpAndAgreeWithTheReference) {
    Stream stream(key_of("real verdicts"), StreamRole::patterns);
    std::array<int, verdict_names.size()> met{};
    for (int draw = 0; draw < 400; ++draw) {
        const Setting setting = random_real_setting(stream);
        SceneSpec spec = random_real_spec(stream, takes_shares(setting), 8);
        if (draw % 4 == 0 && !takes_shares(setting)) // judged by the nearest memory
            spec.cues.corruption = Choice<Corruptions>::of<RandomStart>();
        const Scene scene = make_scene(spec, nullptr);
        Setting alone = setting;
        alone.attribution = Choice<Attributions>::of<AttributeNone>();
        const auto outcomes = recall(scene, std::vector{setting, reference_of(setting), alone});
        const Outcome& own = outcomes[0];
        ASSERT_EQ(own.status, Status::done) << own.message;
        double sum = 0.0;
        for (std::size_t v = 0; v < verdict_names.size(); ++v) {
            sum += value(own, verdict_names[v]);
            met[v] += value(own, verdict_names[v]) > 0.0;
            EXPECT_TRUE(std::isnan(value(outcomes[2], verdict_names[v])));
        }
        EXPECT_NEAR(sum, 1.0, 1e-12) << describe_real(setting);
        EXPECT_EQ(value(own, "ok") + value(own, "lucky"), value(own, "exact_recall"));
        EXPECT_EQ(value(own, "ok") + value(own, "numerical_failure"),
                  value(outcomes[1], "exact_recall"))
            << describe_real(setting);
        EXPECT_EQ(value(outcomes[1], "ok") + value(outcomes[1], "capacity_failure"), 1.0)
            << describe_real(setting);
        EXPECT_EQ(value(outcomes[2], "exact_recall"), value(own, "exact_recall"));
    }
    for (const std::size_t v : {0U, 1U, 2U, 4U})
        EXPECT_GT(met[v], 3) << verdict_names[v];
}

// By the oracle -----------------------------------------------------------------------------------

double length_of(const std::vector<double>& a) {
    return distance(a, std::vector<double>(a.size()));
}

/// The oracle's end of a probe, and how much the fast one's may differ.
struct End {
    RealPath path;
    double slack = 0.0;
    bool is_sure = false; ///< whether it is decided does not depend on rounding
};

End end_of(const RealScene& scene, const Setting& setting) {
    const int bits = format_of(setting.precision).significand_bits;
    const double disturbance = setting.precision.is<Float64>() ? 1e-14 : 1e-6;
    End end{real_oracle(scene, setting, 0), 0.0, true};
    for (const double signed_one : {disturbance, -disturbance}) {
        const RealPath other = real_oracle(scene, setting, 0, signed_one);
        end.slack = std::max(end.slack, 20 * distance(end.path.state, other.state));
        end.is_sure =
            end.is_sure && (other.stop == Stop::undecided) == (end.path.stop == Stop::undecided);
    }
    const double allowed = bits < 24 ? std::ldexp(3.0, -bits) : bits < 53 ? 1e-4 : 1e-9;
    end.slack += allowed * (1 + length_of(end.path.state));
    return end;
}

/// Whether x <= limit, if that is beyond doubt.
std::optional<bool> within(double x, double limit, double slack) {
    if (!(std::abs(x - limit) > slack)) return std::nullopt;
    return x <= limit;
}

/// What becomes of the one probe, if it is beyond doubt.
std::optional<Verdict> oracle_verdict(const RealScene& scene, const Setting& setting) {
    double longest = 0.0;
    for (std::size_t mu = 0; mu < scene.memories().rows; ++mu) {
        const auto row = scene.memories().row(mu);
        longest = std::max(longest, length_of({row.begin(), row.end()}));
    }
    Setting truth = setting;
    truth.precision = Choice<Precisions>::of<Float64>();
    truth.exponential = Choice<Exponentials>::of<StableExponential>();
    const End own = end_of(scene, setting);
    const End reference = end_of(scene, truth);
    if (!own.is_sure || !reference.is_sure) return std::nullopt;

    const auto row = scene.memories().row(static_cast<std::size_t>(scene.targets[0]));
    const std::vector<double> target(row.begin(), row.end());
    const auto recalls = [&](const End& end) -> std::optional<bool> {
        if (end.path.stop == Stop::undecided) return false;
        return within(distance(end.path.state, target), 0.01 * longest, end.slack);
    };
    const double least = setting.precision.is<Float16>() || setting.precision.is<BFloat16>()
                             ? std::ldexp(4.0, -format_of(setting.precision).significand_bits)
                             : 1e-6;
    const double tolerance = setting.tolerance > 0             ? setting.tolerance
                             : setting.precision.is<Float64>() ? 1e-10
                                                               : 1e-5;
    const auto same =
        within(distance(own.path.state, reference.path.state),
               std::max(least, 100 * tolerance) * longest, own.slack + reference.slack);
    const auto recalled = recalls(own);
    const auto recalled_there = recalls(reference);
    if (!recalled || !recalled_there) return std::nullopt;
    if (*recalled) return *recalled_there ? Verdict::ok : Verdict::lucky;
    if (*recalled_there) return Verdict::numerical_failure;
    if (!same) return std::nullopt;
    return *same ? Verdict::capacity_failure : Verdict::mixed;
}

TEST(RealAttribution, EqualsTheOracles) {
    Stream stream(key_of("attribution by the oracle"), StreamRole::patterns);
    std::array<int, verdict_names.size()> met{};
    int sure = 0;
    constexpr int draws = 3000;
    for (int draw = 0; draw < draws; ++draw) {
        const Setting setting = random_real_setting(stream);
        const RealScene scene = random_real_scene(stream, takes_shares(setting), 1);
        const auto expected = oracle_verdict(scene, setting);
        if (!expected) continue;
        ++sure;
        const auto which = static_cast<std::size_t>(*expected);
        ++met[which];
        ASSERT_EQ(value(outcome_of(scene, setting), verdict_names[which]), 1.0)
            << describe_real(setting) << " " << verdict_names[which] << " draw " << draw;
    }
    EXPECT_GT(sure, draws * 8 / 10);
    for (const std::size_t v : {0U, 1U, 2U, 4U})
        EXPECT_GT(met[v], 10) << verdict_names[v];
}

} // namespace
} // namespace basin
