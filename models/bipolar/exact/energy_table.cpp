#include "models/bipolar/exact/energy_table.hpp"

#include <cmath>
#include <limits>

namespace basin {

namespace {

ExactModel without_slopes(ExactModel model) {
    model.gradient = false;
    return model;
}

} // namespace

EnergyTable::EnergyTable(const ExactModel& model, std::uint32_t dimension)
    : values_(without_slopes(model), dimension), levels_(dimension + 1) {
    constexpr mpfr_prec_t bits = 256;
    BigFloat value(bits);
    BigFloat largest(bits);
    mpfr_set_zero(largest.get(), 1);
    for (std::uint32_t k = 0; k <= dimension; ++k) {
        values_.value(value, k);
        if (mpfr_cmpabs(value.get(), largest.get()) > 0)
            mpfr_abs(largest.get(), value.get(), MPFR_RNDN);
    }
    if (mpfr_zero_p(largest.get())) return;
    for (std::uint32_t k = 0; k <= dimension; ++k) {
        values_.value(value, k);
        mpfr_div(value.get(), value.get(), largest.get(), MPFR_RNDN);
        levels_[k] = scaled(value).at_scale(0);
    }
}

double EnergyTable::energy(std::span<const MatchCount> state) const {
    double sum = 0.0;
    for (const MatchCount& entry : state)
        sum -= entry.memories * levels_[entry.matches];
    return sum;
}

bool EnergyTable::rises(std::span<const MatchCount> before,
                        std::span<const MatchCount> after) const {
    // E after - E before = the sum over k of (memories before - memories after) F(k).
    std::vector<CountedNode> terms;
    auto left = before.begin();
    auto right = after.begin();
    while (left != before.end() || right != after.end()) {
        const bool takes_left =
            right == after.end() || (left != before.end() && left->matches <= right->matches);
        const bool takes_right =
            left == before.end() || (right != after.end() && right->matches <= left->matches);
        const std::uint32_t node = takes_left ? left->matches : right->matches;
        std::int64_t count = 0;
        if (takes_left) count += (left++)->memories;
        if (takes_right) count -= (right++)->memories;
        if (count != 0) terms.push_back({node, count});
    }
    double sum = 0.0;
    double size = 0.0;
    for (const CountedNode& term : terms) {
        const double part = static_cast<double>(term.count) * levels_[term.node];
        sum += part;
        size += std::abs(part);
    }
    // A level is off by half a unit in the last place, its product and each sum by another half,
    // and what is below the smallest normal number by no more than that.
    const double count = static_cast<double>(terms.size());
    const double error = size * (count + 2.0) * std::numeric_limits<double>::epsilon() +
                         static_cast<double>(2 * terms.size()) * 0x1p-900;
    if (std::abs(sum) > error) return sum > 0.0;
    return values_.sign(terms) > 0;
}

} // namespace basin
