#include "models/field.hpp"

#include "models/exact_sum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Bound on the rounding error of a sum of `count` doubles whose magnitudes add up to `magnitude`
/// (Higham 2002, section 4.2; the factor covers second order and the error of `magnitude` itself).
double summation_error(std::size_t count, double magnitude) {
    return 1.001 * static_cast<double>(count) * 0x1p-53 * magnitude;
}

} // namespace

Field::Field(const Scene& scene, const DecisionTable& table, BitRow state)
    : scene_(scene), table_(table), state_(state.begin(), state.end()),
      matches_(scene.pattern_count()), weights_(scene.pattern_count()) {
    for (std::uint32_t mu = 0; mu < scene.pattern_count(); ++mu)
        matches_[mu] = scene.dimension() - distance(scene.memories.row(mu), state);

    // A sum inside these limits is decided by its sign; the factors 2 cover the limits' own
    // rounding.
    const double b = table.outside;
    const double half = largest_finite(table.format) / 2.0;
    ceiling_ = b > 1.0 ? half / b : half;
    if (b != 1.0) floor_ = b > 0.0 ? 2.0 * smallest_subnormal(table.format) / b : infinity;
    refresh();
}

Decision Field::ask(std::uint32_t unit) const {
    unsigned raised = table_.beta_flags | sure_flags_;
    if (sure_flags_ != possible_flags_) raised |= selected_flags(unit);

    const double sum = sum_in_double(unit);
    if (raised & flag::pow_overflow) {
        // A selected term is not finite, so neither is the sum, whatever its order.
        raised |= std::isnan(sum) ? flag::nan_inf_minus_inf : flag::benign_overflow;
        return {table_.outside * sum, static_cast<Flags>(raised)};
    }
    const double size = std::abs(sum);
    if (size - error_ > floor_ && size < ceiling_) return {sum, static_cast<Flags>(raised)};
    return decide_exactly(unit, raised);
}

void Field::flip(std::uint32_t unit) {
    move_matches(unit);
    refresh();
}

void Field::flip_all(std::span<const std::uint32_t> units) {
    for (const std::uint32_t unit : units)
        move_matches(unit);
    refresh();
}

void Field::move_matches(std::uint32_t unit) {
    for (std::size_t word = 0; word < scene_.columns.stride(); ++word) {
        const Word bits = aligned_word(unit, word);
        const std::size_t first = 64 * word;
        const std::size_t count = std::min<std::size_t>(64, matches_.size() - first);
        for (std::size_t j = 0; j < count; ++j)
            matches_[first + j] += 1U - 2U * static_cast<std::uint32_t>((bits >> j) & 1U);
    }
    flip_bit(state_, unit);
}

void Field::refresh() {
    double magnitude = 0.0;
    unsigned sure = 0;
    unsigned possible = 0;
    for (std::size_t mu = 0; mu < matches_.size(); ++mu) {
        const std::uint32_t m = matches_[mu];
        const Weights weights{table_.opposed[m], table_.aligned[m]};
        weights_[mu] = weights;
        magnitude += std::max(std::abs(weights[0]), std::abs(weights[1]));
        possible |= table_.opposed_flags[m] | table_.aligned_flags[m];
        // At m = 0 and m = N every unit uses the same entry.
        if (m == 0)
            sure |= table_.opposed_flags[m];
        else if (m == scene_.dimension())
            sure |= table_.aligned_flags[m];
        else
            sure |= table_.opposed_flags[m] & table_.aligned_flags[m];
    }
    sure_flags_ = static_cast<Flags>(sure);
    possible_flags_ = static_cast<Flags>(possible);
    const bool exact = magnitude <= table_.exact_magnitude;
    error_ = exact ? 0.0 : summation_error(matches_.size(), magnitude);
    if (!std::isfinite(error_)) error_ = infinity;
}

double Field::sum_in_double(std::uint32_t unit) const {
    // Eight independent partial sums: the additions do not wait for each other.
    std::array<double, 8> partial{};
    const std::size_t count = weights_.size();
    for (std::size_t first = 0; first < count; first += 64) {
        Word bits = aligned_word(unit, first / 64);
        const std::size_t last = std::min(count, first + 64);
        std::size_t mu = first;
        for (; mu + 8 <= last; mu += 8, bits >>= 8U)
            for (std::size_t j = 0; j < 8; ++j)
                partial[j] += weights_[mu + j][(bits >> j) & 1U];
        for (; mu < last; ++mu, bits >>= 1U)
            partial[0] += weights_[mu][bits & 1U];
    }
    return ((partial[0] + partial[1]) + (partial[2] + partial[3])) +
           ((partial[4] + partial[5]) + (partial[6] + partial[7]));
}

Flags Field::selected_flags(std::uint32_t unit) const {
    unsigned selected = 0;
    for (std::size_t mu = 0; mu < matches_.size(); ++mu) {
        const bool aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        selected |=
            aligned ? table_.aligned_flags[matches_[mu]] : table_.opposed_flags[matches_[mu]];
    }
    return static_cast<Flags>(selected);
}

Decision Field::decide_exactly(std::uint32_t unit, unsigned raised) const {
    const std::size_t entries = table_.aligned.size();
    std::vector<CountedTerm> terms(2 * entries);
    for (std::size_t m = 0; m < entries; ++m) {
        terms[m] = {table_.opposed[m], 0};
        terms[entries + m] = {table_.aligned[m], 0};
    }
    for (std::size_t mu = 0; mu < matches_.size(); ++mu) {
        const Word aligned = (aligned_word(unit, mu / 64) >> (mu % 64)) & 1U;
        ++terms[aligned * entries + matches_[mu]].count;
    }
    std::erase_if(terms, [](const CountedTerm& t) { return t.count == 0 || t.value == 0.0; });
    if (terms.empty()) raised |= flag::all_zero;

    double magnitude = 0.0;
    double in_double = 0.0;
    for (const CountedTerm& term : terms) {
        in_double += term.value * term.count;
        magnitude += std::abs(term.value) * term.count;
    }
    const bool exact = magnitude <= table_.exact_magnitude;
    const double sum = exact ? round_to(table_.format, in_double) : exact_sum(terms, table_.format);
    const double value = Arithmetic{table_.format}.multiply(table_.outside, sum);
    if (std::isinf(sum) || std::isinf(value)) raised |= flag::sum_overflow;
    if (value == 0.0 && sum != 0.0) raised |= flag::beta_underflow;
    return {value, static_cast<Flags>(raised)};
}

} // namespace basin
