#include "support/synthetic_cells.hpp"

#include "results/replicates/summary.hpp"
#include "sweeps/parameters/value.hpp"

#include <algorithm>
#include <cmath>

namespace basin::tests {
namespace {

constexpr double units = 100.0;
constexpr double largest_float32_log10 = 38.53;

struct Coordinates {
    std::string formulation = "original";
    std::string similarity = "dot";
    double vertex = 3;
    double beta = 1;
    double pattern_count = 10;
    double cue_level = 0.1;
};

Coordinates coordinates_of(const Cells& cells, std::size_t row) {
    Coordinates at;
    const auto read = [&](const char* name, double& number) {
        if (const auto axis = cells.axis(name))
            number = cells.axes[*axis].numbers[cells.coordinate[*axis][row]];
    };
    const auto read_text = [&](const char* name, std::string& text) {
        if (const auto axis = cells.axis(name))
            text = cells.axes[*axis].labels[cells.coordinate[*axis][row]];
    };
    read_text("formulation", at.formulation);
    read_text("similarity", at.similarity);
    read("interaction_vertex", at.vertex);
    read("beta", at.beta);
    read("pattern_count", at.pattern_count);
    read("cue_level", at.cue_level);
    return at;
}

/// Decimal exponent of the largest term.
double largest_exponent(const Coordinates& at) {
    if (at.formulation == "normalized") return at.vertex * std::log10(at.beta);
    return at.similarity == "cosine" ? 0.0 : at.vertex * std::log10(units);
}

struct Trial {
    double recall_error;
    double exact_recall;
    double metastable_count;
};

Trial trial_of(const Coordinates& at, bool undecided, std::size_t replicate) {
    if (undecided) return {at.cue_level, at.cue_level == 0 ? 1.0 : 0.0, 0.0};
    const double capacity = std::pow(units, at.vertex - 1) / (8 * at.vertex);
    const double shift = 0.04 * static_cast<double>(replicate % 4) - 0.06;
    const double load = std::log10(at.pattern_count / capacity) + 3 * at.cue_level + shift;
    const double failing = 1 / (1 + std::exp(-6 * load));
    return {0.5 * failing, 1 - failing, 0.2 * at.pattern_count * failing};
}

} // namespace

CubeAxis number_axis(const std::string& name, const std::vector<double>& numbers) {
    CubeAxis axis{name, "1", "", true, numbers, {}};
    for (const double number : numbers)
        axis.labels.push_back(canonical_text(number));
    return axis;
}

CubeAxis text_axis(const std::string& name, const std::vector<std::string>& labels) {
    return {name, "1", "", false, {}, labels};
}

Cells synthetic_cells(const std::vector<CubeAxis>& axes, std::size_t replicates) {
    Cells cells;
    cells.axes = axes;
    cells.replicates = replicates;
    cells.provenance = {{"sweep_name", "synthetic"}, {"seed", "7"}};
    std::size_t rows = 1;
    for (const CubeAxis& axis : axes)
        rows *= axis.size();
    cells.points[static_cast<std::size_t>(Status::done)] = rows * replicates;
    cells.state.assign(rows, CellState::done);
    cells.done.assign(rows, static_cast<std::uint32_t>(replicates));
    cells.flags.assign(rows, 0);
    cells.coordinate.assign(axes.size(), std::vector<std::uint32_t>(rows));
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t rest = row;
        for (std::size_t a = axes.size(); a-- > 0; rest /= axes[a].size())
            cells.coordinate[a][row] = static_cast<std::uint32_t>(rest % axes[a].size());
    }
    const auto measure = [&](const char* name) {
        return Measure{name,
                       "1",
                       "",
                       std::vector<double>(rows),
                       std::vector<double>(rows),
                       std::vector<double>(rows),
                       {}};
    };
    Measure error = measure("recall_error");
    Measure recall = measure("exact_recall");
    Measure states = measure("metastable_count");
    Measure overflow = measure("overflow_fraction");
    Measure undecided_share = measure("num_nan");
    for (Measure* mean_only : {&overflow, &undecided_share}) {
        mean_only->low.clear();
        mean_only->high.clear();
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const Coordinates at = coordinates_of(cells, row);
        const double excess = largest_exponent(at) / largest_float32_log10;
        const bool undecided = at.formulation == "normalized" ? excess > 2 : excess > 1.05;
        if (excess > 1) cells.flags[row] = flag::pow_overflow | flag::benign_overflow;
        if (undecided) cells.flags[row] = flag::pow_overflow | flag::nan_inf_minus_inf;
        overflow.mean[row] = excess > 1 ? std::min(1.0, 20 * (excess - 1)) : 0.0;
        undecided_share.mean[row] = undecided ? 1.0 : 0.0;
        for (Measure* share : {&overflow, &undecided_share})
            share->each.insert(share->each.end(), replicates, share->mean[row]);
        std::vector<double> errors;
        std::vector<double> recalls;
        std::vector<double> counts;
        for (std::size_t r = 0; r < replicates; ++r) {
            const Trial trial = trial_of(at, undecided, r);
            errors.push_back(trial.recall_error);
            recalls.push_back(trial.exact_recall);
            counts.push_back(trial.metastable_count);
        }
        const auto put = [&](Measure& into, const std::vector<double>& values) {
            const MeanInterval estimate = mean_interval(values);
            into.mean[row] = estimate.mean;
            into.low[row] = estimate.low;
            into.high[row] = estimate.high;
            into.each.insert(into.each.end(), values.begin(), values.end());
        };
        put(error, errors);
        put(recall, recalls);
        put(states, counts);
    }
    cells.measures = {error, recall, states, overflow, undecided_share};
    return cells;
}

Cells stability_cells() {
    std::vector<double> betas;
    for (int i = 0; i <= 16; ++i)
        betas.push_back(std::pow(10.0, -2.0 + 0.25 * i));
    return synthetic_cells({number_axis("pattern_count", {10, 30, 100, 300, 1000}),
                            number_axis("cue_level", {0, 0.1, 0.2}),
                            text_axis("formulation", {"original", "normalized"}),
                            number_axis("interaction_vertex", {2, 3, 5, 10, 20, 30}),
                            number_axis("beta", betas),
                            text_axis("similarity", {"dot", "cosine", "euclidean_overlap"})},
                           8);
}

} // namespace basin::tests
