// Whose fault failures of continuous networks are, by the slow obvious network. Verdicts that
// rounding may change are left out.

#include "models/bipolar/evaluation/attribution.hpp"
#include "models/continuous/state_clusters.hpp"
#include "models/reference/real_oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "support/random_real.hpp"
#include "support/real_verdicts.hpp"

namespace basin {
namespace {

using namespace tests;

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
