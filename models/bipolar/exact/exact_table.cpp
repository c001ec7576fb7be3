#include "models/bipolar/exact/exact_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace basin {

namespace {

/// h^degree in double, where every product is an integer below 2^53.
double integer_power(std::int64_t overlap, unsigned degree) {
    double result = 1.0;
    for (unsigned i = 0; i < degree; ++i)
        result *= static_cast<double>(overlap);
    return result;
}

bool fits_double(const ExactModel& model, std::uint32_t dimension) {
    const bool homogeneous = !model.inverse && (model.form == ExactForm::power ||
                                                model.form == ExactForm::rectified_power);
    return homogeneous && model.vertex * std::log2(dimension + 1.0) < 52.0;
}

double integer_value(const ExactModel& model, std::int64_t overlap) {
    if (model.form == ExactForm::rectified_power && overlap <= 0) return 0.0;
    return integer_power(overlap, model.gradient ? model.vertex - 1 : model.vertex);
}

/// here - before to 53 bits, or nothing if they share too many leading digits for that.
std::optional<ScaledNumber> clear_difference(const BigFloat& here, const BigFloat& before) {
    BigFloat step(here.bits());
    mpfr_sub(step.get(), here.get(), before.get(), MPFR_RNDN);
    if (mpfr_zero_p(step.get())) return std::nullopt;
    const auto size = [](const BigFloat& x) {
        return mpfr_zero_p(x.get()) ? mpfr_get_emin() : mpfr_get_exp(x.get());
    };
    // Values are good to 2^-(bits - 64); 64 bits more remain.
    const bool clear = std::max(size(here), size(before)) - size(step) < here.bits() - 128;
    return clear ? std::optional(scaled(step)) : std::nullopt;
}

/// V(node) - V(node - 1), which share many leading digits or all.
ScaledNumber close_difference(const ExactValues& values, std::uint32_t node) {
    const CountedNode pair[]{{node, 1}, {node - 1, -1}};
    if (values.sign(pair) == 0) return {};
    for (mpfr_prec_t bits = 1024;; bits *= 4) {
        BigFloat here(bits);
        BigFloat before(bits);
        values.value(here, node);
        values.value(before, node - 1);
        if (const auto step = clear_difference(here, before)) return *step;
    }
}

} // namespace

int ExactTable::sign(const std::vector<std::int64_t>& counts) const {
    std::vector<CountedNode> terms;
    const std::size_t nodes = values.node_count();
    const bool contrastive = nodes + 1 == steps.size();
    for (std::size_t node = 0; node < nodes; ++node) {
        // Step k adds node k and takes node k - 1 away, or is node k - 1 itself.
        const std::int64_t count =
            contrastive ? (node == 0 ? 0 : counts[node]) - counts[node + 1] : counts[node + 1];
        if (count != 0) terms.push_back({static_cast<std::uint32_t>(node), count});
    }
    return values.sign(terms);
}

namespace {

/// The scale at which the largest step is near 1.
std::int64_t near_one(const std::vector<ScaledNumber>& steps) {
    std::int64_t largest = std::numeric_limits<std::int64_t>::min();
    for (const ScaledNumber& step : steps)
        if (step.fraction != 0.0) largest = std::max(largest, step.exponent);
    return largest == std::numeric_limits<std::int64_t>::min() ? 0 : -largest;
}

/// The steps as doubles. Those far below the scale are the smallest normal number, not 0.
std::vector<double> at_scale(const std::vector<ScaledNumber>& steps, std::int64_t scale) {
    std::vector<double> scaled;
    for (const ScaledNumber& step : steps) {
        const double least = step.fraction == 0.0 ? 0.0 : std::numeric_limits<double>::min();
        const double size = step.fraction == 0.0 ? 0.0 : std::abs(step.at_scale(scale));
        scaled.push_back(std::copysign(std::max(size, least), step.fraction));
    }
    return scaled;
}

/// Fills dominance and by_size.
void order(ExactTable& table) {
    const std::int64_t scale = near_one(table.steps);
    table.dominance = prepare(at_scale(table.steps, scale));
    table.dominance.scale = scale;
    table.by_size.resize(table.steps.size() - 2);
    std::iota(table.by_size.begin(), table.by_size.end(), 1U);
    const auto size = [&](std::uint32_t k) {
        const ScaledNumber& step = table.steps[k];
        return step.fraction == 0.0 ? std::pair{std::numeric_limits<std::int64_t>::min(), 0.0}
                                    : std::pair{step.exponent, std::abs(step.fraction)};
    };
    std::ranges::stable_sort(table.by_size, {}, size);
}

/// Fills steps and error.
void fill(ExactTable& table, const ExactModel& model, std::uint32_t dimension) {
    const ExactValues& values = table.values;
    if (fits_double(model, dimension)) {
        for (std::uint32_t k = 1; k <= dimension; ++k) {
            const double above = integer_value(model, values.overlap(model.gradient ? k - 1 : k));
            const double below = model.gradient ? 0.0 : integer_value(model, values.overlap(k - 1));
            table.steps[k] = ScaledNumber::of(above - below);
        }
        return;
    }
    table.error = 0x1p-52;
    constexpr mpfr_prec_t bits = 256;
    BigFloat here(bits);
    BigFloat before(bits);
    values.value(before, 0);
    for (std::uint32_t k = 1; k <= dimension; ++k) {
        if (model.gradient) {
            values.value(here, k - 1);
            table.steps[k] = scaled(here);
            continue;
        }
        values.value(here, k);
        const auto step = clear_difference(here, before);
        table.steps[k] = step ? *step : close_difference(values, k);
        mpfr_swap(here.get(), before.get());
    }
}

/// The slope of h^2 at the other units' overlap is the difference of h^2 that a flip makes, up to a
/// positive factor.
bool is_quadratic(const ExactModel& model) {
    return model.form == ExactForm::power && model.vertex == 2 && !model.inverse;
}

} // namespace

ExactTable make_exact_table(const ExactModel& model, std::uint32_t dimension) {
    ExactTable table{
        ExactValues(model, dimension), std::vector<ScaledNumber>(dimension + 2), {}, {}, 0.0,
        EnergyTable(model, dimension), !model.gradient || is_quadratic(model)};
    fill(table, model, dimension);
    order(table);
    return table;
}

} // namespace basin
