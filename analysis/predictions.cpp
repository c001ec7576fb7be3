#include "analysis/predictions.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Flipped units of every cue, if that number is known.
std::optional<std::uint32_t> flips_of(const SceneSpec& scene) {
    const CueSpec& cues = scene.cues;
    if (cues.corruption.is<NoCorruption>()) return 0;
    if (!cues.corruption.is<FlipCorruption>() || !cues.cue_count.is<ExactCount>())
        return std::nullopt;
    return static_cast<std::uint32_t>(std::lround(cues.cue_level * scene.patterns.dimension));
}

bool powers_of_overlaps(const Setting& setting) {
    const Choice<Similarities>& similarity = setting.similarity;
    const Choice<Interactions>& interaction = setting.interaction;
    return (similarity.is<Dot>() || similarity.is<EuclideanOverlap>() ||
            similarity.is<ManhattanOverlap>()) &&
           (interaction.is<RectifiedPolynomial>() || interaction.is<Polynomial>());
}

bool covered(const Setting& setting) {
    const bool outside = setting.formulation.is<Original>();
    return powers_of_overlaps(setting) && setting.rule.is<Contrastive>() &&
           setting.summation.is<SumOfDifferences>() &&
           (outside ? setting.beta_scale.is<NativeBeta>() : setting.formulation.is<Normalized>());
}

/// Sums of powers of overlaps are integers: b times one that is not 0 is 0 only if b is, and then
/// every decision meets it.
std::optional<Prediction> beta_zero(const Setting& setting, std::uint32_t dimension) {
    if (!powers_of_overlaps(setting) || !setting.formulation.is<Original>() ||
        !setting.beta_scale.is<PairedBeta>() || dimension == 0)
        return std::nullopt;
    if (setting.precision.is<Exact>()) return Prediction{std::nullopt};
    return Prediction{first_zero_power(format_of(setting.precision), setting.beta / dimension)};
}

bool reaches_memories(const Setting& setting) {
    return !setting.update.is<OneShot>() && setting.max_sweeps > 1;
}

Vertex earlier(Vertex a, Vertex b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

} // namespace

std::optional<Prediction> predicted(Failure failure, const Setting& setting,
                                    const SceneSpec& scene) {
    const std::uint32_t dimension = scene.patterns.dimension;
    if (failure == Failure::beta_zero) return beta_zero(setting, dimension);
    const std::optional<std::uint32_t> flips = flips_of(scene);
    if (!covered(setting) || !flips || 4 * *flips > dimension || dimension < 2) return std::nullopt;
    if (failure == Failure::some_overflow && !reaches_memories(setting)) return std::nullopt;
    if (setting.precision.is<Exact>()) return Prediction{std::nullopt};

    const Format format = format_of(setting.precision);
    const double beta = round_to(format, setting.beta);
    const bool outside = setting.formulation.is<Original>();
    if (std::isinf(beta) || (outside && beta == 0.0)) return std::nullopt;
    const Arguments arguments = outside ? original_arguments(format)
                                        : normalized_arguments(format, setting.beta, dimension);
    if (failure == Failure::some_overflow) {
        const Vertex powers = state_frontiers(arguments, dimension, 0).overflow;
        return Prediction{
            outside ? earlier(powers, first_scaled_overflow(format, setting.beta, dimension))
                    : powers};
    }
    const StateFrontiers at_cue = state_frontiers(arguments, dimension, *flips);
    if (failure == Failure::every_decision_nan) return Prediction{at_cue.nan_aligned};
    // Arguments that round to the same number, if not 0, make terms of 0 at any vertex.
    const int h = static_cast<int>(dimension - 2 * *flips);
    const auto same = [&](int on, int off) {
        return arguments.at(on) == arguments.at(off) && arguments.at(on) != 0.0;
    };
    if (same(h, h - 2) || (*flips > 0 && same(h + 2, h))) return std::nullopt;
    return Prediction{at_cue.all_zero};
}

} // namespace basin
