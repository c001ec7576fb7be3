#include "models/continuous/nearest.hpp"

#include "models/continuous/squared_distances.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

std::vector<NearMemory> nearest_memories(const RealMatrix& memories,
                                         std::span<const RealState* const> states) {
    constexpr std::size_t lanes = RealTile<double>::query_step;
    constexpr std::size_t most = 256; // states side by side, and memories of a tile
    const SquaredDistances<double> distances(memories);
    std::vector<NearMemory> nearest(states.size());
    std::vector<double> tile;
    std::vector<double> squares;
    for (std::size_t first = 0; first < states.size(); first += most) {
        const std::size_t count = std::min(most, states.size() - first);
        Block<double> block(memories.columns, (count + lanes - 1) / lanes * lanes);
        for (std::size_t i = 0; i < block.rows; ++i)
            for (std::size_t q = 0; q < block.queries; ++q)
                block.row(i)[q] = (*states[first + std::min(q, count - 1)])[i];
        const auto prepared = distances.prepare(block);
        std::vector<double> least(count, std::numeric_limits<double>::quiet_NaN());
        for (std::size_t mu = 0; mu < memories.rows; mu += most) {
            const std::size_t rows = std::min(most, memories.rows - mu);
            memories.see(
                mu, [&](auto z) { tile.assign(z.data(), z.data() + rows * memories.columns); });
            squares.resize(rows * block.queries);
            distances.measure(tile.data(), rows, prepared, squares.data());
            for (std::size_t row = 0; row < rows; ++row)
                for (std::size_t q = 0; q < count; ++q) {
                    const double square = squares[row * block.queries + q];
                    if (!(square < least[q] || (std::isnan(least[q]) && !std::isnan(square))))
                        continue;
                    least[q] = square;
                    nearest[first + q].memory = static_cast<std::uint32_t>(mu + row);
                }
        }
        for (std::size_t q = 0; q < count; ++q)
            nearest[first + q].distance = std::sqrt(least[q]);
    }
    return nearest;
}

} // namespace basin
