#include "models/oracle_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace basin {
namespace {

constexpr OracleArithmetic float64{Float64::format};

[[noreturn]] void unknown(std::string_view concept_name, std::string_view entry) {
    throw std::logic_error(fmt::format("the oracle does not know the {} '{}': write its formula in "
                                       "models/oracle.cpp",
                                       concept_name, entry));
}

/// s(h): |zeta - sigma|^2 = 2 (N - h), |zeta - sigma|_1 = N - h.
double similarity(const OracleArithmetic& a, const Setting& setting, int h, int dimension) {
    const std::string_view name = setting.similarity.name();
    const int l1 = dimension - h;
    const int l2_squared = 2 * (dimension - h);
    if (name == "dot") return a.number(h);
    if (name == "cosine") return a.divide(a.number(h), a.number(dimension));
    if (name == "euclidean_overlap")
        return a.subtract(a.number(dimension), a.multiply(0.5, a.number(l2_squared)));
    if (name == "manhattan_overlap") return a.subtract(a.number(dimension), a.number(l1));
    if (name == "inverse_squared_euclidean")
        return a.divide(1.0, a.add(a.number(l2_squared), a.number(setting.similarity_delta)));
    if (name == "negative_squared_euclidean") return -a.number(l2_squared);
    if (name == "negative_manhattan") return -a.number(l1);
    unknown("similarity", name);
}

/// The similarity of a perfect match, or the natural unit where that is 0.
double scale(const Setting& setting, int dimension) {
    const std::string_view name = setting.similarity.name();
    if (name == "cosine") return 1.0;
    if (name == "inverse_squared_euclidean") return float64.divide(1.0, setting.similarity_delta);
    if (name == "negative_squared_euclidean") return 2.0 * dimension;
    return dimension;
}

/// A value of F or F', and whether it is 0 only by rounding.
struct Strength {
    double value;
    bool underflowed;
};

Strength strength(double value, bool exactly_zero) {
    return {.value = value, .underflowed = value == 0 && !exactly_zero};
}

double leak_of(const OracleArithmetic& a, const InteractionParameters& p) {
    return p.leak_sign.name() == "monotone" ? a.number(p.leak) : -a.number(p.leak);
}

/// What F is asked at: the rounded x and the similarity it comes from. Their exact quotient is
/// positive, so the similarity has the sign that x had before it was rounded, perhaps to 0.
struct Argument {
    double x;
    double similarity;
};

/// F(x).
Strength interaction(const OracleArithmetic& a, const Setting& setting, const Argument& argument) {
    const auto [x, s] = argument;
    if (std::isnan(x)) return strength(x, false);
    const std::string_view name = setting.interaction.name();
    const InteractionParameters& p = setting.interaction_parameters;
    if (name == "polynomial") return strength(a.power(x, p.vertex), s == 0);
    if (name == "rectified_polynomial")
        return x > 0 ? strength(a.power(x, p.vertex), false) : strength(0.0, s <= 0);
    if (name == "leaky_rectified_polynomial")
        return x > 0 ? strength(a.power(x, p.vertex), false)
                     : strength(a.multiply(leak_of(a, p), x), s == 0 || (s < 0 && p.leak == 0));
    if (name == "exponential") return strength(a.exponential(x), false);
    unknown("interaction", name);
}

/// F'(x).
Strength interaction_slope(const OracleArithmetic& a, const Setting& setting,
                           const Argument& argument) {
    const auto [x, s] = argument;
    if (std::isnan(x)) return strength(x, false);
    const std::string_view name = setting.interaction.name();
    const InteractionParameters& p = setting.interaction_parameters;
    const auto power_slope = [&, x = x, s = s] {
        const double value = a.multiply(a.number(p.vertex), a.power(x, p.vertex - 1));
        return strength(value, s == 0 && p.vertex > 1);
    };
    if (name == "polynomial") return power_slope();
    if (name == "rectified_polynomial") return x > 0 ? power_slope() : strength(0.0, s <= 0);
    if (name == "leaky_rectified_polynomial")
        return x > 0 ? power_slope() : strength(leak_of(a, p), s <= 0 && p.leak == 0);
    if (name == "exponential") return strength(a.exponential(x), false);
    unknown("interaction", name);
}

int overlap(const Spins& memory, const Spins& state) {
    int h = 0;
    for (std::size_t j = 0; j < memory.size(); ++j)
        h += memory[j] * state[j];
    return h;
}

Spins with(Spins state, std::size_t unit, int value) {
    state[unit] = value;
    return state;
}

/// x of a state: its similarity to the memory, times the gain if that is inside.
Argument argument(const OracleNetwork& network, const Spins& memory, const Spins& state) {
    const OracleArithmetic& a = network.arithmetic;
    const double s = similarity(a, network.setting, overlap(memory, state), network.dimension);
    return {network.setting.formulation.is<Normalized>() ? a.multiply(network.gain, s) : s, s};
}

/// What one memory says about one unit.
double term(const OracleNetwork& network, const Spins& memory, const Spins& state, std::size_t unit,
            Flags& flags) {
    const OracleArithmetic& a = network.arithmetic;
    const Setting& setting = network.setting;
    const Spins without = with(state, unit, 0);
    if (setting.formulation.is<Classical>())
        return memory[unit] * a.number(overlap(memory, without));
    if (setting.rule.is<Gradient>()) {
        const Strength slope = interaction_slope(a, setting, argument(network, memory, without));
        if (slope.underflowed) flags |= flag::pow_underflow;
        return memory[unit] * slope.value;
    }
    const Argument x_on = argument(network, memory, with(state, unit, +1));
    const Argument x_off = argument(network, memory, with(state, unit, -1));
    const Strength on = interaction(a, setting, x_on);
    const Strength off = interaction(a, setting, x_off);
    if (on.underflowed || off.underflowed) flags |= flag::pow_underflow;
    if (x_on.x == x_off.x) flags |= flag::arg_absorb;
    return a.subtract(on.value, off.value);
}

} // namespace

Spins spins_of(BitRow row, std::size_t dimension) {
    Spins spins(dimension);
    for (std::size_t i = 0; i < dimension; ++i)
        spins[i] = bit_at(row, i) ? +1 : -1;
    return spins;
}

OracleNetwork make_oracle_network(const BitMatrix& memories, const Setting& setting) {
    OracleNetwork network{.setting = setting,
                          .arithmetic = {format_of(setting.precision)},
                          .dimension = static_cast<int>(memories.columns),
                          .memories = {}};
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        network.memories.push_back(spins_of(memories.row(mu), memories.columns));
    if (setting.formulation.is<Classical>()) return network;

    const OracleArithmetic& a = network.arithmetic;
    const double natural = scale(setting, network.dimension);
    double& beta = setting.formulation.is<Original>() ? network.outside : network.gain;
    if (setting.formulation.is<Normalized>())
        beta = a.divide(a.number(setting.beta), a.number(natural));
    else if (setting.beta_scale.is<PairedBeta>())
        beta = a.number(float64.power(float64.divide(setting.beta, natural),
                                      setting.interaction_parameters.vertex));
    else
        beta = a.number(setting.beta);
    if (beta == 0)
        network.beta_flags = flag::beta_underflow;
    else if (beta < std::ldexp(1.0, 1 - a.format.max_exponent))
        network.beta_flags = flag::beta_subnormal;
    return network;
}

OracleDecision oracle_decide(const OracleNetwork& network, const Spins& state, std::size_t unit) {
    Flags flags = network.beta_flags;
    std::vector<double> terms;
    for (const Spins& memory : network.memories)
        terms.push_back(term(network, memory, state, unit, flags));
    const bool all_finite =
        std::all_of(terms.begin(), terms.end(), [](double t) { return std::isfinite(t); });
    const bool all_zero = std::all_of(terms.begin(), terms.end(), [](double t) { return t == 0; });
    const double sum = network.arithmetic.sum(terms);
    if (!all_finite) flags |= flag::pow_overflow;
    if (all_zero) flags |= flag::all_zero;
    if (std::isnan(sum)) flags |= flag::nan_inf_minus_inf;
    if (std::isinf(sum)) flags |= all_finite ? flag::sum_overflow : flag::benign_overflow;
    if (!network.setting.formulation.is<Original>()) return {.d = sum, .flags = flags};

    const double d = network.arithmetic.multiply(network.outside, sum);
    if (std::isfinite(sum) && sum != 0 && d == 0) flags |= flag::beta_underflow;
    if (std::isfinite(sum) && std::isinf(d)) flags |= flag::sum_overflow;
    return {.d = d, .flags = flags};
}

} // namespace basin
