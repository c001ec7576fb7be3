#include "models/continuous/weight_sizes.hpp"

#include "models/continuous/normal.hpp"
#include "models/precisions.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <vector>

namespace basin {

namespace {

/// Half a unit in the last place of each of `count` float32 weights: nine equal ones of ten are
/// 0.9.
double slack(std::size_t count) {
    return static_cast<double>(count) * 0x1p-53 + 0x1p-24;
}

/// 64 buckets an octave, from 2^-64 to 1; bucket 0 is below, the last one for 1 and above.
constexpr int bucket_bits = 6;
constexpr std::uint64_t lowest = std::uint64_t{1023 - 64} << bucket_bits;
constexpr std::size_t bucket_count = (std::size_t{64} << bucket_bits) + 2;

std::size_t bucket_of(double weight) {
    const std::uint64_t leading = std::bit_cast<std::uint64_t>(weight) >> (52 - bucket_bits);
    if (leading < lowest || std::signbit(weight)) return 0;
    return std::min<std::size_t>(leading - lowest + 1, bucket_count - 1);
}

} // namespace

std::uint32_t k90_of(std::span<const double> weights) {
    // By size first, in buckets of the leading bits; those of the bucket where the sum is reached
    // are sorted. Weights too small to be told from nothing share the first bucket.
    std::array<double, bucket_count> masses{};
    std::array<std::uint32_t, bucket_count> counts{};
    for (const double w : weights) {
        const std::size_t bucket = bucket_of(w);
        masses[bucket] += w;
        ++counts[bucket];
    }
    const double enough = k90_mass - slack(weights.size());
    double mass = 0.0;
    std::uint32_t count = 0;
    std::size_t bucket = bucket_count - 1;
    for (; bucket > 0 && mass + masses[bucket] < enough; --bucket) {
        mass += masses[bucket];
        count += counts[bucket];
    }
    std::vector<double> last;
    last.reserve(counts[bucket]);
    std::ranges::copy_if(weights, std::back_inserter(last),
                         [bucket](double w) { return bucket_of(w) == bucket; });
    std::ranges::sort(last, std::greater{});
    for (auto w = last.begin(); w != last.end() && mass < enough; ++w, ++count)
        mass += *w;
    return count;
}

double effective_size(double entropy) {
    return Arithmetic{Float64::format, {}}.exponential(entropy);
}

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
    sizes.effective = effective_size(entropy);
    sizes.participation = 1 / squares;
    sizes.k90 = k90_of(weights);
    return sizes;
}

} // namespace basin
