#include "peers/naive.hpp"

#include <cmath>
#include <cstddef>

namespace basin::peers {

FloatRows floats_of(const BitMatrix& patterns, float scale) {
    FloatRows rows(patterns.rows, std::vector<float>(patterns.columns));
    for (std::size_t r = 0; r < patterns.rows; ++r)
        for (std::size_t c = 0; c < patterns.columns; ++c)
            rows[r][c] = bit_at(patterns.row(r), c) ? scale : -scale;
    return rows;
}

void recall_naively(const FloatRows& memories, std::vector<float>& state, std::uint32_t vertex,
                    std::uint32_t sweep_limit) {
    const auto degree = static_cast<float>(vertex);
    bool moved = true;
    for (std::uint32_t sweep = 0; moved && sweep < sweep_limit; ++sweep) {
        moved = false;
        for (std::size_t i = 0; i < state.size(); ++i) {
            float field = 0;
            for (const std::vector<float>& memory : memories) {
                float others = 0;
                for (std::size_t j = 0; j < state.size(); ++j)
                    if (j != i) others += memory[j] * state[j];
                field +=
                    std::pow(others + memory[i], degree) - std::pow(others - memory[i], degree);
            }
            if (field * state[i] < 0) {
                state[i] = -state[i];
                moved = true;
            }
        }
    }
}

} // namespace basin::peers
