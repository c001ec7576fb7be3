#include "models/continuous/real_evaluation.hpp"

#include "models/continuous/canonical_setting.hpp"
#include "models/continuous/real_network.hpp"
#include "models/continuous/relative_rank.hpp"
#include "models/continuous/ssim.hpp"
#include "models/draws/embeddings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace basin {

namespace {

/// The memory that a probe is judged by.
std::uint32_t target_of(const RealScene& scene, const RealEnds& ends, std::size_t probe) {
    return scene.targets[probe] < 0 ? ends.nearest[ends.clusters.cluster_of[probe]].memory
                                    : static_cast<std::uint32_t>(scene.targets[probe]);
}

double squared_distance(std::span<const double> state, const RealMatrix& memories,
                        std::size_t memory) {
    return memories.see(memory, [state](auto z) {
        double square = 0.0;
        for (std::size_t i = 0; i < z.size(); ++i)
            square += (state[i] - z[i]) * (state[i] - z[i]);
        return square;
    });
}

bool is_retrieved(const RealPath& path, double square, double radius) {
    return path.stop != Stop::undecided && std::sqrt(square) <= radius;
}

/// The share of the memories of the largest weight that is the one to be recalled. Of a probe
/// without a target that one is the nearest to its end: of several of the largest weight one of
/// them is, and which it is rounding decides.
double identified(const WeightSizes& sizes, std::int32_t given, std::uint32_t judged_by) {
    if (sizes.ties == 1) return sizes.leader == judged_by ? 1.0 : 0.0;
    return given < 0 || sizes.target_ties ? 1.0 / sizes.ties : 0.0;
}

/// [probe] whether each is_retrieved().
std::vector<bool> retrieved(const RealScene& scene, const Setting& setting,
                            std::span<const RealPath> paths) {
    const double radius = retrieval_distance(scene, setting);
    const bool has_targets = std::ranges::all_of(scene.targets, [](auto t) { return t >= 0; });
    const RealEnds ends = has_targets ? RealEnds{} : ends_of(scene, setting, paths);
    std::vector<bool> is_at_target;
    is_at_target.reserve(paths.size());
    for (std::size_t p = 0; p < paths.size(); ++p) {
        const std::uint32_t target = target_of(scene, ends, p);
        const double square = squared_distance(paths[p].state, scene.memories(), target);
        is_at_target.push_back(is_retrieved(paths[p], square, radius));
    }
    return is_at_target;
}

/// Whether a probe and its reference ended in the same state, infinite ones included.
bool is_same_end(const RealPath& path, const RealPath& reference, double radius) {
    return distance(path.state, reference.state) <= radius || path.state == reference.state;
}

/// Adds how far a final state is from the memory that was to be recalled: `square`, squared.
template <class Real>
void add_error(RealEvaluation& sum, const RealScene& scene, const Setting& setting,
               const RealPath& path, std::span<const Real> target, double square) {
    double product = 0.0;
    double own = 0.0;
    for (std::size_t i = 0; i < target.size(); ++i) {
        product += path.state[i] * target[i];
        own += path.state[i] * path.state[i];
    }
    const double lengths = std::sqrt(own) * length(target);
    sum.squared_error += square;
    sum.distance += std::sqrt(square);
    sum.cosine += lengths > 0 ? product / lengths : 0.0;
    sum.below_threshold += path.stop != Stop::undecided && square <= setting.error_threshold;
    if (scene.patterns.image.height == 0) return;
    const std::vector<double> image(target.begin(), target.end());
    sum.dissimilarity +=
        1 - structural_similarity(path.state, image, scene.patterns.image, sum.range_width);
}

/// Adds how alike the recalled memories are to the targets, in the embeddings' eyes.
void add_embeddings(RealEvaluation& sum, const RealScene& scene, const RealEnds& ends) {
    if (!scene.embeddings) return;
    for (std::size_t p = 0; p < scene.targets.size(); ++p) {
        if (scene.targets[p] < 0) continue;
        const std::uint32_t recalled = ends.nearest[ends.clusters.cluster_of[p]].memory;
        const auto target = static_cast<std::size_t>(scene.targets[p]);
        sum.embedding_cosine += cosine(*scene.embeddings, recalled, target);
        ++sum.embedded;
    }
}

void add_path(RealEvaluation& sum, const RealPath& path) {
    sum.steps += path.steps;
    ++sum.stops[static_cast<std::size_t>(path.stop)];
    sum.counts += path.counts;
    sum.energy += path.energy;
    sum.energy_rises += path.energy_rises;
    if (path.stop == Stop::undecided) return;
    ++sum.sized;
    sum.k90 += path.sizes.k90;
    sum.support += path.sizes.support;
    sum.effective += path.sizes.effective;
    sum.participation += path.sizes.participation;
    sum.largest += path.sizes.largest;
}

} // namespace

double same_end_radius(const RealScene& scene, const Setting& setting) {
    const double rounding = std::ldexp(1.0, -format_of(setting.precision).significand_bits);
    return std::max(same_state_radius(scene, setting), 4 * rounding * scene.longest);
}

RealEvaluation add_up(const RealScene& scene, const Setting& setting,
                      std::span<const RealPath> paths, std::span<const RealPath> reference) {
    if (!reference.empty() && reference.size() != paths.size())
        throw std::invalid_argument("add_up: one reference per path is needed");
    const RealEnds ends = ends_of(scene, setting, paths);
    const RealMatrix& memories = scene.memories();
    RealEvaluation sum;
    sum.dimension = memories.columns;
    sum.probes = paths.size();
    sum.duplicates = scene.duplicate_count;
    sum.range_width = scene.patterns.range.width();
    if (scene.patterns.image.height == 0)
        sum.dissimilarity = std::numeric_limits<double>::quiet_NaN();

    const double radius = retrieval_distance(scene, setting);
    const double end_radius = same_end_radius(scene, setting);
    sum.attributed = !reference.empty();
    std::vector<bool> reference_retrieved;
    if (sum.attributed) reference_retrieved = retrieved(scene, reference_of(setting), reference);
    std::vector<bool> counted(ends.clusters.firsts.size());
    for (std::size_t p = 0; p < paths.size(); ++p) {
        const std::uint32_t cluster = ends.clusters.cluster_of[p];
        const std::uint32_t target = target_of(scene, ends, p);
        const double square = squared_distance(paths[p].state, memories, target);
        const bool is_recalled = is_retrieved(paths[p], square, radius);
        sum.retrieved += is_recalled;
        if (sum.attributed) {
            const bool is_same = is_same_end(paths[p], reference[p], end_radius);
            const Verdict verdict = judge({.recalled = is_recalled,
                                           .recalled_exactly = reference_retrieved[p],
                                           .same_final_state = is_same});
            ++sum.verdicts[static_cast<std::size_t>(verdict)];
        }
        memories.see(target, [&](auto z) { add_error(sum, scene, setting, paths[p], z, square); });
        add_path(sum, paths[p]);
        if (paths[p].stop != Stop::undecided)
            sum.identified += identified(paths[p].sizes, scene.targets[p], target);
        ++sum.attractors[static_cast<std::size_t>(ends.kinds[p])];
        const bool is_metastable = ends.kinds[p] != RealAttractor::not_converged &&
                                   ends.kinds[p] != RealAttractor::single_exact;
        if (is_metastable && !counted[cluster]) {
            counted[cluster] = true;
            ++sum.metastable;
        }
    }
    add_embeddings(sum, scene, ends);
    sum.relative_rank = relative_rank(scene, setting, paths, ends);
    sum.unique_states = ends.clusters.firsts.size();
    return sum;
}

} // namespace basin
