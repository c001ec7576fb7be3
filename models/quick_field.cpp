#include "models/quick_field.hpp"

#include <algorithm>
#include <cmath>
#include <emmintrin.h>
#include <limits>

namespace basin {

namespace {

/// Adds steps[m] and steps[m + 1] of memories of m matches to two sums, and sets their weights.
struct Weigher {
    const std::uint32_t* matches = nullptr;
    const double* steps = nullptr;
    const float* pairs = nullptr;
    float* weights = nullptr;
    __m128d sums[4] = {_mm_setzero_pd(), _mm_setzero_pd(), _mm_setzero_pd(), _mm_setzero_pd()};

    void add(std::size_t mu, __m128d& sum) {
        const std::uint32_t m = matches[mu];
        weights[mu] = pairs[m];
        sum = _mm_add_pd(sum, _mm_loadu_pd(steps + m));
    }

    /// Memories first ... last - 1. Four sums, so that additions do not wait for each other.
    void add(std::size_t first, std::size_t last) {
        std::size_t mu = first;
        for (; mu + 4 <= last; mu += 4)
            for (std::size_t j = 0; j < 4; ++j)
                add(mu + j, sums[j]);
        for (; mu < last; ++mu)
            add(mu, sums[0]);
    }

    /// [0] of steps[m], [1] of steps[m + 1].
    std::array<double, 2> total() const {
        std::array<double, 2> both{};
        _mm_storeu_pd(both.data(),
                      _mm_add_pd(_mm_add_pd(sums[0], sums[1]), _mm_add_pd(sums[2], sums[3])));
        return both;
    }
};

} // namespace

void QuickField::weigh(const Overlaps& overlaps, std::span<const double> steps,
                       std::optional<std::uint32_t> left_out, double largest) {
    pair_steps(steps, 2.0 * largest);
    const auto matches = overlaps.matches();
    weights_.resize(64 * words_for(matches.size()), 0.0F);
    Weigher weigher{matches.data(), steps.data(), pairs_.data(), weights_.data()};
    // Not added and taken away again: that would leave its rounding error.
    weigher.add(0, left_out.value_or(matches.size()));
    if (left_out) {
        weights_[*left_out] = 0.0F;
        weigher.add(*left_out + 1, matches.size());
    }
    const auto [aligned, opposed] = weigher.total();
    base_ = -opposed;
    total_ = aligned + opposed;
}

/// Sets unit and pairs, so that pairs of up to `largest` are far from a float's ends.
void QuickField::pair_steps(std::span<const double> steps, double largest) {
    constexpr double low = 0x1p-30;
    const bool near = largest >= low * unit_ && largest * low <= unit_;
    if (unit_ > 0.0 && (near || largest == 0.0)) return;
    const int exponent = largest > 0.0 ? std::ilogb(largest) : 0;
    unit_ = std::scalbn(1.0, exponent);
    const double to_float = std::scalbn(1.0, -exponent);
    constexpr double most = std::numeric_limits<float>::max(); // of steps that do not occur
    pairs_.resize(steps.size() - 1);
    for (std::size_t m = 0; m < pairs_.size(); ++m)
        pairs_[m] =
            static_cast<float>(std::clamp((steps[m] + steps[m + 1]) * to_float, -most, most));
}

std::array<double, 4> QuickField::sums(const Overlaps& overlaps,
                                       std::span<const std::uint32_t> units) const {
    std::array<BitRow, 4> columns;
    for (std::size_t c = 0; c < 4; ++c)
        columns[c] = overlaps.aligned(units[std::min(c, units.size() - 1)]).words;
    const std::array<float, 4> raw = masked_sums(path_, weights_, columns);
    std::array<double, 4> sums{};
    for (std::size_t c = 0; c < units.size(); ++c) {
        const double over_set = unit_ * static_cast<double>(raw[c]);
        sums[c] = base_ + (overlaps.unit(units[c]) ? over_set : total_ - over_set);
    }
    return sums;
}

} // namespace basin
