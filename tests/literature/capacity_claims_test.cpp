// The capacity presets, smaller than they are, against the literature.
#include "capacity_claims.hpp"

namespace basin::tests {
namespace {

TEST(CapacityClaims, HalfOfRandomStartsFindAMemory) {
    expect_half_of_random_starts({"dimension=[50, 100, 200]", "relative_width=0.05"}, 0.05);
}

TEST(CapacityClaims, RandomStartsByDegree) {
    expect_random_starts_by_degree({"replicates=1000"});
}

TEST(CapacityClaims, UnitErrors) {
    expect_unit_errors({"replicates=100"});
}

TEST(CapacityClaims, ClassicalLimit) {
    expect_classical_limit({"replicates=30"});
}

TEST(CapacityClaims, GrowthWithTheDimension) {
    expect_growth({"dimension=[50, 70, 100, 140]", "interaction_vertex=[3, 4]",
                   "interaction=polynomial", "relative_width=0.1"},
                  2, 0.15);
}

} // namespace
} // namespace basin::tests
