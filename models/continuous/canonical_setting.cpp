#include "models/continuous/canonical_setting.hpp"

#include "models/continuous/real_network.hpp"

namespace basin {

Setting reference_of(const Setting& setting) {
    Setting reference = setting;
    reference.precision = Choice<Precisions>::of<Float64>();
    reference.exponential = Choice<Exponentials>::of<StableExponential>();
    return reference;
}

Setting canonical_setting(const Setting& setting) {
    Setting course;
    course.formulation = Choice<Formulations>::of<Universal>();
    course.separation = setting.formulation.is<Softmax>()
                            ? Choice<Separations>::of<SoftmaxSeparation>()
                            : setting.separation;
    if (course.separation.is<SoftmaxSeparation>()) course.exponential = setting.exponential;
    course.beta = setting.beta;
    course.interaction_parameters.vertex = setting.interaction_parameters.vertex;
    course.real_similarity = setting.real_similarity;
    course.similarity_delta = setting.similarity_delta;
    course.precision = setting.precision;
    course.fixed_steps = setting.update.is<OneShot>() ? 1 : setting.fixed_steps;
    course.max_iterations = setting.max_iterations;
    course.tolerance = tolerance_of(setting);
    return course;
}

} // namespace basin
