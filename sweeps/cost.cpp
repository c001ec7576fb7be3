#include "sweeps/cost.hpp"

#include "sweeps/binding.hpp"

namespace basin {

namespace {

// Rows of CostClass: [drive][steepness], each first of linear similarities, then of the others.
constexpr std::array<Pace, CostClass::count> standard_paces{{
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
    {2e-5, 1e-9},
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

SceneSize scene_size(const Coordinates& coordinates, std::uint32_t file_dimension) {
    const SceneSpec spec = bind_scene(coordinates, 0, 0);
    const std::uint32_t dimension = spec.patterns.dimension;
    return {dimension == 0 ? file_dimension : dimension, spec.patterns.pattern_count,
            spec.cues.probe_count};
}

CostClass cost_class(const Setting& setting) {
    const bool linear = setting.similarity.visit([](auto s) { return s.linear; });
    return {6 * drive_of(setting) + 2 * steepness_of(setting) + (linear ? 0 : 1)};
}

CostModel::CostModel() : paces_(standard_paces) {}

double CostModel::scene_seconds(const SceneSize& size) {
    return 1e-5 + 5e-10 * size.dimension * size.pattern_count;
}

void CostFit::add(CostClass which, const SceneSize& size, double seconds) {
    const double w = size.interactions();
    Sums& sums = sums_[which.index];
    sums.points += 1;
    sums.per_w += 1 / w;
    sums.per_w2 += 1 / (w * w);
    sums.t_per_w += seconds / w;
    sums.t_per_w2 += seconds / (w * w);
    sums.seconds += seconds;
    sums.expected += CostModel().seconds(which, size);
}

/// The a, b >= 0 that minimize the sum of ((a + b w - t) / w)^2; a = 0 where all w are alike.
Pace CostFit::pace_of(const Sums& sums) {
    const double determinant = sums.per_w2 * sums.points - sums.per_w * sums.per_w;
    const Pace proportional{0.0, sums.t_per_w / sums.points};
    if (determinant <= 1e-6 * sums.per_w2 * sums.points) return proportional;
    const double a = (sums.t_per_w2 * sums.points - sums.t_per_w * sums.per_w) / determinant;
    const double b = (sums.per_w2 * sums.t_per_w - sums.per_w * sums.t_per_w2) / determinant;
    if (a < 0.0) return proportional;
    if (b < 0.0) return {sums.t_per_w2 / sums.per_w2, 0.0};
    return {a, b};
}

CostModel CostFit::model() const {
    CostModel model;
    double seconds = 0.0;
    double expected = 0.0;
    for (const Sums& sums : sums_) {
        seconds += sums.seconds;
        expected += sums.expected;
    }
    for (std::size_t c = 0; c < CostClass::count; ++c) {
        Pace& pace = model.paces_[c];
        if (sums_[c].points > 0) {
            pace = pace_of(sums_[c]);
            model.measured_[c] = true;
        } else if (expected > 0.0) {
            pace = {pace.per_point * seconds / expected, pace.per_interaction * seconds / expected};
        }
    }
    return model;
}

} // namespace basin
