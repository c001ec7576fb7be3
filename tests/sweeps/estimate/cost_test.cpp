// Work and seconds of points before they are computed.

#include "sweeps/coordinates/binding.hpp"
#include "sweeps/estimate/cost.hpp"
#include "sweeps/estimate/cost_classes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/plan_points.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

using tests::index_of;
using tests::plan_of;

Setting setting_of(std::string_view text) {
    const Plan plan = plan_of(text);
    return bind_setting(plan.coordinates_of(0));
}

TEST(Cost, WorkIsDecisionsTimesMemoriesAndAHundredMore) {
    EXPECT_EQ((SceneSize{100, 1000, 64}).work(), 100.0 * 64 * 1100);
}

TEST(Cost, CoordinatesHaveTheSizesOfTheirScene) {
    Coordinates coordinates = default_coordinates();
    coordinates[index_of("dimension")] = std::int64_t{30};
    coordinates[index_of("pattern_count")] = std::int64_t{7};
    coordinates[index_of("probe_count")] = std::int64_t{5};
    const Scene scene = make_scene(bind_scene(coordinates, 1, 0), nullptr);

    for (const SceneSize& size : {scene_size(coordinates, 0), scene_size(scene)}) {
        EXPECT_EQ(size.dimension, 30U);
        EXPECT_EQ(size.pattern_count, 7U);
        EXPECT_EQ(size.probe_count, 5U);
    }
    coordinates[index_of("dimension")] = std::int64_t{0}; // as the file has it
    EXPECT_EQ(scene_size(coordinates, 784).dimension, 784U);
}

TEST(Cost, ClassesTellDriveSteepnessAndSimilarityApart) {
    const std::string normal = "[model]\nformulation = \"normalized\"\n";
    const auto index = [&](const std::string& more) {
        return cost_class(setting_of(normal + more)).index;
    };
    const std::size_t cubic = index("interaction_vertex = 3\n");

    EXPECT_EQ(index("interaction_vertex = 5\n"), cubic);
    EXPECT_EQ(index("interaction_vertex = 3\nbeta = 10\nprecision = \"exact\"\n"), cubic);
    const std::set<std::size_t> others{
        cubic,
        index("interaction_vertex = 2\n"),
        index("interaction_vertex = 30\n"),
        index("interaction_vertex = 3\nsimilarity = \"inverse_squared_euclidean\"\n"),
        index("interaction_vertex = 3\n[recall]\nupdate = \"sync\"\n"),
        index("interaction_vertex = 3\n[recall]\nupdate = \"one_shot\"\n")};
    EXPECT_EQ(others.size(), 6U);
    EXPECT_EQ(index("interaction = \"exponential\"\n"), index("interaction_vertex = 30\n"));
    const std::string classical = "[model]\nformulation = \"classical\"\ninteraction_vertex = 30\n";
    EXPECT_EQ(cost_class(setting_of(classical)).index, CostClass::classical_asynchronous);
    EXPECT_EQ(cost_class(setting_of(classical + "[recall]\nupdate = \"sync\"\n")).index,
              index("interaction_vertex = 2\n[recall]\nupdate = \"sync\"\n"));
}

TEST(CostClasses, EveryCellHasTheClassOfItsSetting) {
    const Plan plan = plan_of(R"toml(
[sweep]
replicates = 2
[patterns]
pattern_count = [5, 10]
[model]
formulation = ["original", "classical", "softmax"]
interaction = ["rectified_polynomial", "exponential"]
interaction_vertex = [1, 2, 3, 7, 8, 9, 50]
beta = [0.5, 1]
similarity = ["dot", "inverse_squared_euclidean", "inverse_jensen_shannon"]
[recall]
update = ["async_random", "sync", "one_shot"]
)toml");
    const CostClasses classes(plan);
    std::set<std::size_t> met;
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
        const std::size_t expected = cost_class(bind_setting(plan.coordinates_of(cell))).index;
        met.insert(expected);
        ASSERT_EQ(classes.of(cell).index, expected) << plan.point_text(cell);
    }
    EXPECT_EQ(met.size(), CostClass::count);
}

TEST(CostFit, FindsThePaceOfPointsThatKeepOne) {
    const CostClass which{3};
    CostFit fit;
    for (const std::uint32_t k : {10U, 100U, 5000U})
        fit.add(which, {100, k, 16}, 2e-5 + 3e-10 * 100 * 16 * (k + 100.0));

    const CostModel model = fit.model();

    EXPECT_TRUE(model.measured(which));
    for (const std::uint32_t k : {1U, 700U, 80000U}) {
        const double expected = 2e-5 + 3e-10 * 100 * 16 * (k + 100.0);
        // Sums of three terms, subtracted once from others of their size.
        EXPECT_NEAR(model.seconds(which, {100, k, 16}), expected, 1e-9 * expected) << k;
    }
}

TEST(CostFit, MeetsWhatThePointsTookTogether) {
    // Points that keep no pace: small ones cheap or dear, large ones that cost less than small.
    for (const std::vector<double>& seconds :
         {std::vector{1e-5, 9e-4, 2e-3}, {3e-3, 2e-4, 1e-4}, {1e-6, 1e-5, 9e-2}}) {
        const CostClass which{0};
        CostFit fit;
        double total = 0.0;
        for (std::size_t i = 0; i < seconds.size(); ++i) {
            fit.add(which, {100, 100U << (3 * i), 16}, seconds[i]);
            total += seconds[i];
        }
        const CostModel model = fit.model();
        double predicted = 0.0;
        for (std::size_t i = 0; i < seconds.size(); ++i) {
            const double one = model.seconds(which, {100, 100U << (3 * i), 16});
            EXPECT_GT(one, 0.0);
            predicted += one;
        }
        EXPECT_NEAR(predicted, total, 1e-9 * total);
    }
}

TEST(CostFit, OnePointIsTakenInProportionToItsWork) {
    CostFit fit;
    fit.add({1}, {100, 100, 10}, 0.25);
    EXPECT_NEAR(fit.model().seconds({1}, {100, 300, 10}), 0.5, 1e-12);
}

TEST(CostFit, ClassesWithoutAPointKeepTheirDefaultOnThisMachine) {
    const SceneSize size{100, 1000, 64};
    const CostModel defaults;
    EXPECT_FALSE(defaults.measured({0}));
    CostFit fit;
    fit.add({0}, size, 3 * defaults.seconds({0}, size)); // a machine three times as slow

    const CostModel model = fit.model();

    EXPECT_FALSE(model.measured({7}));
    EXPECT_NEAR(model.seconds({7}, size), 3 * defaults.seconds({7}, size),
                1e-12 * model.seconds({7}, size));
}

TEST(CostFit, WithoutAnyPointAllIsDefault) {
    const SceneSize size{100, 1000, 64};
    for (std::size_t c = 0; c < CostClass::count; ++c)
        EXPECT_EQ(CostFit().model().seconds({c}, size), CostModel().seconds({c}, size));
}

} // namespace
} // namespace basin
