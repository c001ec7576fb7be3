// Random decisions of a number format against the plain exact sum of their terms.

#include "models/arithmetic/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "support/decide_among.hpp"
#include "support/finite_steps.hpp"
#include "support/hand_setting.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

using tests::decide_among;
using tests::Voice;

int sign_of(double x) {
    return x > 0.0 ? 1 : x < 0.0 ? -1 : 0;
}

/// Sums in double that are clear need no integers: the sign and the flags have to be those of the
/// plain sum in integers, memory by memory.
TEST(DirectSums, HaveTheSignOfTheExactSumOfTheTerms) {
    constexpr std::array vertices{1U, 2U, 3U, 5U, 10U, 15U};
    constexpr std::array betas{1e-40, 1e-6, 1.0, 1000.0};
    Stream stream(key_of("sums of terms"), StreamRole::patterns);
    std::uint64_t flips = 0;
    std::uint64_t ties = 0;
    for (int round = 0; round < 2000; ++round) {
        Setting setting = contrastive_polynomial(vertices[stream.below(vertices.size())]);
        setting.interaction = Choice<Interactions>::at(stream.below(Interactions::size));
        setting.formulation = Choice<Formulations>::at(stream.below(BipolarFormulations::size));
        setting.precision = Choice<Precisions>::at(stream.below(4));
        setting.beta = betas[stream.below(betas.size())];
        const std::uint32_t dimension = 20 + static_cast<std::uint32_t>(stream.below(30));
        const DecisionTable table = make_decision_table(setting, dimension);
        if (!tests::has_finite_steps(table) || !std::isfinite(table.outside)) continue;

        // A few large voices that nearly cancel, and small ones.
        std::vector<Voice> voices;
        const int last = static_cast<int>(dimension) - 1;
        for (int pair = 0; pair < 3; ++pair) {
            const int others = last - 2 * static_cast<int>(stream.below(4));
            voices.push_back({others, true});
            voices.push_back({others - (stream.below(4) == 0 ? 2 : 0), false});
        }
        for (std::uint64_t more = stream.below(4); more > 0; --more)
            voices.push_back(
                {last - 2 * static_cast<int>(stream.below(dimension)), stream.below(2) == 0});
        const Decision decision = decide_among(setting, dimension, voices);

        std::vector<CountedTerm> terms;
        std::vector<CountedTerm> visible;
        double largest = 0.0;
        for (const Voice& voice : voices) {
            const auto k = static_cast<std::size_t>((voice.others + last) / 2 + 1);
            terms.push_back({voice.agrees ? table.steps[k] : -table.steps[k], 1});
            largest = std::max(largest, std::abs(table.steps[k]));
        }
        for (const CountedTerm& term : terms)
            if (std::abs(term.value) >= std::scalbn(largest, -table.format.significand_bits))
                visible.push_back(term);
        const auto absorbed = std::ranges::count_if(terms, [&](const CountedTerm& term) {
            return term.value != 0.0 &&
                   std::abs(term.value) < std::scalbn(largest, -table.format.significand_bits);
        });
        const double sum = exact_sum(terms, table.format);
        const double value = Arithmetic{table.format}.multiply(table.outside, sum);
        const bool flip = absorbed > 0 && sign_of(exact_sum(visible, table.format)) != sign_of(sum);
        const std::string which = tests::describe(setting) + " round " + std::to_string(round);
        ASSERT_EQ(sign_of(decision.value), sign_of(value)) << which;
        ASSERT_EQ((decision.flags & flag::absorb) != 0, absorbed > 0) << which;
        ASSERT_EQ((decision.flags & flag::absorb_flip) != 0, flip) << which;
        ASSERT_EQ((decision.flags & flag::sum_overflow) != 0, std::isinf(value)) << which;
        ASSERT_EQ((decision.flags & flag::beta_underflow) != 0,
                  (table.beta_flags & flag::beta_underflow) != 0 || (value == 0.0 && sum != 0.0))
            << which;
        flips += flip;
        ties += value == 0.0;
    }
    EXPECT_GT(flips, 20U);
    EXPECT_GT(ties, 50U);
}

} // namespace
} // namespace basin
