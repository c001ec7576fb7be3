#include "support/damaged_cube.hpp"

TEST(DamagedCube, TenThousandTimesIsRefusedOrReadAsItWas) {
    basin::tests::damage_cube(2, 10'000);
}
