#include "analysis/cells/comparison.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/cells/missing_points.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/frontiers/frontier_checks.hpp"
#include "analysis/stability/stability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

/// Rows by formulation and precision, whether these vary or not.
struct Model {
    Choice<Formulations> formulation;
    Choice<Precisions> precision;
    auto operator<=>(const Model&) const = default;
};

std::map<Model, std::vector<std::size_t>> by_model(const Cells& cells) {
    std::map<Model, std::vector<std::size_t>> models;
    const RowSettings settings(cells);
    for (const auto& [group, rows] :
         grouped(cells, varying_among(cells, {"formulation", "precision"}))) {
        const Setting setting = settings.setting(rows.front());
        models[{setting.formulation, setting.precision}] = rows;
    }
    return models;
}

void say_whether_theory_holds(const Cells& cells, Sentences& sentences) {
    const std::vector<FrontierCheck> checks = frontier_checks(cells);
    if (checks.empty()) return;
    const auto agreeing = std::ranges::count_if(checks, &FrontierCheck::agrees);
    const auto inside = std::ranges::count_if(
        checks, [](const FrontierCheck& check) { return check.predicted.has_value(); });
    sentences.push_back(fmt::format(
        "{} of {} predictions of theory hold: {} frontiers within the interaction vertices of the "
        "run, and {} times none; {}.",
        count_text(static_cast<std::size_t>(agreeing)), count_text(checks.size()),
        count_text(static_cast<std::size_t>(inside)),
        count_text(checks.size() - static_cast<std::size_t>(inside)),
        agreeing == std::ssize(checks) ? "the table lists them"
                                       : "the table begins with those that do not"));
}

void say_what_normalizing_changes(const Cells& cells, Sentences& sentences) {
    const std::optional<std::size_t> axis = cells.axis("formulation");
    if (!axis) return;
    const auto baseline = std::ranges::find(cells.axes[*axis].labels, Original::name);
    if (baseline == cells.axes[*axis].labels.end()) return;
    const auto original = static_cast<std::size_t>(baseline - cells.axes[*axis].labels.begin());
    const RowSettings settings(cells);
    const std::vector<std::size_t> interaction = varying_among(cells, {"interaction"});
    const std::vector<std::size_t> split = varying_among(cells, {"interaction", "precision"});
    for (const auto& [group, rows] : grouped(cells, split)) {
        const Setting setting = settings.setting(rows.front());
        std::string where(setting.precision.name());
        if (!interaction.empty()) where += " with " + words(setting.interaction.name());
        for (const Comparison& comparison :
             compared_with(cells, rows, *axis, original, "exact_recall")) {
            const MeanInterval& difference = comparison.difference;
            if (!excludes_zero(difference)) continue;
            sentences.push_back(fmt::format(
                "In {}, {} {} exact recall by {} on average against original (paired {}; {} common "
                "cells, {}).",
                where, value_text(cells.axes[*axis], comparison.other),
                difference.mean > 0 ? "raises" : "lowers", number_text(std::abs(difference.mean)),
                interval_text(difference), count_text(comparison.cells),
                replicates_text(comparison.replicates)));
        }
    }
}

/// Mean of a metric over `rows` in every replicate that has a value.
std::vector<double> replicate_means(const Cells& cells, const std::vector<std::size_t>& rows,
                                    const std::vector<double>& each) {
    std::vector<double> means;
    for (std::size_t r = 0; r < cells.replicates; ++r) {
        double sum = 0.0;
        std::size_t count = 0;
        for (const std::size_t row : rows)
            if (const double value = each[row * cells.replicates + r]; !std::isnan(value)) {
                sum += value;
                ++count;
            }
        if (count > 0) means.push_back(sum / static_cast<double>(count));
    }
    return means;
}

/// What queries are judged by (models/bipolar/evaluation/attribution.hpp).
std::string_view truth_of(const Model& model) {
    Setting setting;
    setting.formulation = model.formulation;
    return is_continuous(setting) ? "float64 with the stable exponential" : "exact";
}

void say_what_arithmetic_loses(const Cells& cells, Sentences& sentences) {
    const Measure* lost = cells.measure("numerical_failure");
    if (lost == nullptr || lost->each.empty()) return;
    for (const auto& [model, rows] : by_model(cells)) {
        if (model.precision.is<Exact>()) continue;
        // Each query is paired with itself in the arithmetic that it is judged by, where by
        // definition none is lost.
        const std::vector<double> means = replicate_means(cells, rows, lost->each);
        const MeanInterval interval = mean_interval(means);
        if (!excludes_zero(interval)) continue;
        const auto done = std::ranges::count_if(
            rows, [&](std::size_t row) { return !std::isnan(lost->mean[row]); });
        sentences.push_back(fmt::format(
            "Against {}, {} loses {} of the queries in the {} formulation ({}; {} cells, {}).",
            truth_of(model), model.precision.name(), number_text(interval.mean),
            model.formulation.name(), interval_text(interval),
            count_text(static_cast<std::size_t>(done)), replicates_text(means.size())));
    }
}

void say_whether_formulations_are_equivalent(const Cells& cells, Sentences& sentences) {
    if (varying_among(cells, {"formulation"}).empty()) return;
    std::vector<std::string> same;
    std::vector<std::string> different;
    const RowSettings settings(cells);
    for (const auto& [group, rows] : grouped(cells, varying_among(cells, {"interaction"}))) {
        const Setting setting = settings.setting(rows.front());
        if (is_continuous(setting)) continue; // nothing to be equivalent to
        const Choice<Interactions> interaction = setting.interaction;
        const bool homogeneous = interaction.visit([](auto f) { return f.homogeneous; });
        (homogeneous ? same : different).push_back(words(interaction.name()));
    }
    if (!same.empty())
        sentences.push_back(fmt::format(
            "equivalent = true for {}: F(cx) = c^n F(x), so original and normalized are one model "
            "in exact arithmetic, at any β, and where they differ it is the arithmetic that does.",
            joined(same)));
    if (!different.empty())
        sentences.push_back(fmt::format(
            "equivalent = false for {}: F(βx) is no multiple of F(x), so original and normalized "
            "are two models, and where they differ it need not be the arithmetic.",
            joined(different)));
}

} // namespace

std::vector<std::string> stability_findings(const Cells& all_cells) {
    const Cells cells = comparable_cells(all_cells);
    Sentences sentences;
    say_what_is_missing(cells, sentences);
    say_whether_theory_holds(cells, sentences);
    say_what_normalizing_changes(cells, sentences);
    say_what_arithmetic_loses(cells, sentences);
    if (cells.points[static_cast<std::size_t>(Status::done)] > 0)
        say_whether_formulations_are_equivalent(cells, sentences);
    return sentences;
}

} // namespace basin
