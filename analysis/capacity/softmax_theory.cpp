#include "analysis/capacity/softmax_theory.hpp"

#include "models/theory/capacity.hpp"

#include <cmath>

namespace basin {
namespace {

bool stands_at_memories(const Setting& setting, const SceneSpec& spec) {
    return setting.formulation.is<Softmax>() && setting.real_similarity.is<RealDot>() &&
           setting.fixed_steps == 0 && spec.cues.corruption.is<NoCorruption>();
}

} // namespace

std::optional<CapacityTheory> softmax_theory(const Setting& setting, const SceneSpec& spec,
                                             const Criterion& criterion) {
    const bool orthonormal = spec.patterns.source.is<OrthonormalSource>();
    if (!stands_at_memories(setting, spec) ||
        !(orthonormal || spec.patterns.source.is<SphereSource>()) ||
        (criterion.metric != "exact_recall" && criterion.metric != "all_recalled") ||
        setting.retrieval_radius >= 1.0)
        return std::nullopt;
    const double count = softmax_orthonormal_capacity(setting.beta, setting.retrieval_radius);
    if (!std::isfinite(count)) return std::nullopt;
    CapacityTheory theory;
    theory.values.push_back(
        {"theory",
         orthonormal ? "single fixed points" : "single fixed points, were they orthonormal", count,
         "fixed point of the softmax update over orthonormal memories"});
    return theory;
}

} // namespace basin
