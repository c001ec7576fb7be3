#include "harness/recompute/separability_analysis.hpp"

#include "harness/process/first_failure.hpp"
#include "models/base/errors.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace basin {

namespace {

/// Memories whose places in the hull a thread looks for at a time.
constexpr std::size_t hull_piece = 128;

/// A job's similarities, and the first of its cells that have a meaning.
struct JobPoints {
    std::optional<std::uint64_t> cell;
    std::set<Likeness> likenesses;
};

JobPoints points_of(const Plan& plan, std::uint64_t job, const SceneSpec& spec) {
    JobPoints points;
    plan.visit_points(job, 0, [&](std::uint64_t cell) {
        const Setting setting = bind_setting(plan.coordinates_of(cell));
        if (not_applicable(spec, setting)) return true;
        if (!points.cell) points.cell = cell;
        points.likenesses.insert(
            {setting.real_similarity, setting.similarity_delta, Choice<Precisions>::of<Float64>()});
        return true;
    });
    return points;
}

} // namespace

std::vector<PlannedScene> planned_scenes(const Plan& plan) {
    std::map<std::tuple<std::string, Key, Key>, PlannedScene> scenes;
    JobPoints points;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates coordinates = plan.scene_of(job);
        const std::uint32_t replicate = plan.replicate_of_job(job);
        const SceneSpec spec = bind_scene(coordinates, plan.config().seed, replicate);
        // All replicates have the same points, one cell after the other.
        if (replicate == 0)
            points = points_of(plan, job, spec);
        else if (points.cell)
            ++*points.cell;
        if (!points.cell) continue;
        // The same draws from two files are two scenes.
        const std::string files = files_identity(coordinates, plan.config().files.known);
        const auto [entry, is_new] = scenes.try_emplace({files, spec.patterns.key, spec.cues.key});
        PlannedScene& scene = entry->second;
        if (is_new) scene = {*points.cell, coordinates, spec, replicate, files, {}};
        scene.cell = std::min(scene.cell, *points.cell);
        std::set<Likeness> all = points.likenesses;
        all.insert(scene.likenesses.begin(), scene.likenesses.end());
        scene.likenesses.assign(all.begin(), all.end());
    }
    std::vector<PlannedScene> ordered;
    ordered.reserve(scenes.size());
    for (auto& [keys, scene] : scenes)
        ordered.push_back(std::move(scene));
    std::ranges::sort(ordered, {}, &PlannedScene::cell);
    return ordered;
}

SceneSurvey survey(const RealScene& scene, std::span<const Likeness> likenesses, int threads,
                   MemoryFacts& facts, const Patience& patience) {
    const std::vector<std::uint32_t> which = looked_at(scene.memories().rows);
    const std::size_t pieces = facts.hull ? 0 : (which.size() + hull_piece - 1) / hull_piece;
    std::vector<std::vector<HullPlace>> places(pieces);
    SceneSurvey found;
    found.separabilities.resize(likenesses.size());
    found.failures.resize(likenesses.size());
    // Similarities first: if time ends, it is the hull that is not known.
    const std::size_t tasks = likenesses.size() + pieces;
    const auto look = [&](std::size_t task) {
        if (task < likenesses.size()) {
            const auto known = facts.gaps.find(likenesses[task]);
            try {
                found.separabilities[task] =
                    separability(scene, likenesses[task], patience,
                                 known == facts.gaps.end() ? nullptr : &known->second);
            } catch (const InputError& error) {
                found.failures[task] = error.what();
            }
        } else {
            const std::size_t piece = task - likenesses.size();
            const std::size_t first = piece * hull_piece;
            const std::size_t count = std::min(hull_piece, which.size() - first);
            places[piece] =
                hull_places(scene.memories(), std::span(which).subspan(first, count), patience);
        }
    };
    FirstFailure failure;
#pragma omp parallel for schedule(dynamic) num_threads(threads) default(none)                      \
    shared(tasks, look, failure)
    for (std::size_t task = 0; task < tasks; ++task) {
        failure.guard([&] {
            try {
                look(task);
            } catch (const OutOfPatience&) { // it stays without a value
            }
        });
    }
    failure.rethrow();
    if (facts.hull) found.hull = *facts.hull;
    for (const std::vector<HullPlace>& piece : places)
        found.hull += piece;
    facts.hull = found.hull;
    for (std::size_t i = 0; i < likenesses.size(); ++i)
        if (found.separabilities[i])
            facts.gaps.try_emplace(likenesses[i], found.separabilities[i]->memory_gaps);
    return found;
}

} // namespace basin
