// The fast table of meaningful cells against asking every cell for itself.

#include "sweeps/applicability.hpp"
#include "sweeps/binding.hpp"

#include <gtest/gtest.h>

#include "support/plan_points.hpp"

namespace basin {
namespace {

Plan plan_of(const std::string& model) {
    return Plan(parse_config(
        "[sweep]\nreplicates = 2\n[patterns]\npattern_count = [2, 3]\n[model]\n" + model, "test",
        {}));
}

TEST(Applicability, AgreesWithTheModelsOnEveryCell) {
    const Plan plan = plan_of("formulation = [\"original\", \"classical\"]\n"
                              "interaction = [\"rectified_polynomial\", \"exponential\"]\n"
                              "interaction_vertex = [2, 5]\n"
                              "similarity = [\"dot\", \"inverse_squared_euclidean\", "
                              "\"negative_manhattan\"]\n"
                              "rule = [\"contrastive\", \"gradient\"]\n");
    const Applicability applicability(plan);
    std::size_t without_meaning = 0;
    for (const std::uint64_t cell : tests::all_cells(plan)) {
        const auto reason = not_applicable(bind_setting(plan.coordinates_of(cell)));
        EXPECT_EQ(applicability.reason(cell), reason.value_or(""));
        without_meaning += reason.has_value();
    }
    EXPECT_GT(without_meaning, 0U);
    EXPECT_LT(without_meaning, plan.cell_count());
}

TEST(Applicability, WithoutADecidingAxisAllCellsAgree) {
    const Applicability meaningless(plan_of("similarity = \"negative_manhattan\"\n"));
    EXPECT_FALSE(meaningless.applicable(0));
    EXPECT_FALSE(meaningless.applicable(3));
    EXPECT_TRUE(Applicability(plan_of("beta = [1.0, 2.0]\n")).applicable(7));
}

} // namespace
} // namespace basin
