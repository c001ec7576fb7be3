#include "analysis/sweep/findings.hpp"

#include "analysis/cells/comparison.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/page/table.hpp"
#include "analysis/sweep/finding_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

constexpr std::size_t most_sentences = 10;
constexpr std::size_t most_comparisons = 4;

struct Change {
    Comparison comparison;
    std::string where; ///< "in the original formulation" or ""
};

} // namespace

void say_how_much_is_recalled(const Cells& cells, Sentences& sentences) {
    if (varying_among(cells, {"pattern_count"}).empty()) return;
    const std::size_t counts = *cells.axis("pattern_count");
    const std::vector<std::size_t> vertex = varying_among(cells, {"interaction_vertex"});
    for (const Excerpt& excerpt : excerpts(
             cells, varying_among(cells, {"formulation"}),
             varying_among(cells, {"interaction_vertex", "pattern_count", "beta", "cue_level"}))) {
        std::vector<std::string> recalled; // "K = 100 at n = 3 and 5"
        std::vector<std::string> nothing;  // vertices
        std::map<std::size_t, std::vector<std::string>> by_count;
        for (const auto& [key, cell_rows] : grouped(excerpt.cells, vertex)) {
            const std::string at =
                vertex.empty() ? "" : value_text(excerpt.cells.axes[vertex[0]], key[0]);
            if (const auto count = recalled_pattern_count(excerpt.cells, cell_rows))
                by_count[*count].push_back(at);
            else
                nothing.push_back(at);
        }
        if (by_count.empty()) continue;
        const auto at_vertices = [&](const std::vector<std::string>& vertices) {
            return vertex.empty() ? "" : " at n = " + joined(vertices);
        };
        recalled.reserve(recalled.size() + by_count.size());
        for (const auto& [count, vertices] : by_count)
            recalled.push_back("K = " + value_text(excerpt.cells.axes[counts], count) +
                               at_vertices(vertices));
        const std::vector<std::size_t> run = values_present(excerpt.cells, counts);
        std::string text = fmt::format(
            "{}: {}the recall error stays at or below {} up to {} (run: K = {} to {})",
            heading(excerpt), varying_among(cells, {"beta"}).empty() ? "" : "at the best β ",
            recalled_error, fmt::format("{}", fmt::join(recalled, ", ")),
            value_text(cells.axes[counts], run.front()),
            value_text(cells.axes[counts], run.back()));
        if (!nothing.empty())
            text += fmt::format("; not even up to the smallest{}", at_vertices(nothing));
        sentences.push_back(text + ".");
    }
}

void say_what_changes(const Cells& cells, Sentences& sentences) {
    std::vector<Change> changes;
    const auto collect = [&](const std::vector<std::size_t>& rows, std::size_t axis,
                             const std::string& where) {
        const Cells part = only_rows(cells, rows);
        const std::vector<Selector> all = selectors(part, {});
        std::size_t baseline = values_present(part, axis).front();
        for (const Selector& selector : all)
            if (selector.axis == axis) baseline = selector.initial;
        for (const Comparison& comparison :
             compared_with(cells, rows, axis, baseline, "recall_error"))
            if (excludes_zero(comparison.difference)) changes.push_back({comparison, where});
    };
    const std::vector<std::size_t> formulation = varying_among(cells, {"formulation"});
    for (const std::size_t axis : formulation)
        collect(all_rows(cells), axis, "");
    for (const std::size_t axis : varying_among(cells, {"similarity", "precision"}))
        for (const auto& [group, rows] : grouped(cells, formulation))
            collect(rows, axis,
                    group.empty() ? "" : " in the " + described(cells, formulation, group));
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return std::abs(a.comparison.difference.mean) > std::abs(b.comparison.difference.mean);
    });
    if (changes.size() > most_comparisons) changes.resize(most_comparisons);
    for (const auto& [comparison, where] : changes) {
        const CubeAxis& axis = cells.axes[comparison.axis];
        const MeanInterval& difference = comparison.difference;
        sentences.push_back(
            fmt::format("Against {}, {} {} the recall error{} by {} on average (paired {}; "
                        "{} common cells, {} replicates).",
                        value_text(axis, comparison.baseline), value_text(axis, comparison.other),
                        difference.mean > 0 ? "raises" : "lowers", where,
                        number_text(std::abs(difference.mean)), interval_text(difference),
                        count_text(comparison.cells), comparison.replicates));
    }
}

void say_where_terms_vanish(const Cells& cells, Sentences& sentences) {
    const std::vector<std::size_t> axes = varying_among(cells, {"formulation", "precision"});
    for (const auto& [group, rows] : grouped(cells, axes)) {
        std::size_t done = 0;
        std::size_t vanished = 0;
        for (const std::size_t row : rows)
            if (cells.state[row] == CellState::done) {
                ++done;
                vanished += (cells.flags[row] & flag::all_zero) != 0 ? 1 : 0;
            }
        if (vanished > 0)
            sentences.push_back(fmt::format(
                "{}: in {} of {} cells some decision had every term at zero, so that the tie rule "
                "decided and a low recall error may only mean that nothing moved.",
                heading({cells, axes, group}), count_text(vanished), count_text(done)));
    }
}

std::vector<std::string> findings(const Cells& cells) {
    Sentences sentences;
    say_what_is_missing(cells, sentences);
    say_where_numbers_overflow(cells, sentences);
    say_how_much_is_recalled(cells, sentences);
    say_what_changes(cells, sentences);
    say_where_terms_vanish(cells, sentences);
    if (sentences.size() > most_sentences) sentences.resize(most_sentences);
    return sentences;
}

} // namespace basin
