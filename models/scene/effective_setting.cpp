#include "models/scene/effective_setting.hpp"

namespace basin {

namespace {

/// What a separation takes of its rule beside the similarities (models/continuous/separations.cpp).
struct SeparationNeeds {
    bool beta = false;
    bool vertex = false;
};

// One for each separation: one without does not compile.
constexpr SeparationNeeds needs_of(SoftmaxSeparation) {
    return {.beta = true};
}
constexpr SeparationNeeds needs_of(PowerSeparation) {
    return {.vertex = true};
}
constexpr SeparationNeeds needs_of(MaxSeparation) {
    return {};
}
constexpr SeparationNeeds needs_of(SparsemaxSeparation) {
    return {.beta = true};
}
constexpr SeparationNeeds needs_of(Entmax15Separation) {
    return {.beta = true};
}
constexpr SeparationNeeds needs_of(IdentitySeparation) {
    return {};
}

/// Whether a similarity of real vectors changes with similarity_delta: tried on numbers that no
/// formula cancels.
bool needs_delta(Choice<RealSimilarities> similarity) {
    return similarity.visit([](auto entry) {
        RealPair<double> pair{
            .sum = 2, .reverse = 3, .memory = 5, .state = 7, .all = 11, .units = 13};
        pair.delta = 1;
        const double value = entry.of(pair);
        pair.delta = 17;
        return entry.of(pair) != value;
    });
}

/// The same of bipolar vectors.
bool needs_delta(Choice<Similarities> similarity) {
    return similarity.visit([](auto entry) {
        const Arithmetic arithmetic{Float64::format};
        constexpr int overlap = 3;
        constexpr int dimension = 5;
        return entry.value(arithmetic, overlap, dimension, 1.0) !=
                   entry.value(arithmetic, overlap, dimension, 17.0) ||
               entry.scale(dimension, 1.0) != entry.scale(dimension, 17.0);
    });
}

/// The interaction's own parameters, and beta where it moves no sign.
void reset_interaction(Setting& setting) {
    const Setting any;
    const ExactForm form = setting.interaction.visit([](auto entry) { return entry.exact_form; });
    const bool homogeneous =
        setting.interaction.visit([](auto entry) { return entry.homogeneous; });
    const bool original = setting.formulation.is<Original>();
    const bool exact = setting.precision.is<Exact>();

    // Exact signs do not change with a positive factor (models/bipolar/exact/exact_model.hpp).
    if (exact && (original || homogeneous)) setting.beta = any.beta;
    if (exact || !original) setting.beta_scale = any.beta_scale;
    // Paired, beta is taken to the power of the vertex whatever the interaction.
    if (form == ExactForm::exponential && !setting.beta_scale.is<PairedBeta>())
        setting.interaction_parameters.vertex = any.interaction_parameters.vertex;
    if (form != ExactForm::leaky_power) {
        setting.interaction_parameters.leak = any.interaction_parameters.leak;
        setting.interaction_parameters.leak_sign = any.interaction_parameters.leak_sign;
    }
    if (exact || form == ExactForm::exponential) setting.power_rounding = any.power_rounding;
    if (exact || setting.rule.is<Gradient>()) setting.summation = any.summation;
    if (!needs_delta(setting.similarity)) setting.similarity_delta = any.similarity_delta;
}

Setting effective_bipolar(Setting setting) {
    const Setting any;
    setting.separation = any.separation;
    setting.exponential = any.exponential;
    setting.fixed_steps = any.fixed_steps;
    setting.max_iterations = any.max_iterations;
    setting.tolerance = any.tolerance;
    setting.retrieval_radius = any.retrieval_radius;
    setting.error_threshold = any.error_threshold;
    if (setting.update.is<OneShot>()) setting.max_sweeps = any.max_sweeps;
    if (!setting.formulation.is<Classical>()) {
        reset_interaction(setting);
        return setting;
    }
    setting.interaction = any.interaction;
    setting.interaction_parameters = any.interaction_parameters;
    setting.beta = any.beta;
    setting.beta_scale = any.beta_scale;
    setting.similarity_delta = any.similarity_delta;
    setting.power_rounding = any.power_rounding;
    setting.summation = any.summation;
    setting.rule = any.rule;
    return setting;
}

Setting effective_continuous(Setting setting) {
    const Setting any;
    if (setting.formulation.is<Softmax>()) setting.separation = any.separation;
    const bool softmax = setting.separation.is<SoftmaxSeparation>();
    const SeparationNeeds needs =
        setting.separation.visit([](auto separation) { return needs_of(separation); });
    setting.interaction = any.interaction;
    setting.interaction_parameters.leak = any.interaction_parameters.leak;
    setting.interaction_parameters.leak_sign = any.interaction_parameters.leak_sign;
    if (!needs.vertex) setting.interaction_parameters.vertex = any.interaction_parameters.vertex;
    if (!needs.beta) setting.beta = any.beta;
    setting.beta_scale = any.beta_scale;
    setting.similarity = any.similarity; // real_similarity stands for it
    if (!needs_delta(setting.real_similarity)) setting.similarity_delta = any.similarity_delta;
    setting.power_rounding = any.power_rounding;
    setting.summation = any.summation;
    setting.rule = any.rule;
    setting.tie = any.tie;
    setting.max_sweeps = any.max_sweeps;
    if (!softmax) setting.exponential = any.exponential;
    // All units are updated at once whatever the update, but for the one step of one_shot.
    const bool one_shot = setting.update.is<OneShot>();
    if (one_shot) setting.fixed_steps = any.fixed_steps;
    if (!one_shot) setting.update = any.update;
    if (one_shot || setting.fixed_steps > 0) setting.max_iterations = any.max_iterations;
    return setting;
}

} // namespace

Setting effective_setting(const Setting& setting) {
    return is_continuous(setting) ? effective_continuous(setting) : effective_bipolar(setting);
}

} // namespace basin
