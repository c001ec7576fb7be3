#include "support/damaged_cube.hpp"

TEST(DamagedCube, IsRefusedOrReadAsItWas) {
    basin::tests::damage_cube(1, 400);
}
