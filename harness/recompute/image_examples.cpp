#include "harness/recompute/image_examples.hpp"

#include "analysis/cells/labels.hpp"
#include "harness/recompute/scene_reproducibility.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/plan_from_store.hpp"
#include "models/base/stop_request.hpp"
#include "models/continuous/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <optional>

namespace basin {

namespace {

using Clock = std::chrono::steady_clock;

Gallery only_said(std::string note) {
    Gallery gallery;
    gallery.note = std::move(note);
    return gallery;
}

/// How the scene's units are an image: as its file says. Of a binarised image the units are still
/// its pixels, and a square number of bytes without a shape is taken for a grey one.
ImageShape image_of(const RealScene& scene, const SceneSpec& spec, const PatternBank& bank) {
    if (scene.patterns.image.height > 0) return scene.patterns.image;
    const ImageShape image = image_in_form(spec.patterns.channels, bank.image);
    if (image.height > 0) return image;
    const auto units = static_cast<double>(scene.memories().columns);
    const auto side = static_cast<std::uint32_t>(std::lround(std::sqrt(units)));
    const bool is_square = static_cast<double>(side) * side == units;
    return bank.basis == RangeBasis::element_type && is_square ? ImageShape{side, side, 1, true}
                                                               : ImageShape{};
}

GalleryImage image_from(const RealMatrix& matrix, std::size_t row) {
    return matrix.see(row, [](auto units) { return GalleryImage(units.begin(), units.end()); });
}

double mean_squared_difference(const GalleryImage& a, const GalleryImage& b) {
    if (b.empty()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum / static_cast<double>(a.size());
}

std::string name_of(const Setting& setting) {
    std::string kind(setting.real_similarity.name());
    if (setting.formulation.is<Universal>())
        kind = fmt::format("{} of {}", setting.separation.name(), kind);
    std::ranges::replace(kind, '_', ' ');
    return fmt::format("{}, β = {}", kind, number_text(setting.beta));
}

std::vector<GalleryProbe> probes_of(const RealScene& scene) {
    std::vector<GalleryProbe> probes;
    for (std::size_t p = 0; p < std::min(gallery_probes, scene.cues.rows); ++p) {
        GalleryProbe probe{{}, image_from(scene.cues, p), 0};
        if (scene.targets[p] >= 0) {
            probe.target = static_cast<std::size_t>(scene.targets[p]);
            probe.original = image_from(scene.memories(), probe.target);
        }
        probes.push_back(std::move(probe));
    }
    return probes;
}

GalleryRow row_of(const RealScene& scene, const Setting& setting,
                  const std::vector<GalleryProbe>& probes, const Patience& patience) {
    Setting once = setting;
    once.fixed_steps = 1;
    const std::vector<RealPath> first = paths_of(scene, once, probes.size(), patience);
    const std::vector<RealPath> last = paths_of(scene, setting, probes.size(), patience);
    std::vector<const RealState*> states;
    states.reserve(last.size());
    for (const RealPath& path : last)
        states.push_back(&path.state);
    const std::vector<NearMemory> nearest = nearest_memories(scene.memories(), states);
    GalleryRow row{name_of(setting), {}};
    for (std::size_t p = 0; p < probes.size(); ++p) {
        GalleryRecall recall;
        recall.after_one = first[p].state;
        recall.recalled = last[p].state;
        recall.memory = nearest[p].memory;
        recall.nearest = image_from(scene.memories(), recall.memory);
        recall.error_after_one = mean_squared_difference(recall.after_one, probes[p].original);
        recall.error = mean_squared_difference(recall.recalled, probes[p].original);
        recall.steps = last[p].steps;
        recall.k90 = last[p].stop == Stop::undecided ? 0 : last[p].sizes.k90;
        row.probes.push_back(std::move(recall));
    }
    return row;
}

Gallery drawn(const Cells& cells, const std::filesystem::path& store, const GalleryChoice& choice,
              const Patience& patience) {
    const Plan plan = plan_of_results(cells.provenance, store);
    const Coordinates coordinates = plan.coordinates_of(cell_of(plan, cells, choice.rows[0]));
    const Banks banks = banks_of(plan);
    const PatternBank* bank = bank_for(banks, coordinates);
    const SceneSpec spec = bind_scene(coordinates, plan.config().seed, 0);
    const Scene made = make_scene(spec, files_for(banks, coordinates));
    if (!made.unasked.empty()) return only_said("No images are shown: " + made.unasked);
    const std::shared_ptr<const RealScene> scene = real_scene(made);
    Gallery gallery;
    gallery.image = image_of(*scene, spec, *bank);
    if (gallery.image.height == 0) return {};
    gallery.range = scene->patterns.range;
    gallery.scene = choice.scene;
    gallery.probes = probes_of(*scene);
    std::vector<Setting> settings;
    for (const std::size_t row : choice.rows)
        settings.push_back(bind_setting(plan.coordinates_of(cell_of(plan, cells, row))));
    try {
        for (const Setting& setting : settings)
            gallery.rows.push_back(row_of(*scene, setting, gallery.probes, patience));
        if (!comes_out_same(*scene, settings[0], cells, choice.rows[0], patience))
            return only_said(
                fmt::format("The images are not shown: with {}, recall comes out otherwise than in "
                            "these results: this program computes something else.",
                            bank->description));
    } catch (const OutOfPatience&) {
        gallery.note =
            gallery.rows.size() < settings.size()
                ? fmt::format("{} of {} settings are shown: the others take too long.",
                              gallery.rows.size(), settings.size())
                : "Whether recall still comes out the same was not checked: that takes too long.";
    }
    return gallery;
}

} // namespace

Gallery recalled_gallery(const Cells& cells, const std::filesystem::path& store,
                         std::chrono::seconds limit) {
    const Clock::time_point end = Clock::now() + limit;
    const Patience patience = [end] { return Clock::now() < end; };
    try {
        const GalleryChoice choice = gallery_choice(cells);
        return choice.rows.empty() ? Gallery{} : drawn(cells, store, choice, patience);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        return only_said(fmt::format("The images cannot be shown: {}", error.what()));
    }
}

} // namespace basin
