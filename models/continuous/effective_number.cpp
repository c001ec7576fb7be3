#include "models/continuous/effective_number.hpp"

#include "models/arithmetic/precisions.hpp"
#include "models/draws/normal.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace basin {

double k90_slack(std::size_t count) {
    return static_cast<double>(count) * 0x1p-53 + 0x1p-24;
}

template <class T>
std::uint32_t number_needed(std::span<T> weights, double enough) {
    auto begin = weights.begin();
    auto end = weights.end();
    std::uint32_t number = 0;
    // The half with the larger ones is needed whole, or the other one is not needed.
    while (end - begin > 16) {
        const auto middle = begin + (end - begin) / 2;
        std::nth_element(begin, middle, end, std::greater{});
        double upper = 0.0;
        for (auto weight = begin; weight != middle; ++weight)
            upper += static_cast<double>(*weight);
        if (upper < enough) {
            enough -= upper;
            number += static_cast<std::uint32_t>(middle - begin);
            begin = middle;
        } else {
            end = middle;
        }
    }
    std::sort(begin, end, std::greater{});
    for (; begin != end && enough > 0; ++begin, ++number)
        enough -= static_cast<double>(*begin);
    return number;
}

template std::uint32_t number_needed<float>(std::span<float>, double);
template std::uint32_t number_needed<double>(std::span<double>, double);

std::uint32_t k90_of(std::span<const double> weights) {
    std::vector<double> copy(weights.begin(), weights.end());
    return number_needed(std::span(copy), k90_mass - k90_slack(weights.size()));
}

double effective_size(double entropy) {
    return Arithmetic{Float64::format, {}}.exponential(entropy);
}

WeightSizes sizes_of(std::span<const double> weights, const TieRule& rule) {
    WeightSizes sizes;
    double entropy = 0.0;
    double squares = 0.0;
    const auto leader = std::ranges::max_element(weights);
    sizes.leader = static_cast<std::uint32_t>(leader - weights.begin());
    sizes.largest = *leader;
    const double least = sizes.largest * (1 - rule.share);
    sizes.target_ties = rule.target >= 0 && weights[static_cast<std::size_t>(rule.target)] >= least;
    sizes.ties = 0;
    for (const double w : weights) {
        if (w >= least) ++sizes.ties;
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
