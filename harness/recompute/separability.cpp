#include "harness/recompute/separability.hpp"

#include "harness/process/threads.hpp"
#include "harness/recompute/scene_reproducibility.hpp"
#include "harness/recompute/separability_analysis.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/plan_from_store.hpp"
#include "models/base/errors.hpp"
#include "models/base/stop_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace basin {

namespace {

using Clock = std::chrono::steady_clock;

SceneSeparability only_said(std::string note) {
    SceneSeparability separability;
    separability.note = std::move(note);
    return separability;
}

std::string name_of(const Likeness& likeness) {
    std::string name(likeness.similarity.name());
    std::ranges::replace(name, '_', ' ');
    return name;
}

/// What is not known, and why, in sentences.
std::string said_of_gaps(const SceneSurvey& found, std::size_t known) {
    std::string note;
    const auto failed = static_cast<std::size_t>(
        std::ranges::count_if(found.failures, [](const auto& text) { return !text.empty(); }));
    for (const std::string& failure : found.failures)
        if (!failure.empty()) note += fmt::format("{}{}.", note.empty() ? "" : " ", failure);
    if (known + failed < found.separabilities.size())
        note += fmt::format("{}{} of {} similarities are shown: the others take too long.",
                            note.empty() ? "" : " ", known, found.separabilities.size());
    if (found.hull.undecided > 0)
        note += fmt::format("{}Which memories are extreme points is not known of all: that takes "
                            "too long.",
                            note.empty() ? "" : " ");
    return note;
}

SceneSeparability surveyed(const Cells& cells, const std::filesystem::path& store,
                           const SeparabilityChoice& choice, const Patience& patience) {
    const Plan plan = plan_of_results(cells.provenance, store);
    const Coordinates coordinates = plan.coordinates_of(cell_of(plan, cells, choice.rows[0]));
    const Banks banks = banks_of(plan);
    const SceneFiles files = files_for(banks, coordinates);
    const Scene made = make_scene(bind_scene(coordinates, plan.config().seed, 0), files);
    if (!made.unasked.empty()) throw InputError(made.unasked);
    const std::shared_ptr<const RealScene> scene = real_scene(made);
    std::vector<Likeness> likenesses;
    for (const std::size_t row : choice.rows) {
        const Setting setting = bind_setting(plan.coordinates_of(cell_of(plan, cells, row)));
        likenesses.push_back(
            {setting.real_similarity, setting.similarity_delta, Choice<Precisions>::of<Float64>()});
    }
    std::string unchecked;
    try {
        const PatternBank* bank = files.patterns != nullptr ? files.patterns : files.cues;
        if (bank != nullptr &&
            !comes_out_same(*scene, bind_setting(coordinates), cells, choice.rows[0], patience))
            return only_said(fmt::format(
                "Similarities are not shown: with {}, recall comes out otherwise than in these "
                "results: this program computes something else.",
                bank->description));
    } catch (const OutOfPatience&) {
        unchecked = "Whether recall still comes out the same was not checked: that takes too long.";
    }
    MemoryFacts facts;
    const SceneSurvey found = survey(*scene, likenesses, ready_threads(0), facts, patience);
    SceneSeparability separability;
    separability.scene = choice.scene;
    separability.hull = found.hull;
    for (std::size_t i = 0; i < likenesses.size(); ++i)
        if (found.separabilities[i])
            separability.similarities.push_back({name_of(likenesses[i]), *found.separabilities[i]});
    separability.note = said_of_gaps(found, separability.similarities.size());
    if (!unchecked.empty()) separability.note = unchecked + " " + separability.note;
    return separability;
}

} // namespace

SceneSeparability chosen_separability(const Cells& cells, const std::filesystem::path& store,
                                      std::chrono::seconds limit) {
    const Clock::time_point end = Clock::now() + limit;
    const Patience patience = [end] { return Clock::now() < end; };
    try {
        const SeparabilityChoice choice = separability_choice(cells);
        return choice.rows.empty() ? SceneSeparability{} : surveyed(cells, store, choice, patience);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        return only_said(fmt::format("Similarities cannot be shown: {}", error.what()));
    }
}

} // namespace basin
