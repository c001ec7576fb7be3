#include "models/scene/real_scene.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

void measure_memories(RealScene& scene) {
    const RealMatrix& memories = scene.memories();
    scene.duplicate_count = count_duplicates(memories);
    double largest = 0.0;
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        largest = std::max(largest, memories.see(mu, [](auto z) { return squared_length(z); }));
    scene.longest = std::sqrt(largest);
}

} // namespace basin
