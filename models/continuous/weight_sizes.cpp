#include "models/continuous/weight_sizes.hpp"

#include "models/continuous/normal.hpp"
#include "models/precisions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace basin {

namespace {

/// Half a unit in the last place of each of `count` float32 weights: nine equal ones of ten are
/// 0.9.
double slack(std::size_t count) {
    return static_cast<double>(count) * 0x1p-53 + 0x1p-24;
}

} // namespace

WeightSizes sizes_of(std::span<const double> weights) {
    WeightSizes sizes;
    double entropy = 0.0;
    double squares = 0.0;
    const auto leader = std::ranges::max_element(weights);
    sizes.leader = static_cast<std::uint32_t>(leader - weights.begin());
    sizes.largest = *leader;
    for (const double w : weights) {
        if (w > support_threshold) ++sizes.support;
        if (w > 0) entropy -= w * natural_logarithm(w);
        squares += w * w;
    }
    sizes.effective = Arithmetic{Float64::format, {}}.exponential(entropy);
    sizes.participation = 1 / squares;

    // A heap, as mostly a few are enough.
    std::vector<double> heap(weights.begin(), weights.end());
    std::ranges::make_heap(heap);
    double mass = 0.0;
    const double enough = k90_mass - slack(weights.size());
    for (auto end = heap.end(); end != heap.begin() && mass < enough; --end) {
        mass += heap.front();
        ++sizes.k90;
        std::pop_heap(heap.begin(), end);
    }
    return sizes;
}

} // namespace basin
