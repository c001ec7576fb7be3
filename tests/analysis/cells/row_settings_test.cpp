#include "analysis/cells/row_settings.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

TEST(RowSettings, TakeAxesFromTheRowFixedValuesFromTheConfigAndFallbacks) {
    Cells cells = synthetic_cells({number_axis("interaction_vertex", {2, 30}),
                                   text_axis("formulation", {"original", "normalized"})},
                                  1);
    cells.provenance["config_resolved"] =
        R"({"blocks":[{"axes":{"dimension":[784],"beta":[2],"similarity":["cosine"],"interaction_vertex":[2,30]}}]})";
    const RowSettings settings(cells);

    const Setting setting = settings.setting(3);
    const SceneSpec scene = settings.scene(3);

    EXPECT_EQ(setting.interaction_parameters.vertex, 30u);
    EXPECT_TRUE(setting.formulation.is<Normalized>());
    EXPECT_EQ(setting.beta, 2.0);
    EXPECT_TRUE(setting.similarity.is<Cosine>());
    EXPECT_EQ(scene.patterns.dimension, 784u);
    EXPECT_EQ(scene.cues.cue_level, 0.1) << "the fallback";
}

TEST(RowSettings, RefuseANameTheyDoNotKnow) {
    const Cells cells = synthetic_cells({text_axis("interaction", {"from_the_future"})}, 1);

    EXPECT_THROW(RowSettings(cells).setting(0), StoreError);
}

TEST(RowSettings, RefuseAConfigThatIsNone) {
    Cells cells = synthetic_cells({number_axis("beta", {1, 2})}, 1);
    cells.provenance["config_resolved"] = "{";

    EXPECT_THROW(RowSettings{cells}, StoreError);
}

} // namespace
} // namespace basin
