#include "models/reference/oracle_decision.hpp"

#include "models/reference/oracle_addends.hpp"

#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

namespace basin {
namespace {

constexpr OracleArithmetic float64{Float64::format};

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
    unknown_to_oracle("similarity", name);
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
    unknown_to_oracle("interaction", name);
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
    unknown_to_oracle("interaction", name);
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

/// How far the similarity counts by ones.
int counted(const Setting& setting, int h, int dimension) {
    const std::string_view name = setting.similarity.name();
    return name == "dot" || name == "cosine" ? std::abs(h) : (dimension - h) / 2;
}

/// The overlap of a memory with a state, and whether the format can count as far.
int overlap_in_format(const OracleNetwork& network, const Spins& memory, const Spins& state,
                      Flags& flags) {
    const int h = overlap(memory, state);
    if (counted(network.setting, h, network.dimension) >
        std::ldexp(1.0, network.arithmetic.format.significand_bits))
        flags |= flag::acc_stall;
    return h;
}

/// x of a state: its similarity to the memory, times the gain if that is inside.
Argument argument(const OracleNetwork& network, const Spins& memory, const Spins& state,
                  Flags& flags) {
    const OracleArithmetic& a = network.arithmetic;
    const int h = overlap_in_format(network, memory, state, flags);
    const double s = similarity(a, network.setting, h, network.dimension);
    return {network.setting.formulation.is<Normalized>() ? a.multiply(network.gain, s) : s, s};
}

/// Adds what one memory says about one unit.
void add_memory(const OracleNetwork& network, const Spins& memory, const Spins& state,
                std::size_t unit, OracleAddends& addends, Flags& flags) {
    const OracleArithmetic& a = network.arithmetic;
    const Setting& setting = network.setting;
    const Spins without = with(state, unit, 0);
    if (setting.formulation.is<Classical>()) {
        const int h = overlap_in_format(network, memory, without, flags);
        addends.plus.push_back(memory[unit] * a.number(h));
        return;
    }
    if (setting.rule.is<Gradient>()) {
        const Strength slope =
            interaction_slope(a, setting, argument(network, memory, without, flags));
        if (slope.underflowed) flags |= flag::pow_underflow;
        addends.plus.push_back(memory[unit] * slope.value);
        return;
    }
    const Argument x_on = argument(network, memory, with(state, unit, +1), flags);
    const Argument x_off = argument(network, memory, with(state, unit, -1), flags);
    const Strength on = interaction(a, setting, x_on);
    const Strength off = interaction(a, setting, x_off);
    if (on.underflowed || off.underflowed) flags |= flag::pow_underflow;
    if (x_on.x == x_off.x) flags |= flag::arg_absorb;
    if (setting.summation.is<DifferenceOfSums>()) {
        addends.plus.push_back(on.value);
        addends.minus.push_back(off.value);
    } else {
        addends.plus.push_back(a.subtract(on.value, off.value));
    }
}

} // namespace

Spins spins_of(BitRow row, std::size_t dimension) {
    Spins spins(dimension);
    for (std::size_t i = 0; i < dimension; ++i)
        spins[i] = bit_at(row, i) ? +1 : -1;
    return spins;
}

namespace {

/// The setting whose strengths are F(x(h)); for the classical network h^2, whose energy is
/// -1/2 sum W sigma sigma but for factor and constant.
Setting of_energy(Setting setting) {
    setting.rule = Choice<Rules>::of<Contrastive>();
    if (!setting.formulation.is<Classical>()) return setting;
    setting.formulation = Choice<Formulations>::of<Original>();
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = 2;
    setting.similarity = Choice<Similarities>::of<Dot>();
    return setting;
}

} // namespace

OracleNetwork make_oracle_network(const BitMatrix& memories, const Setting& setting) {
    const auto dimension = static_cast<int>(memories.columns);
    OracleNetwork network{.setting = setting,
                          .dimension = dimension,
                          .memories = {},
                          .exact = oracle_strengths(setting, dimension),
                          .of_energy = std::make_shared<const Setting>(of_energy(setting)),
                          .energy = {}};
    network.energy = oracle_strengths(*network.of_energy, dimension);
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        network.memories.push_back(spins_of(memories.row(mu), memories.columns));
    if (setting.precision.is<Exact>()) return network;

    network.arithmetic = {.format = format_of(setting.precision),
                          .power_rounding = setting.power_rounding};
    if (setting.formulation.is<Classical>()) return network;

    const OracleArithmetic& a = network.arithmetic;
    const double natural = scale(setting, dimension);
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
    if (network.setting.precision.is<Exact>()) return oracle_decide_exactly(network, state, unit);

    Flags flags = network.beta_flags;
    OracleAddends addends;
    for (const Spins& memory : network.memories)
        add_memory(network, memory, state, unit, addends, flags);
    const double sum = add_up(network.arithmetic, addends, flags);
    if (!network.setting.formulation.is<Original>()) return {.d = sum, .flags = flags};

    const double d = network.arithmetic.multiply(network.outside, sum);
    if (std::isfinite(sum) && sum != 0 && d == 0) flags |= flag::beta_underflow;
    if (std::isfinite(sum) && std::isinf(d)) flags |= flag::sum_overflow;
    return {.d = d, .flags = flags};
}

bool oracle_energy_rises(const OracleNetwork& network, const Spins& before, const Spins& after) {
    std::map<int, int> times;
    for (const Spins& memory : network.memories) {
        ++times[overlap(memory, before)];
        --times[overlap(memory, after)];
    }
    return sign_of_sum(*network.energy, times) > 0;
}

OracleDecision oracle_decide_exactly(const OracleNetwork& network, const Spins& state,
                                     std::size_t unit) {
    const Setting& setting = network.setting;
    OracleStrengths& strengths = *network.exact;
    const bool clamped = setting.rule.is<Contrastive>() && !setting.formulation.is<Classical>();
    std::map<int, int> times; // how often the strength at an overlap is added
    bool all_zero = true;
    for (const Spins& memory : network.memories) {
        if (clamped) {
            const int on = overlap(memory, with(state, unit, +1));
            const int off = overlap(memory, with(state, unit, -1));
            ++times[on];
            --times[off];
            all_zero = all_zero && are_equal(strengths, on, off);
        } else {
            const int out = overlap(memory, with(state, unit, 0));
            times[out] += memory[unit];
            all_zero = all_zero && is_zero(strengths, out);
        }
    }
    // A beta outside F is positive: it changes no sign.
    return {.d = static_cast<double>(sign_of_sum(strengths, times)),
            .flags = all_zero ? flag::all_zero : Flags{0}};
}

} // namespace basin
