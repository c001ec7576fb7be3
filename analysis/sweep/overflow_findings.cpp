#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/frontiers/frontier.hpp"
#include "analysis/page/table.hpp"
#include "analysis/sweep/finding_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

/// The largest beta up to which no done cell overflows; nothing if the smallest already does or if
/// beta does not vary.
std::optional<std::size_t> safe_beta(const Cells& cells) {
    const std::optional<std::size_t> beta = cells.axis("beta");
    if (!beta) return std::nullopt;
    std::size_t least = cells.axes[*beta].size();
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done && cells.overflowed(row))
            least = std::min<std::size_t>(least, cells.coordinate[*beta][row]);
    std::optional<std::size_t> safe;
    for (const std::size_t value : values_present(cells, *beta))
        if (value < least) safe = value;
    return safe;
}

std::size_t done_up_to_beta(const Cells& cells, std::size_t beta_value) {
    const std::size_t beta = *cells.axis("beta");
    std::size_t count = 0;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done && cells.coordinate[beta][row] <= beta_value)
            ++count;
    return count;
}

/// "exact recall at n = 30 is 0.5", of the cells with the largest vertex that `counts`.
template <class Counts>
std::string recall_at_largest_vertex(const Cells& cells, Counts&& counts) {
    const std::optional<std::size_t> axis = cells.axis("interaction_vertex");
    std::uint32_t largest = 0;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        if (cells.state[row] != CellState::done || !counts(row)) continue;
        const std::uint32_t vertex = axis ? cells.coordinate[*axis][row] : 0;
        if (vertex > largest) rows.clear();
        if (vertex >= largest) rows.push_back(row);
        largest = std::max(largest, vertex);
    }
    const std::string where = axis ? " at " + at_vertex(cells, largest) : "";
    const double recall = mean_over(cells, rows, "exact_recall");
    if (recall == 0.0) return fmt::format("no probe is recalled exactly{}", where);
    return fmt::format("exact recall{} is {}", where, number_text(recall));
}

/// "first at n = 20", by source and dimension where these vary.
std::string first_overflow(const Cells& group) {
    const std::vector<std::size_t> data = varying_among(group, {"source", "dimension"});
    std::vector<std::string> places;
    std::vector<std::string> distinct;
    for (const Frontier& frontier : overflow_frontiers(group, data)) {
        if (!frontier.first) continue;
        const std::string vertex = at_vertex(group, *frontier.first);
        distinct.push_back(vertex);
        places.push_back(
            data.empty() ? vertex : vertex + " (" + described(group, data, frontier.group) + ")");
    }
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (places.empty()) return "";
    return ", first at " + (distinct.size() == 1 ? distinct.front() : joined(places));
}

} // namespace

void say_where_numbers_overflow(const Cells& cells, Sentences& sentences) {
    const std::vector<std::size_t> split = varying_among(cells, {"formulation", "precision"});
    std::vector<std::size_t> free = varying_axes(cells);
    std::erase_if(free, [&](std::size_t axis) { return cells.axes[axis].name == "similarity"; });
    for (const Excerpt& excerpt : excerpts(cells, split, free)) {
        const Cells& part = excerpt.cells;
        const std::vector<Frontier> frontiers = overflow_frontiers(part, {});
        if (frontiers.empty()) continue;
        const Frontier& frontier = frontiers.front();
        std::string text = heading(excerpt) + ": ";
        const auto any = [](std::size_t) { return true; };
        if (frontier.overflowing == 0) {
            sentences.push_back(fmt::format("{}none of {} cells overflows; {}.", text,
                                            count_text(frontier.cells),
                                            recall_at_largest_vertex(part, any)));
            continue;
        }
        if (const auto safe = safe_beta(part)) {
            const std::size_t beta = *part.axis("beta");
            const auto is_safe = [&](std::size_t row) {
                return part.coordinate[beta][row] <= *safe;
            };
            const std::size_t without = done_up_to_beta(part, *safe);
            text += fmt::format("none of {} cells with β ≤ {} overflows, and {} there; of the {} "
                                "with larger β {} overflow{}",
                                count_text(without), value_text(part.axes[beta], *safe),
                                recall_at_largest_vertex(part, is_safe),
                                count_text(frontier.cells - without),
                                count_text(frontier.overflowing), first_overflow(part));
        } else {
            text += fmt::format("{} of {} cells overflow{}", count_text(frontier.overflowing),
                                count_text(frontier.cells), first_overflow(part));
            const bool nan_everywhere = frontier.every && frontier.first_nan == frontier.every;
            if (frontier.every)
                text += fmt::format(
                    "; from {} on every cell does ({} of {}){}", at_vertex(part, *frontier.every),
                    count_text(frontier.every_cells), count_text(frontier.every_cells),
                    nan_everywhere ? " and sums are NaN" : "");
            if (frontier.first_nan && !nan_everywhere)
                text +=
                    fmt::format("; from {} on sums are NaN", at_vertex(part, *frontier.first_nan));
            text += "; " + recall_at_largest_vertex(part, any);
        }
        sentences.push_back(text + ".");
    }
}

} // namespace basin
