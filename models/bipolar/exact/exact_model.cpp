#include "models/bipolar/exact/exact_model.hpp"

namespace basin {

ExactModel exact_model(const Setting& setting, std::uint32_t dimension) {
    ExactModel model;
    if (setting.formulation.is<Classical>()) {
        model.gradient = true;
        model.vertex = 2; // F = x^2: its slope is h_out up to a factor
        return model;
    }
    const InteractionParameters& parameters = setting.interaction_parameters;
    model.form = setting.interaction.visit([](auto entry) { return entry.exact_form; });
    model.gradient = setting.rule.is<Gradient>();
    switch (setting.similarity.visit([](auto entry) { return entry.form; })) {
    case SimilarityForm::linear:
        model.inverse = false;
        break;
    case SimilarityForm::inverse_squared_distance:
        model.inverse = true;
        break;
    }

    if (model.inverse) model.delta = setting.similarity_delta;
    switch (model.form) {
    case ExactForm::leaky_power:
    case ExactForm::rectified_power:
        // An inverse distance is positive: there both are the plain power.
        if (model.inverse) model.form = ExactForm::power;
        [[fallthrough]];
    case ExactForm::power:
        model.vertex = parameters.vertex;
        break;
    case ExactForm::exponential:
        break;
    }
    // A homogeneous form has the same sign at every gain.
    if (model.form == ExactForm::power || model.form == ExactForm::rectified_power) return model;

    if (model.form == ExactForm::leaky_power)
        model.leak =
            parameters.leak_sign.visit([&](auto entry) { return entry.sign; }) * parameters.leak;
    const bool normalized = setting.formulation.is<Normalized>();
    if (normalized) model.beta = setting.beta;
    if (model.inverse) {
        // s / scale = delta s
        if (normalized) model.delta_factor = setting.similarity_delta;
        return model;
    }
    // Every linear similarity changes by 1/N of its scale per unit of overlap. What it adds to all
    // overlaps alike (the negated distances) is a positive factor of the exponential.
    const Ratio slope = setting.similarity.visit([&](auto entry) {
        if constexpr (entry.form == SimilarityForm::linear)
            if (!normalized) return entry.slope(dimension);
        return Ratio{1, dimension};
    });
    model.numerator = slope.numerator;
    model.denominator = slope.denominator;
    return model;
}

} // namespace basin
