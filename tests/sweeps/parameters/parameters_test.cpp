#include "models/draws/cues.hpp"
#include "models/draws/patterns.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/parameters/axis.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace basin {
namespace {

TEST(Parameters, HaveDistinctNamesThatAreFoundAgain) {
    const std::span<const Parameter> all = parameters();
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < all.size(); ++i) {
        names.insert(all[i].name);
        EXPECT_EQ(parameter_index(all[i].name), i);
    }
    EXPECT_EQ(names.size(), all.size());
    EXPECT_EQ(parameter_index("betta"), std::nullopt);
}

// "name", "seed", "replicates" are of [sweep], "replicate" is a dimension: --set and HDF5 would
// confuse a parameter of that name with them.
TEST(Parameters, LeaveTheSweepsOwnNamesFree) {
    for (const char* name : {"name", "seed", "replicates", "replicate", "zip", "when", "exclude"})
        EXPECT_EQ(parameter_index(name), std::nullopt) << name;
}

TEST(Parameters, FallbacksAreAdmissible) {
    for (const Parameter& parameter : parameters()) {
        std::vector<Diagnostic> problems;
        Value fallback = parameter.fallback;

        EXPECT_TRUE(admit(parameter, fallback, {}, problems)) << parameter.name;
        EXPECT_EQ(fallback, parameter.fallback) << parameter.name;
    }
}

TEST(Parameters, SectionsFollowFromRolesAndComeInOrder) {
    Role last = Role::pattern;
    for (const Parameter& parameter : parameters()) {
        EXPECT_GE(parameter.role, last) << parameter.name;
        last = parameter.role;
        EXPECT_FALSE(parameter.help.empty()) << parameter.name;
        EXPECT_FALSE(parameter.unit.empty()) << parameter.name;
    }
    EXPECT_EQ(parameters()[*parameter_index("source")].section, "patterns");
    EXPECT_EQ(parameters()[*parameter_index("cue_level")].section, "cue");
    EXPECT_EQ(parameters()[*parameter_index("beta")].section, "model");
    EXPECT_EQ(parameters()[*parameter_index("tie")].section, "recall");
}

template <class List>
void expect_catalog(std::string_view name) {
    const Parameter& parameter = parameters()[parameter_index(name).value()];
    EXPECT_TRUE(std::ranges::equal(parameter.choices, List::names)) << name;
    EXPECT_TRUE(std::ranges::equal(parameter.choice_helps, List::helps)) << name;
}

TEST(Parameters, ChoicesAreTheModelsCatalogs) {
    expect_catalog<PatternSources>("source");
    expect_catalog<ChannelForms>("channels");
    expect_catalog<Binarizations>("binarize");
    expect_catalog<Corruptions>("corruption");
    expect_catalog<CueCounts>("cue_count");
    expect_catalog<CueBounds>("cue_bound");
    expect_catalog<PixelRanges>("pixel_range");
    expect_catalog<Formulations>("formulation");
    expect_catalog<Interactions>("interaction");
    expect_catalog<LeakSigns>("leak_sign");
    expect_catalog<BetaScales>("beta_scale");
    expect_catalog<RealSimilarities>("similarity");
    expect_catalog<Separations>("separation");
    expect_catalog<Exponentials>("exponential");
    expect_catalog<Precisions>("precision");
    expect_catalog<Rules>("rule");
    expect_catalog<Updates>("update");
    expect_catalog<Ties>("tie");
}

TEST(Parameters, DefaultCoordinatesAreTheFallbacks) {
    const Coordinates coordinates = default_coordinates();

    ASSERT_EQ(coordinates.size(), parameters().size());
    EXPECT_EQ(coordinates[*parameter_index("dimension")], Value(std::int64_t{100}));
    EXPECT_EQ(coordinates[*parameter_index("corruption")], Value(std::string("flip")));
    EXPECT_EQ(coordinates[*parameter_index("precision")], Value(std::string("float32")));
}

} // namespace
} // namespace basin
