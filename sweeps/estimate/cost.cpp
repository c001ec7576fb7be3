#include "sweeps/estimate/cost.hpp"

#include "sweeps/coordinates/binding.hpp"

namespace basin {

namespace {

// Fitted to 16,000 points from 10 units and 3 memories to 784 units and 5000 memories: quickstart
// and grids over N, K, cue level, formulation, vertex, similarity and update, in float32, every
// query attributed. By class, as cost_class() counts.
// The last four are rough: no fit, but the presets regimes, similarities and images come out
// within a factor of about 5, mostly because nobody knows how many steps a fixed point takes.
// Classical: fitted to the preset of that name, whose walks near the capacity are long.
constexpr std::array<Pace, CostClass::count> standard_paces{{
    {2e-6, 2e-10},     // asynchronous, n = 1 or 2, linear
    {2e-6, 5.3e-10},   // not linear
    {6e-6, 2.8e-10},   // n = 3 to 7, likewise
    {2e-6, 4.4e-10},   //
    {2e-6, 2.9e-10},   // steeper
    {4e-6, 4e-10},     //
    {1e-6, 6.3e-10},   // synchronous, likewise
    {9e-6, 3.1e-10},   //
    {6e-6, 4.9e-10},   //
    {9e-6, 2.5e-10},   //
    {1.4e-5, 1.5e-10}, //
    {1.7e-5, 1.2e-10}, //
    {3e-6, 2.9e-11},   // one synchronous step, likewise
    {6e-6, 7.3e-11},   //
    {4e-6, 5.5e-11},   // to the presets errors and loads
    {6e-6, 7.2e-11},   //
    {8e-6, 8.5e-11},   //
    {8e-6, 6.7e-11},   //
    {2e-6, 1.4e-9},    // classical, asynchronous; else as n = 2
    {3e-5, 2e-9},      // continuous, to a fixed point: products
    {3e-5, 3e-8},      // divergences
    {2e-5, 2e-10},     // one step, likewise
    {2e-5, 5e-9},      //
}};

std::size_t drive_of(const Setting& setting) {
    if (setting.update.is<OneShot>()) return 2;
    return setting.update.is<Synchronous>() ? 1 : 0;
}

std::size_t steepness_of(const Setting& setting) {
    if (setting.formulation.is<Classical>()) return 0;
    const std::uint32_t vertex = setting.interaction_parameters.vertex;
    if (setting.interaction.is<Exponential>() || vertex >= 8) return 2;
    return vertex >= 3 ? 1 : 0;
}

} // namespace

SceneSize scene_size(const Scene& scene) {
    return {scene.dimension(),
            scene.pattern_count(),
            scene.probe_count(),
            scene.real != nullptr,
            scene.embeddings ? scene.embeddings->columns : 0,
            scene.real && scene.real->memories().is_rounded()};
}

SceneSize scene_size(const Coordinates& coordinates, std::uint32_t file_dimension) {
    const SceneSpec spec = bind_scene(coordinates, 0, 0);
    const std::uint32_t dimension = spec.patterns.dimension;
    return {dimension == 0 ? file_dimension : dimension, spec.patterns.pattern_count,
            spec.cues.probe_count, is_real(spec.patterns), 0};
}

CostClass cost_class(const Setting& setting) {
    if (is_continuous(setting)) {
        const bool shares = setting.real_similarity.visit([](auto s) { return s.shares; });
        const bool one_step = setting.update.is<OneShot>() || setting.fixed_steps == 1;
        return {CostClass::first_continuous + (one_step ? 2 : 0) + (shares ? 1 : 0)};
    }
    if (setting.formulation.is<Classical>() && drive_of(setting) == 0)
        return {CostClass::classical_asynchronous};
    const bool linear =
        setting.similarity.visit([](auto s) { return s.form; }) == SimilarityForm::linear;
    return {6 * drive_of(setting) + 2 * steepness_of(setting) + (linear ? 0 : 1)};
}

CostModel::CostModel() {
    for (std::size_t c = 0; c < CostClass::count; ++c)
        paces_[c] = standard_paces[c];
}

double CostModel::scene_seconds(const SceneSize& size) {
    return 2e-6 + 5e-10 * size.dimension * size.pattern_count;
}

void CostFit::add(CostClass which, const SceneSize& size, double seconds) {
    const double w = size.work();
    Sums& sums = sums_[which.index];
    sums.points += 1;
    sums.w += w;
    sums.per_w += 1 / w;
    sums.t += seconds;
    sums.t_per_w += seconds / w;
    sums.expected += CostModel().seconds(which, size);
}

/// The a, b >= 0 that minimize the sum of (a + b w - t)^2 / w. With them a + b w adds up to all of
/// t.
Pace CostFit::pace_of(const Sums& sums) {
    const double determinant = sums.per_w * sums.w - sums.points * sums.points;
    // Where all w are alike, only rounding is left of the determinant.
    if (determinant <= 1e-9 * sums.points * sums.points) return {0.0, sums.t / sums.w};
    const double a = (sums.t_per_w * sums.w - sums.points * sums.t) / determinant;
    const double b = (sums.per_w * sums.t - sums.points * sums.t_per_w) / determinant;
    if (a < 0.0) return {0.0, sums.t / sums.w};
    if (b < 0.0) return {sums.t / sums.points, 0.0};
    return {a, b};
}

CostModel CostFit::model() const {
    CostModel model;
    double seconds = 0.0;
    double expected = 0.0;
    for (const Sums& sums : sums_) {
        seconds += sums.t;
        expected += sums.expected;
    }
    for (std::size_t c = 0; c < CostClass::count; ++c) {
        Pace& pace = model.paces_[c];
        if (sums_[c].points > 0) {
            pace = pace_of(sums_[c]);
            model.measured_[c] = true;
        } else if (expected > 0.0) {
            pace = {pace.per_point * seconds / expected, pace.per_work * seconds / expected};
        }
    }
    return model;
}

} // namespace basin
