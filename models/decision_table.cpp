#include "models/decision_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace basin {

namespace {

/// F or F' at one overlap, and what its making flagged.
struct Sample {
    double argument;
    double value;
    Flags flags;
};

/// The part of a setting that maps an overlap to F of the scaled similarity.
struct Evaluator {
    const Setting& setting;
    int dimension;
    Arithmetic arithmetic;
    double gain; ///< fl(fl(beta) / fl(scale)) for normalized, unused otherwise

    enum class Of : std::uint8_t { value, slope };

    Sample operator()(int overlap, Of of) const {
        const double similarity = setting.similarity.visit([&](auto entry) {
            return entry.value(arithmetic, overlap, dimension, setting.similarity_delta);
        });
        const double argument = setting.formulation.is<Normalized>()
                                    ? arithmetic.multiply(gain, similarity)
                                    : similarity;
        return setting.interaction.visit([&](auto entry) {
            const auto& parameters = setting.interaction_parameters;
            // NaN (infinite gain times 0) must reach the sum: a comparison inside F would drop it.
            const double result = std::isnan(argument) ? argument
                                  : of == Of::value ? entry.value(arithmetic, argument, parameters)
                                                    : entry.slope(arithmetic, argument, parameters);
            const bool vanishes = of == Of::value ? entry.value_vanishes(similarity, parameters)
                                                  : entry.slope_vanishes(similarity, parameters);
            const Flags flags = result == 0.0 && !vanishes ? flag::pow_underflow : Flags{0};
            return Sample{argument, result, flags};
        });
    }
};

struct Entry {
    double term;
    Flags flags;
};

Entry checked(double term, Flags flags) {
    return {term, static_cast<Flags>(std::isfinite(term) ? flags : flags | flag::pow_overflow)};
}

Entry contrast(const Arithmetic& arithmetic, const Sample& keep, const Sample& flip) {
    const Flags absorbed = keep.argument == flip.argument ? flag::arg_absorb : Flags{0};
    return checked(arithmetic.subtract(keep.value, flip.value),
                   static_cast<Flags>(keep.flags | flip.flags | absorbed));
}

double outside_factor(const Setting& setting, const Arithmetic& arithmetic, double scale) {
    if (!setting.formulation.is<Original>()) return 1.0;
    if (!setting.beta_scale.is<PairedBeta>()) return arithmetic.number(setting.beta);
    const Arithmetic exact{Float64::format};
    return arithmetic.number(
        exact.power(setting.beta / scale, setting.interaction_parameters.vertex));
}

Flags beta_flags(const Format& format, double factor) {
    if (factor == 0.0) return flag::beta_underflow;
    if (std::abs(factor) < smallest_normal(format)) return flag::beta_subnormal;
    return 0;
}

/// Largest magnitude below which every sum of multiples of the entries' common power of two is
/// exact.
double exact_magnitude(const DecisionTable& table) {
    int lowest = std::numeric_limits<int>::max();
    const auto visit = [&](double value) {
        if (value == 0.0 || !std::isfinite(value)) return;
        int exponent = 0;
        const auto mantissa =
            static_cast<std::int64_t>(std::scalbn(std::frexp(value, &exponent), 53));
        lowest = std::min(lowest,
                          exponent - 53 + std::countr_zero(static_cast<std::uint64_t>(mantissa)));
    };
    std::ranges::for_each(table.aligned, visit);
    std::ranges::for_each(table.opposed, visit);
    if (lowest == std::numeric_limits<int>::max()) return std::numeric_limits<double>::infinity();
    return std::scalbn(1.0, std::min(lowest + 53, 1023));
}

void fill_contrastive(DecisionTable& table, const Evaluator& evaluate, int dimension) {
    std::vector<Sample> samples;
    samples.reserve(table.aligned.size());
    for (int m = 0; m <= dimension; ++m)
        samples.push_back(evaluate(2 * m - dimension, Evaluator::Of::value));
    for (std::size_t m = 0; m < samples.size(); ++m) {
        if (m > 0) {
            const Entry entry = contrast(evaluate.arithmetic, samples[m], samples[m - 1]);
            table.aligned[m] = entry.term;
            table.aligned_flags[m] = entry.flags;
        }
        if (m + 1 < samples.size()) {
            const Entry entry = contrast(evaluate.arithmetic, samples[m], samples[m + 1]);
            table.opposed[m] = entry.term;
            table.opposed_flags[m] = entry.flags;
        }
    }
}

/// `at(h_out)` is F' at the overlap of the other units.
template <class At>
void fill_gradient(DecisionTable& table, int dimension, At at) {
    for (int m = 0; m <= dimension; ++m) {
        const auto index = static_cast<std::size_t>(m);
        if (m > 0) {
            const Entry entry = at(2 * m - dimension - 1);
            table.aligned[index] = entry.term;
            table.aligned_flags[index] = entry.flags;
        }
        if (m < dimension) {
            const Entry entry = at(2 * m - dimension + 1);
            table.opposed[index] = -entry.term;
            table.opposed_flags[index] = entry.flags;
        }
    }
}

} // namespace

DecisionTable make_decision_table(const Setting& setting, std::uint32_t dimension) {
    const int n = static_cast<int>(dimension);
    const Arithmetic arithmetic{format_of(setting.precision)};
    const double scale = setting.similarity.visit(
        [&](auto entry) { return entry.scale(n, setting.similarity_delta); });
    const double gain =
        arithmetic.divide(arithmetic.number(setting.beta), arithmetic.number(scale));

    DecisionTable table;
    table.format = arithmetic.format;
    table.aligned.assign(dimension + 1, 0.0);
    table.opposed.assign(dimension + 1, 0.0);
    table.aligned_flags.assign(dimension + 1, 0);
    table.opposed_flags.assign(dimension + 1, 0);
    table.outside = outside_factor(setting, arithmetic, scale);

    const Evaluator evaluate{setting, n, arithmetic, gain};
    if (setting.formulation.is<Classical>()) {
        fill_gradient(table, n, [&](int h) { return checked(arithmetic.number(h), 0); });
    } else if (setting.rule.is<Gradient>()) {
        fill_gradient(table, n, [&](int h) {
            const Sample sample = evaluate(h, Evaluator::Of::slope);
            return checked(sample.value, sample.flags);
        });
    } else {
        fill_contrastive(table, evaluate, n);
    }

    if (setting.formulation.is<Original>())
        table.beta_flags = beta_flags(table.format, table.outside);
    if (setting.formulation.is<Normalized>()) table.beta_flags = beta_flags(table.format, gain);
    const auto finite = [](double x) { return std::isfinite(x); };
    table.finite =
        std::ranges::all_of(table.aligned, finite) && std::ranges::all_of(table.opposed, finite);
    table.exact_magnitude = exact_magnitude(table);
    return table;
}

} // namespace basin
