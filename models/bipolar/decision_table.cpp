#include "models/bipolar/decision_table.hpp"

#include "models/arithmetic/dyadic.hpp"

#include <algorithm>
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
    int dimension = 0;
    Arithmetic arithmetic;
    double gain = 1.0; ///< fl(fl(beta) / fl(scale)) for normalized, unused otherwise

    enum class Of : std::uint8_t { value, slope };

    Flags stall(int overlap) const {
        const int counted =
            setting.similarity.visit([&](auto entry) { return entry.counted(overlap, dimension); });
        const double last = std::scalbn(1.0, arithmetic.format.significand_bits);
        return counted > last ? flag::acc_stall : Flags{0};
    }

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
            return Sample{argument, result, static_cast<Flags>(flags | stall(overlap))};
        });
    }
};

Flags overflow(double addend) {
    return std::isfinite(addend) ? Flags{0} : flag::pow_overflow;
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

/// Largest magnitude below which every sum of multiples of the numbers' common power of two is
/// exact.
double exact_magnitude(const std::vector<double>& numbers) {
    int lowest = std::numeric_limits<int>::max();
    for (const double number : numbers) {
        if (number == 0.0 || !std::isfinite(number)) continue;
        lowest = std::min(lowest, dyadic(number).exponent);
    }
    if (lowest == std::numeric_limits<int>::max()) return std::numeric_limits<double>::infinity();
    return std::scalbn(1.0, std::min(lowest + 53, 1023));
}

void fill_contrastive(DecisionTable& table, const Evaluator& evaluate, int dimension) {
    const Arithmetic& arithmetic = evaluate.arithmetic;
    const bool two_sums = evaluate.setting.summation.is<DifferenceOfSums>();
    Sample below = evaluate(-dimension, Evaluator::Of::value);
    if (two_sums) table.values.push_back(below.value);
    for (int m = 1; m <= dimension; ++m) {
        const Sample here = evaluate(2 * m - dimension, Evaluator::Of::value);
        const double term = arithmetic.subtract(here.value, below.value);
        const Flags overflows =
            two_sums ? static_cast<Flags>(overflow(here.value) | overflow(below.value))
                     : overflow(term);
        const Flags absorbed = here.argument == below.argument ? flag::arg_absorb : Flags{0};
        const auto k = static_cast<std::size_t>(m);
        table.steps[k] = term;
        table.step_flags[k] = static_cast<Flags>(here.flags | below.flags | overflows | absorbed);
        if (two_sums) table.values.push_back(here.value);
        below = here;
    }
}

/// Step m is F' at the overlap of the other units, m - 1 of which agree.
void fill_gradient(DecisionTable& table, const Evaluator& evaluate, int dimension) {
    const bool classical = evaluate.setting.formulation.is<Classical>();
    for (int m = 1; m <= dimension; ++m) {
        const int overlap = 2 * m - dimension - 1;
        const Sample sample =
            classical ? Sample{0.0, evaluate.arithmetic.number(overlap), evaluate.stall(overlap)}
                      : evaluate(overlap, Evaluator::Of::slope);
        const auto k = static_cast<std::size_t>(m);
        table.steps[k] = sample.value;
        table.step_flags[k] = static_cast<Flags>(sample.flags | overflow(sample.value));
    }
}

} // namespace

DecisionTable make_decision_table(const Setting& setting, std::uint32_t dimension) {
    const int n = static_cast<int>(dimension);
    const Arithmetic arithmetic{format_of(setting.precision), setting.power_rounding};
    const double scale = setting.similarity.visit(
        [&](auto entry) { return entry.scale(n, setting.similarity_delta); });
    const double gain =
        arithmetic.divide(arithmetic.number(setting.beta), arithmetic.number(scale));

    DecisionTable table;
    table.format = arithmetic.format;
    table.steps.assign(dimension + 2, 0.0);
    table.step_flags.assign(dimension + 2, 0);
    table.outside = outside_factor(setting, arithmetic, scale);
    if (setting.formulation.is<Original>())
        table.beta_flags = beta_flags(table.format, table.outside);
    if (setting.formulation.is<Normalized>()) table.beta_flags = beta_flags(table.format, gain);

    const Evaluator evaluate{setting, n, arithmetic, gain};
    if (setting.formulation.is<Classical>() || setting.rule.is<Gradient>())
        fill_gradient(table, evaluate, n);
    else
        fill_contrastive(table, evaluate, n);

    table.largest_count = std::scalbn(1.0, table.format.significand_bits);
    // The factors 2 cover the roundings of the limits themselves.
    const double half = largest_finite(table.format) / 2.0;
    const double b = table.outside;
    table.ceiling = b > 1.0 ? half / b : half;
    if (b == 0.0)
        table.floor = std::numeric_limits<double>::infinity();
    else if (b < 1.0)
        table.floor = 2.0 * smallest_subnormal(table.format) / b;
    table.exact_magnitude = exact_magnitude(table.values.empty() ? table.steps : table.values);
    return table;
}

} // namespace basin
