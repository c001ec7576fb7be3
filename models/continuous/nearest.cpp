#include "models/continuous/nearest.hpp"

#include "models/continuous/real_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

double length(std::span<const float> vector) {
    return std::sqrt(squared_length(vector));
}

std::vector<NearMemory> nearest_memories(const RealMatrix& memories,
                                         std::span<const RealState* const> states) {
    std::vector<NearMemory> nearest(states.size());
    const Scorer<double> scorer(memories,
                                {Choice<RealSimilarities>::of<RealNegativeSquaredEuclidean>(), 1.0,
                                 Choice<Precisions>::of<Float64>()});
    constexpr std::size_t lanes = RealTile<double>::query_step;
    const std::size_t most = queries_abreast(2 * memories.rows); // of doubles
    for (std::size_t first = 0; first < states.size(); first += most) {
        const std::size_t count = std::min(most, states.size() - first);
        const std::size_t step = (count + lanes - 1) / lanes * lanes;
        Block<double> block(memories.columns, step);
        for (std::size_t i = 0; i < block.rows; ++i)
            for (std::size_t q = 0; q < step; ++q)
                block.row(i)[q] = (*states[first + std::min(q, count - 1)])[i];
        Block<double> scores(memories.rows, step);
        scorer.score(block, scores);
        for (std::size_t q = 0; q < count; ++q) {
            double best = std::numeric_limits<double>::quiet_NaN();
            for (std::size_t mu = 0; mu < memories.rows; ++mu)
                if (const double s = scores.row(mu)[q]; s > best || (std::isnan(best) && s == s)) {
                    best = s;
                    nearest[first + q].memory = static_cast<std::uint32_t>(mu);
                }
            nearest[first + q].distance = std::sqrt(-best);
        }
    }
    return nearest;
}

} // namespace basin
