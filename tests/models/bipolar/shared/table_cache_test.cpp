#include "models/bipolar/shared/table_cache.hpp"

#include <gtest/gtest.h>

#include "support/hand_setting.hpp"

namespace basin {
namespace {

TEST(TableCache, MakesATableOnce) {
    TableCache cache;
    const Setting setting = contrastive_polynomial(3);
    const ExactModel model = exact_model(setting, 10);

    EXPECT_EQ(cache.direct(setting, 10), cache.direct(setting, 10));
    EXPECT_EQ(cache.exact(model, 10), cache.exact(model, 10));
    EXPECT_NE(cache.direct(setting, 10), cache.direct(setting, 11));
    EXPECT_NE(cache.exact(model, 10), cache.exact(model, 11));
}

TEST(TableCache, WhatDrivesANetworkMakesNoOtherTable) {
    TableCache cache;
    const Setting setting = contrastive_polynomial(3);
    Setting driven = setting;
    driven.update = Choice<Updates>::of<OneShot>();
    driven.tie = Choice<Ties>::of<TieRandom>();
    driven.max_sweeps = 3;
    driven.attribution = Choice<Attributions>::of<AttributeNone>();

    EXPECT_EQ(cache.direct(setting, 10), cache.direct(driven, 10));
}

TEST(TableCache, WhatComputesItDoes) {
    TableCache cache;
    const Setting setting = contrastive_polynomial(3);
    const auto table = cache.direct(setting, 10);
    const auto expect_other = [&](const auto& change) {
        Setting other = setting;
        change(other);
        EXPECT_NE(cache.direct(other, 10), table);
    };
    expect_other([](Setting& s) { s.precision = Choice<Precisions>::of<Float16>(); });
    expect_other([](Setting& s) { s.summation = Choice<Summations>::of<DifferenceOfSums>(); });
    expect_other([](Setting& s) { s.power_rounding = Choice<PowerRoundings>::of<RoundedOnce>(); });
    expect_other([](Setting& s) { s.beta = 2.0; });
    expect_other([](Setting& s) { s.interaction_parameters.vertex = 4; });
    expect_other([](Setting& s) { s.similarity = Choice<Similarities>::of<Cosine>(); });
    expect_other([](Setting& s) { s.rule = Choice<Rules>::of<Gradient>(); });
}

TEST(TableCache, HoldsWhatTheMakersMake) {
    TableCache cache;
    const Setting setting = contrastive_polynomial(3);
    const auto direct = cache.direct(setting, 10);
    const auto exact = cache.exact(exact_model(setting, 10), 10);

    EXPECT_EQ(direct->table.steps, make_decision_table(setting, 10).steps);
    EXPECT_EQ(direct->closeness.ratios, compare(direct->table, *exact).ratios);
}

TEST(TableCache, ForgetsWhenItIsFullAndNotBefore) {
    TableCache cache;
    const Setting setting = classical();
    const auto small = cache.direct(setting, 10);
    cache.trim();
    EXPECT_EQ(cache.direct(setting, 10), small);

    // 2^21 steps are about 64 MB: one network of 1.1 million units has two tables of them.
    const auto large = cache.direct(setting, 1'100'000);
    cache.trim();

    const auto again = cache.direct(setting, 10);
    EXPECT_NE(again, small);
    EXPECT_EQ(again->table.steps, small->table.steps);
    EXPECT_EQ(large->table.steps.size(), 1'100'002U); // still ours
}

} // namespace
} // namespace basin
