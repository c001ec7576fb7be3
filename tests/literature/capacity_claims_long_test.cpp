// The capacity presets as they are, against the literature.
#include "capacity_claims.hpp"

namespace basin::tests {
namespace {

TEST(CapacityClaimsLong, HalfOfRandomStartsFindAMemory) {
    expect_half_of_random_starts({}, 0.03);
}

TEST(CapacityClaimsLong, RandomStartsByDegree) {
    expect_random_starts_by_degree({});
}

TEST(CapacityClaimsLong, UnitErrors) {
    expect_unit_errors({});
}

TEST(CapacityClaimsLong, ClassicalLimit) {
    expect_classical_limit({});
}

TEST(CapacityClaimsLong, GrowthWithTheDimension) {
    expect_growth({}, 8, 0.05);
}

} // namespace
} // namespace basin::tests
