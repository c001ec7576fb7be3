// The fast table of meaningful cells against asking every cell for itself.

#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/applicability.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/plan_points.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

Plan plan_with(const std::string& model) {
    return Plan(parse_config(
        "[sweep]\nreplicates = 2\n[patterns]\npattern_count = [2, 3]\n[model]\n" + model, "test",
        {}));
}

TEST(Applicability, AgreesWithTheModelsOnEveryCell) {
    const Plan plan = plan_with("formulation = [\"original\", \"classical\"]\n"
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

// Every parameter may decide, of the scene too: each one's values, with every source, corruption,
// formulation and a file's numbers as they are or binarized.
TEST(Applicability, AgreesWithTheModelsWhateverVaries) {
    const tests::TempFolder folder;
    const std::string file = folder.write("images.npy", "x");
    const std::string sources = "[patterns]\npath = \"" + file +
                                "\"\ndataset = \"x\"\ndimension = 8\n"
                                "source = [\"random_bipolar\", \"npy\", \"gaussian\", "
                                "\"uniform\"]\n"
                                "binarize = [\"median\", \"none\"]\n"
                                "[cue]\ncorruption = [\"flip\", \"gaussian\"]\n"
                                "cue_bound = [\"none\", \"clip\"]\n"
                                "[model]\nformulation = [\"original\", \"softmax\"]\n"
                                "similarity = [\"dot\", \"mean_normalized_dot\"]\n";
    std::size_t tried = 0;
    for (const Parameter& parameter : parameters()) {
        if (parameter.kind == Kind::text || parameter.kind == Kind::range) continue;
        std::vector<std::string> overrides;
        if (parameter.name == "cue_source")
            overrides = {"cue_path=" + file, "cue_dataset=x"}; // of those that read a file
        if (parameter.kind == Kind::choice) {
            std::string list;
            for (const std::string_view choice : parameter.choices)
                list += (list.empty() ? "\"" : ", \"") + std::string(choice) + "\"";
            overrides.push_back(std::string(parameter.name) + "=[" + list + "]");
        } else {
            // A dimension of 0 is what a file has.
            const double least = parameter.name == "dimension" ? 1.0 : 0.0;
            const double low = std::max(parameter.minimum.value_or(0.0), least);
            const double step = parameter.kind == Kind::integer ? 1.0 : 0.25;
            const double first = parameter.minimum_excluded ? low + step : low;
            overrides.push_back(std::string(parameter.name) + "=[" +
                                canonical_text(parameter.kind == Kind::integer
                                                   ? Value(static_cast<std::int64_t>(first))
                                                   : Value(first)) +
                                ", " +
                                canonical_text(parameter.kind == Kind::integer
                                                   ? Value(static_cast<std::int64_t>(first + step))
                                                   : Value(first + step)) +
                                "]");
        }
        const Plan plan(parse_config(sources, "test", overrides));
        const Applicability applicability(plan);
        for (const std::uint64_t cell : tests::all_cells(plan)) {
            const Coordinates coordinates = plan.coordinates_of(cell);
            const auto reason =
                not_applicable(bind_scene(coordinates, 0, 0), bind_setting(coordinates));
            ASSERT_EQ(applicability.reason(cell), reason.value_or(""))
                << parameter.name << ": " << plan.point_text(cell);
            ++tried;
        }
    }
    EXPECT_GT(tried, 5000U);
}

TEST(Applicability, WithoutADecidingAxisAllCellsAgree) {
    const Applicability meaningless(plan_with("similarity = \"negative_manhattan\"\n"));
    EXPECT_FALSE(meaningless.applicable(0));
    EXPECT_FALSE(meaningless.applicable(3));
    EXPECT_TRUE(Applicability(plan_with("beta = [1.0, 2.0]\n")).applicable(7));
}

} // namespace
} // namespace basin
