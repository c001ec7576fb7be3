#include "analysis/frontiers/predictions.hpp"

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
    return powers_of_overlaps(setting) && setting.rule.is<Contrastive>() &&
           setting.summation.is<SumOfDifferences>() &&
           (setting.formulation.is<Original>() || setting.formulation.is<Normalized>());
}

/// Whether beta outside the sum is (beta / N)^n.
bool paired_outside(const Setting& setting) {
    return setting.formulation.is<Original>() && setting.beta_scale.is<PairedBeta>();
}

/// Whether the format can hold beta: if it is paired, at small vertices.
bool holds_beta(const Format& format, const Setting& setting, std::uint32_t dimension) {
    if (paired_outside(setting)) return setting.beta <= dimension; // else b grows with n
    const double beta = round_to(format, setting.beta);
    return !std::isinf(beta) && !(setting.formulation.is<Original>() && beta == 0.0);
}

/// Sums of powers of overlaps are integers: b times one that is not 0 is 0 only if b is, and then
/// every decision meets it.
std::optional<Prediction> beta_zero(const Setting& setting, std::uint32_t dimension) {
    if (!powers_of_overlaps(setting) || !paired_outside(setting) || dimension == 0)
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

Vertex later(Vertex a, Vertex b) {
    if (!a || !b) return std::nullopt;
    return std::max(*a, *b);
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
    if (!holds_beta(format, setting, dimension)) return std::nullopt;
    const bool outside = setting.formulation.is<Original>();
    const bool paired = paired_outside(setting);
    const Vertex zero = paired ? beta_zero(setting, dimension)->vertex : std::nullopt;
    const Arguments arguments = outside ? original_arguments(format)
                                        : normalized_arguments(format, setting.beta, dimension);
    if (failure == Failure::some_overflow) {
        const Vertex powers = state_frontiers(arguments, dimension, 0).overflow;
        if (outside && !paired)
            return Prediction{
                earlier(powers, first_scaled_overflow(format, setting.beta, dimension))};
        // Where b is 0 before, no probe reaches its memory.
        if (zero && powers && *zero <= *powers) return std::nullopt;
        return Prediction{powers};
    }
    const StateFrontiers at_cue = state_frontiers(arguments, dimension, *flips);
    // 0 times an infinite sum is NaN too.
    if (failure == Failure::every_decision_nan)
        return Prediction{earlier(at_cue.nan_aligned, later(zero, at_cue.overflow))};
    // Arguments that round to the same number, if not 0, make terms of 0 at any vertex.
    const int h = static_cast<int>(dimension - 2 * *flips);
    const auto same = [&](int on, int off) {
        return arguments.at(on) == arguments.at(off) && arguments.at(on) != 0.0;
    };
    if (same(h, h - 2) || (*flips > 0 && same(h + 2, h))) return std::nullopt;
    return Prediction{at_cue.all_zero};
}

} // namespace basin
