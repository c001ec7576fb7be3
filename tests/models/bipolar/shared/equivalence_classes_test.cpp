// Bundles hold what has the same shape, and their bounds hold all members.

#include "models/bipolar/shared/equivalence_classes.hpp"
#include "models/bipolar/shared/table_cache.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace basin {
namespace {

constexpr std::uint32_t table_dimension = 100;

/// Tables of one exact model over a grid of beta.
class Grid {
public:
    explicit Grid(std::uint32_t vertex) {
        Setting setting;
        setting.formulation = Choice<Formulations>::of<Normalized>();
        setting.interaction_parameters.vertex = vertex;
        contenders.emplace_back(); // the exact network
        for (const auto precision :
             {Choice<Precisions>::of<Float32>(), Choice<Precisions>::of<Float64>()})
            for (int b = 0; b < 40; ++b) {
                setting.precision = precision;
                setting.beta = std::pow(10.0, 0.1 * b - 2.0);
                tables.push_back(cache.direct(setting, table_dimension));
                contenders.push_back({&tables.back()->table, &tables.back()->closeness});
            }
    }

    TableCache cache;
    std::vector<std::shared_ptr<const DirectTable>> tables;
    std::vector<Contender> contenders;
};

TEST(Bundles, EveryContenderIsInOne) {
    for (const std::uint32_t vertex : {3U, 10U, 30U}) {
        const Grid grid(vertex);
        std::vector<int> times(grid.contenders.size(), 0);
        const std::vector<Bundle> bundles = bundled(grid.contenders);
        for (const Bundle& bundle : bundles)
            for (const std::uint32_t member : bundle.members)
                ++times[member];
        EXPECT_EQ(times, std::vector<int>(grid.contenders.size(), 1)) << vertex;
        EXPECT_LT(bundles.size(), grid.contenders.size()) << vertex;
        EXPECT_EQ(bundles.front().members, std::vector<std::uint32_t>{0}) << "the exact one";
        EXPECT_EQ(each_alone(grid.contenders).size(), grid.contenders.size());
    }
}

TEST(Bundles, BoundsHoldForAllMembers) {
    for (const std::uint32_t vertex : {3U, 10U, 30U}) {
        const Grid grid(vertex);
        for (const Bundle& bundle : bundled(grid.contenders)) {
            if (!bundle.first.table) continue;
            for (const std::uint32_t member : bundle.members) {
                const Closeness& close = *grid.contenders[member].closeness;
                EXPECT_EQ(close.marks, bundle.first.closeness->marks);
                EXPECT_EQ(close.calm, bundle.is_calm());
                if (bundle.is_calm()) {
                    EXPECT_LE(close.spread, bundle.spread);
                }
                EXPECT_LE(close.floor.at_scale(0), bundle.floor.at_scale(0));
                EXPECT_GE(close.ceiling.at_scale(0), bundle.ceiling.at_scale(0));
                for (std::uint32_t k = 0; k < close.ratios.size(); ++k) {
                    EXPECT_GE(bundle.deviations()[k], std::abs(close.ratios[k] - 1.0));
                    EXPECT_GE(bundle.most_ratios()[k], close.ratios[k]);
                }
            }
        }
    }
}

/// What the shape promises, told by the tables themselves: the same flags of a step, and the same
/// steps invisible beside the same others.
TEST(Bundles, MembersHideTheSameSteps) {
    const Grid grid(30);
    for (const Bundle& bundle : bundled(grid.contenders)) {
        if (!bundle.first.table) continue;
        for (const std::uint32_t member : bundle.members) {
            const DecisionTable& table = *grid.contenders[member].table;
            EXPECT_EQ(table.step_flags, bundle.first.table->step_flags);
            const auto hides = [](const DecisionTable& of, std::uint32_t a, std::uint32_t b) {
                const double small = std::abs(of.steps[a]);
                return small != 0.0 && small * of.largest_count < std::abs(of.steps[b]);
            };
            for (std::uint32_t a = 1; a <= table_dimension; ++a)
                for (std::uint32_t b = 1; b <= table_dimension; ++b)
                    ASSERT_EQ(hides(table, a, b), hides(*bundle.first.table, a, b))
                        << "steps " << a << " and " << b;
        }
    }
}

TEST(Bundles, WhatIsNotFiniteGoesAlone) {
    Setting setting; // original: F overflows
    setting.precision = Choice<Precisions>::of<Float32>();
    setting.interaction_parameters.vertex = 30;
    TableCache cache;
    std::vector<std::shared_ptr<const DirectTable>> tables;
    std::vector<Contender> contenders;
    for (const double beta : {1.0, 2.0, 4.0}) {
        setting.beta = beta;
        tables.push_back(cache.direct(setting, table_dimension));
        contenders.push_back({&tables.back()->table, &tables.back()->closeness});
    }
    EXPECT_EQ(bundled(contenders).size(), 3U);
}

} // namespace
} // namespace basin
