#include "models/reference/real_oracle.hpp"

#include "models/reference/real_oracle_weights.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

namespace basin {

namespace {

bool is_half(const Setting& setting) {
    return setting.precision.is<Float16>() || setting.precision.is<BFloat16>();
}

/// As states and memories are stored.
LongVector stored(const LongVector& v, const Setting& setting) {
    if (!is_half(setting)) return v;
    LongVector rounded;
    for (const long double value : v)
        rounded.push_back(round_to(format_of(setting.precision), static_cast<double>(value)));
    return rounded;
}

long double square_of(const LongVector& v) {
    long double sum = 0;
    for (const long double value : v)
        sum += value * value;
    return sum;
}

long double distance_of(const LongVector& a, const LongVector& b) {
    long double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(sum);
}

void disturb(LongVector& state, double disturbance, std::uint32_t step) {
    if (disturbance == 0) return;
    const auto units = static_cast<long double>(state.size());
    const long double move = disturbance * std::sqrt(square_of(state) / units);
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] += (i * 7 + std::size_t{step} * 3 + i / 5) % 2 == 0 ? move : -move;
}

LongVector project(const std::vector<LongVector>& memories, const LongVector& weights) {
    LongVector state(memories.front().size());
    for (std::size_t i = 0; i < state.size(); ++i)
        for (std::size_t m = 0; m < memories.size(); ++m)
            state[i] += weights[m] * memories[m][i];
    return state;
}

WeightSizes sizes_of_oracle(const LongVector& weights, long double tolerance, std::int32_t target) {
    WeightSizes sizes;
    LongVector sorted = weights;
    std::ranges::sort(sorted, std::greater());
    long double sum = 0;
    // Nine of ten equal weights are 0.9, whatever rounding says.
    for (std::size_t k = 0; k < sorted.size() && sum < 0.9L - 1e-9L; ++k) {
        sum += sorted[k];
        sizes.k90 = static_cast<std::uint32_t>(k + 1);
    }
    long double entropy = 0;
    long double squares = 0;
    for (const long double weight : weights) {
        if (weight > 0.01L) ++sizes.support;
        if (weight > 0) entropy -= weight * std::log(weight);
        squares += weight * weight;
    }
    sizes.effective = static_cast<double>(std::exp(entropy));
    sizes.participation = static_cast<double>(1 / squares);
    sizes.largest = static_cast<double>(sorted.front());
    sizes.leader = static_cast<std::uint32_t>(std::ranges::max_element(weights) - weights.begin());
    // A weight that lacks 100 tolerances of the largest, or a millionth, is as large.
    const long double lacking = std::clamp(100 * tolerance, 1e-6L, 0.5L);
    const auto ties = [&](long double weight) { return weight >= sorted.front() * (1 - lacking); };
    sizes.ties = static_cast<std::uint32_t>(std::ranges::count_if(weights, ties));
    sizes.target_ties = target >= 0 && ties(weights[static_cast<std::size_t>(target)]);
    return sizes;
}

/// Ramsauer et al. 2020, eq. 2, and for distances the negative log-likelihood of equal Gaussians
/// at the memories over beta; NaN for others.
long double energy_of(const std::vector<LongVector>& memories, const LongVector& state,
                      long double log_partition, const Setting& setting) {
    const bool is_softmax =
        setting.formulation.is<Softmax>() || setting.separation.is<SoftmaxSeparation>();
    const long double beta = setting.beta;
    if (is_softmax && setting.real_similarity.name() == "negative_squared_euclidean")
        return -log_partition / beta;
    if (is_softmax && setting.real_similarity.name() == "dot") {
        long double largest = 0;
        for (const LongVector& memory : memories)
            largest = std::max(largest, square_of(memory));
        const auto count = static_cast<long double>(memories.size());
        return -log_partition / beta + square_of(state) / 2 + std::log(count) / beta + largest / 2;
    }
    return std::numeric_limits<long double>::quiet_NaN();
}

/// What may be added to an energy by rounding a state.
long double energy_slack(const std::vector<LongVector>& memories, const LongVector& state,
                         long double log_partition, const Setting& setting) {
    const int bits = format_of(setting.precision).significand_bits;
    long double size = square_of(state) + std::abs(log_partition) / setting.beta;
    for (const LongVector& memory : memories)
        size = std::max(size, square_of(memory));
    return std::ldexp(8 * size, -bits);
}

void count(DecisionCounts& counts, const OracleWeights& made) {
    ++counts.decisions;
    counts.flags |= made.flags;
    if (made.flags & flag::any_overflow) ++counts.overflows;
    for (std::size_t f = 0; f < all_flags.size(); ++f)
        if (made.flags & all_flags[f].mask) ++counts.flagged[f];
    if (!made.is_defined) ++counts.nans;
}

std::uint32_t limit_of(const Setting& setting) {
    if (setting.update.is<OneShot>()) return 1;
    return setting.fixed_steps > 0 ? setting.fixed_steps : setting.max_iterations;
}

/// The numbers that a setting begins with: float32 rounds them first, and a half its own way.
LongVector long_row(const RealMatrix& matrix, std::size_t row, const Setting& setting) {
    LongVector numbers = matrix.see(row, [](auto z) { return LongVector(z.begin(), z.end()); });
    if (setting.precision.is<Float32>())
        for (long double& x : numbers)
            x = static_cast<float>(x);
    return numbers;
}

} // namespace

RealPath real_oracle(const RealScene& scene, const Setting& setting, std::uint32_t probe,
                     double disturbance) {
    std::vector<LongVector> memories;
    for (std::size_t m = 0; m < scene.memories().rows; ++m)
        memories.push_back(stored(long_row(scene.memories(), m, setting), setting));
    LongVector state = long_row(scene.cues, probe, setting);
    disturb(state, disturbance, 0);
    state = stored(state, setting);

    const bool stops_early = setting.fixed_steps == 0;
    long double tolerance = setting.tolerance;
    if (tolerance == 0) tolerance = setting.precision.is<Float64>() ? 1e-10L : 1e-5L;

    RealPath path;
    path.energy = std::numeric_limits<double>::quiet_NaN();
    for (std::uint32_t step = 1; step <= limit_of(setting); ++step) {
        const OracleWeights made =
            oracle_weights(oracle_similarities(memories, state, setting), setting);
        count(path.counts, made);
        path.steps = step;
        const long double energy = energy_of(memories, state, made.log_partition, setting);
        const long double slack = energy_slack(memories, state, made.log_partition, setting);
        if (step > 1 && energy > path.energy + slack) ++path.energy_rises;
        path.energy = static_cast<double>(energy);
        if (!made.is_defined) {
            path.stop = Stop::undecided;
            path.sizes = {};
            break;
        }
        LongVector next = project(memories, made.weights);
        disturb(next, disturbance, step);
        next = stored(next, setting);
        path.sizes = sizes_of_oracle(made.weights, tolerance, scene.targets[probe]);
        const bool is_quiet =
            distance_of(next, state) <= tolerance * (1 + std::sqrt(square_of(state)));
        if (next != state) ++path.counts.flips;
        state = next;
        path.stop = is_quiet ? Stop::fixed_point : Stop::max_sweeps;
        if (is_quiet && stops_early) break;
    }
    path.state.assign(state.begin(), state.end());
    return path;
}

} // namespace basin
