#include "models/bipolar/exact/exact_values.hpp"

#include "models/arithmetic/dyadic.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace basin {

namespace {

using boost::multiprecision::cpp_int;

constexpr mpfr_rnd_t nearest = MPFR_RNDN;

/// Largest step of the exponent between neighbouring nodes.
constexpr double steepest = 256.0;

/// Bits beyond which an exponential sum that is still open is given up.
constexpr mpfr_prec_t last_resort = mpfr_prec_t{1} << 22;

int sign_of(const cpp_int& x) {
    return x.sign();
}

} // namespace

ExactValues::ExactValues(const ExactModel& model, std::uint32_t dimension)
    : model_(model), dimension_(dimension), node_count_(dimension + (model.gradient ? 0 : 1)),
      steep_from_(node_count_) {
    if (model.form != ExactForm::exponential) return;
    BigFloat here(2400);
    BigFloat before(2400);
    std::uint32_t low = 1;
    std::uint32_t high = node_count_;
    while (low < high) { // the steps grow with the node
        const std::uint32_t middle = low + (high - low) / 2;
        argument(here, middle);
        argument(before, middle - 1);
        mpfr_sub(here.get(), here.get(), before.get(), nearest);
        if (mpfr_cmp_d(here.get(), steepest) > 0)
            high = middle;
        else
            low = middle + 1;
    }
    steep_from_ = low;
}

/// x of the node; exact but for a few roundings.
void ExactValues::argument(BigFloat& out, std::uint32_t node) const {
    mpfr_set_d(out.get(), model_.beta, nearest);
    mpfr_mul_d(out.get(), out.get(), model_.delta_factor, nearest);
    if (model_.inverse) {
        BigFloat distance(out.bits() + 1200); // holds an integer plus any double
        mpfr_set_d(distance.get(), model_.delta, nearest);
        mpfr_add_si(distance.get(), distance.get(),
                    static_cast<long>(2 * (std::int64_t{dimension_} - overlap(node))), nearest);
        mpfr_div(out.get(), out.get(), distance.get(), nearest);
        return;
    }
    mpfr_mul_si(out.get(), out.get(), static_cast<long>(overlap(node) * model_.numerator), nearest);
    mpfr_div_si(out.get(), out.get(), static_cast<long>(model_.denominator), nearest);
}

/// Exponent of the exponential above node 0, its steep steps cut to `steepest`.
void ExactValues::exponent(BigFloat& out, std::uint32_t node) const {
    const std::uint32_t steps = node < steep_from_ ? 0 : node - steep_from_ + 1;
    // Differences of inverse distances lose digits: at most those of a double's whole range.
    BigFloat above(out.bits() + (model_.inverse ? 2200 : 64));
    BigFloat base(above.bits());
    argument(above, node - steps);
    argument(base, 0);
    mpfr_sub(above.get(), above.get(), base.get(), nearest);
    mpfr_add_d(out.get(), above.get(), steepest * steps, nearest);
}

void ExactValues::value(BigFloat& out, std::uint32_t node) const {
    const bool positive = model_.inverse || overlap(node) > 0;
    const unsigned long degree = model_.gradient ? model_.vertex - 1 : model_.vertex;
    switch (model_.form) {
    case ExactForm::exponential:
        exponent(out, node);
        mpfr_exp(out.get(), out.get(), nearest);
        return;
    case ExactForm::leaky_power:
        if (!positive && model_.gradient) {
            mpfr_set_d(out.get(), model_.leak, nearest);
            return;
        }
        argument(out, node);
        if (!positive) {
            mpfr_mul_d(out.get(), out.get(), model_.leak, nearest);
            return;
        }
        mpfr_pow_ui(out.get(), out.get(), degree, nearest);
        if (model_.gradient) mpfr_mul_ui(out.get(), out.get(), model_.vertex, nearest);
        return;
    case ExactForm::rectified_power:
        if (!positive) {
            mpfr_set_zero(out.get(), 1);
            return;
        }
        [[fallthrough]];
    case ExactForm::power:
        argument(out, node);
        mpfr_pow_ui(out.get(), out.get(), degree, nearest);
        return;
    }
}

int ExactValues::sign(std::span<const CountedNode> terms) const {
    if (std::ranges::all_of(terms, [](const CountedNode& term) { return term.count == 0; }))
        return 0;
    const bool exponential = model_.form == ExactForm::exponential;
    const mpfr_prec_t end = exponential ? last_resort : 2048;
    for (mpfr_prec_t bits = 192; bits <= end; bits *= 4)
        if (const int sign = sign_in_bits(terms, bits)) return sign;
    if (exponential)
        throw std::runtime_error("an exact decision of the exponential interaction needs more than "
                                 "4 million bits: raise beta");
    return model_.inverse ? sign_of_fractions(terms) : sign_in_integers(terms);
}

/// The sign, or 0 if this many bits leave it open.
int ExactValues::sign_in_bits(std::span<const CountedNode> terms, mpfr_prec_t bits) const {
    BigFloat sum(bits);
    BigFloat magnitude(bits);
    BigFloat term(bits);
    mpfr_set_zero(sum.get(), 1);
    mpfr_set_zero(magnitude.get(), 1);
    for (const CountedNode& counted : terms) {
        if (counted.count == 0) continue;
        value(term, counted.node);
        mpfr_mul_si(term.get(), term.get(), static_cast<long>(counted.count), nearest);
        mpfr_add(sum.get(), sum.get(), term.get(), nearest);
        mpfr_abs(term.get(), term.get(), nearest);
        mpfr_add(magnitude.get(), magnitude.get(), term.get(), nearest);
    }
    // Each value is good to 2^-(bits - 64) of itself; a sum of fewer than 2^32 of them adds less
    // than 2^-(bits - 33) of the total magnitude.
    mpfr_mul_2si(magnitude.get(), magnitude.get(), 66 - bits, nearest);
    if (mpfr_cmpabs(sum.get(), magnitude.get()) <= 0) return 0;
    return mpfr_sgn(sum.get()) > 0 ? 1 : -1;
}

// With gain = P / Q > 0 and leak = L 2^l, divided by positive factors:
//   contrastive  sum c F(gain h) ~ P^(n-1) sum_{h>0} c h^n + Q^(n-1) leak sum_{h<=0} c h
//   gradient     sum c F'(gain h) ~ P^(n-1) sum_{h>0} c n h^(n-1) + Q^(n-1) leak sum_{h<=0} c
int ExactValues::sign_in_integers(std::span<const CountedNode> terms) const {
    const unsigned degree = model_.gradient ? model_.vertex - 1 : model_.vertex;
    cpp_int powers = 0;
    cpp_int leaked = 0;
    for (const CountedNode& term : terms) {
        const std::int64_t h = overlap(term.node);
        if (h > 0 || model_.form == ExactForm::power)
            powers += term.count * pow(cpp_int(h), degree);
        else
            leaked += cpp_int(term.count) * (model_.gradient ? 1 : h);
    }
    switch (model_.form) {
    case ExactForm::power:
    case ExactForm::rectified_power:
        return sign_of(powers);
    case ExactForm::leaky_power:
        break;
    case ExactForm::exponential:
        throw std::logic_error("exponentials are no integers");
    }
    if (model_.gradient) powers *= model_.vertex;

    const Dyadic leak = dyadic(model_.leak);
    const Dyadic gain = dyadic(model_.beta);
    const unsigned others = model_.vertex - 1;
    powers *= pow(cpp_int(gain.integer) * model_.numerator, others);
    leaked *= leak.integer * pow(cpp_int(model_.denominator), others);
    const int shift = gain.exponent * static_cast<int>(others) - leak.exponent;
    if (shift >= 0)
        powers <<= shift;
    else
        leaked <<= -shift;
    return sign_of(powers + leaked);
}

// sum c / D^n with integer D, pair by pair, so that the numbers grow evenly.
int ExactValues::sign_of_fractions(std::span<const CountedNode> terms) const {
    struct Fraction {
        cpp_int numerator;
        cpp_int denominator;
    };
    const Dyadic delta = dyadic(model_.delta);
    std::vector<Fraction> level;
    for (const CountedNode& term : terms) {
        const cpp_int distance = 2 * (std::int64_t{dimension_} - overlap(term.node));
        const cpp_int sum = delta.exponent < 0
                                ? cpp_int((distance << -delta.exponent) + delta.integer)
                                : cpp_int(distance + (cpp_int(delta.integer) << delta.exponent));
        level.push_back({cpp_int(term.count), pow(sum, model_.vertex)});
    }
    while (level.size() > 1) {
        std::vector<Fraction> next;
        for (std::size_t i = 0; i + 1 < level.size(); i += 2)
            next.push_back({level[i].numerator * level[i + 1].denominator +
                                level[i + 1].numerator * level[i].denominator,
                            level[i].denominator * level[i + 1].denominator});
        if (level.size() % 2 == 1) next.push_back(std::move(level.back()));
        level = std::move(next);
    }
    return sign_of(level.front().numerator);
}

} // namespace basin
