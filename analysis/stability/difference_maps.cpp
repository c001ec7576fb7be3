#include "analysis/cells/labels.hpp"
#include "analysis/cells/phrases.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/stability/duel_charts.hpp"
#include "analysis/stability/duel_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr std::string_view mapped_metric = "recall_error";
constexpr std::uint32_t left_out_value = ~std::uint32_t{0};

/// The axes of a map of duels on `duelled`: the first two that vary.
std::vector<std::size_t> map_axes(const Cells& cells, std::size_t duelled) {
    std::vector<std::size_t> axes =
        varying_among(cells, {"interaction_vertex", "beta", "pattern_count", "cue_level"});
    for (const std::size_t axis : varying_axes(cells))
        if (axis != duelled && std::ranges::find(axes, axis) == axes.end()) axes.push_back(axis);
    if (axes.size() > 2) axes.resize(2);
    return axes;
}

/// A parameter of a map: which of its values are drawn.
struct Shown {
    std::size_t axis = 0;
    std::vector<std::size_t> values; ///< ascending
    std::vector<std::string> texts;  ///< one a value
    std::size_t all = 0;             ///< values before thinning
    std::size_t initial = 0;         ///< of facets: value index

    /// [value of the axis] position among the values, or left_out_value.
    std::vector<std::uint32_t> positions(const Cells& cells) const {
        std::vector<std::uint32_t> at(cells.axes[axis].size(), left_out_value);
        for (std::size_t i = 0; i < values.size(); ++i)
            at[values[i]] = static_cast<std::uint32_t>(i);
        return at;
    }
};

Shown all_shown(const Cells& cells, std::size_t axis) {
    Shown shown{axis, values_present(cells, axis), {}, 0, 0};
    for (const std::size_t value : shown.values)
        shown.texts.push_back(value_text(cells.axes[axis], value));
    shown.all = shown.values.size();
    return shown;
}

/// Leaves out every second value, but not the initial one.
void thin(Shown& shown) {
    const auto initial = std::ranges::find(shown.values, shown.initial);
    std::size_t first = 0;
    if (initial != shown.values.end())
        first = static_cast<std::size_t>(initial - shown.values.begin()) % 2;
    std::size_t kept = 0;
    for (std::size_t i = first; i < shown.values.size(); i += 2, ++kept) {
        shown.values[kept] = shown.values[i];
        shown.texts[kept] = shown.texts[i];
    }
    shown.values.resize(kept);
    shown.texts.resize(kept);
}

class Map {
public:
    Map(const Cells& cells, const std::vector<Duel>& duels, std::size_t duelled)
        : cells_(cells), duelled_(duelled) {
        for (const Duel& duel : duels)
            if (duel.axis == duelled && duel.metric == mapped_metric) duels_.push_back(&duel);
        const std::vector<std::size_t> axes = map_axes(cells, duelled);
        if (axes.size() < 2) return;
        for (const std::size_t axis : axes)
            shown_.push_back(all_shown(cells, axis));
        for (const Selector& selector : selectors(cells, {axes[0], axes[1], duelled}))
            shown_.push_back({selector.axis, selector.values, selector.texts,
                              selector.values.size(), selector.initial});
    }

    bool empty() const { return shown_.empty() || duels_.empty(); }

    void fit(std::size_t most_tiles) {
        while (tile_count() > most_tiles) {
            const auto longest = std::ranges::max_element(
                shown_, {}, [](const Shown& shown) { return shown.values.size(); });
            if (longest->values.size() < 3) break;
            thin(*longest);
        }
    }

    Chart chart() const {
        Chart chart;
        const std::string duelled = words(cells_.axes[duelled_].name);
        chart.id = "difference-by-" + cells_.axes[duelled_].name;
        chart.title = fmt::format("Where the {} makes a difference", duelled);
        if (empty()) {
            chart.left_out =
                duels_.empty() ? fmt::format("No two values of {} have a cell with a recall error "
                                             "in common.",
                                             duelled)
                               : "A map needs two parameters that vary beside the compared one.";
            return chart;
        }
        add_axes(chart);
        add_tiles(chart);
        chart.caption = fmt::format(
            "Recall error with the second value less recall error with the first, over {} and {}, "
            "mean over replicates. Pale is no difference, hatched where a number overflowed with "
            "either value, blank where not both are done.{}",
            chart.x.title, chart.y.title, thinned_text());
        chart.alt = fmt::format("Map of differences in recall error over {} and {}.", chart.x.title,
                                chart.y.title);
        return chart;
    }

private:
    template <class Use>
    void for_tiles(Use&& use) const {
        std::vector<std::vector<std::uint32_t>> positions;
        for (const Shown& shown : shown_)
            positions.push_back(shown.positions(cells_));
        std::vector<std::uint32_t> at(shown_.size());
        for (std::size_t d = 0; d < duels_.size(); ++d)
            for (const DuelCell& cell : duels_[d]->cells) {
                bool drawn = true;
                for (std::size_t s = 0; s < shown_.size() && drawn; ++s) {
                    at[s] = positions[s][cells_.coordinate[shown_[s].axis][cell.row_a]];
                    drawn = at[s] != left_out_value;
                }
                if (drawn) use(d, cell, at);
            }
    }

    std::size_t tile_count() const {
        std::size_t count = 0;
        for_tiles([&](std::size_t, const DuelCell&, const auto&) { ++count; });
        return count;
    }

    /// The comparison that changes most is shown first.
    std::size_t initial_duel() const {
        const auto size = [](const Duel* duel) { return std::abs(duel->overall.difference.mean); };
        return static_cast<std::size_t>(std::ranges::max_element(duels_, {}, size) -
                                        duels_.begin());
    }

    bool is_facet(std::size_t shown) const { return shown >= 2 && shown_[shown].values.size() > 1; }

    void add_axes(Chart& chart) const {
        for (ChartAxis* axis : {&chart.x, &chart.y}) {
            const Shown& shown = shown_[axis == &chart.x ? 0 : 1];
            const CubeAxis& labels = cells_.axes[shown.axis];
            axis->name = labels.name;
            axis->title = title_with_unit(labels.name, labels.unit);
            axis->categories = shown.texts;
        }
        if (duels_.size() > 1) {
            ChartFacet pairs{"comparison", "comparison", {}, initial_duel()};
            for (const Duel* duel : duels_)
                pairs.values.push_back(pair_text(cells_, *duel));
            chart.facets.push_back(std::move(pairs));
        }
        for (std::size_t s = 2; s < shown_.size(); ++s) {
            if (!is_facet(s)) continue;
            const Shown& shown = shown_[s];
            const std::string& name = cells_.axes[shown.axis].name;
            const auto initial = std::ranges::find(shown.values, shown.initial);
            chart.facets.push_back(
                {name, words(name), shown.texts,
                 initial == shown.values.end()
                     ? 0
                     : static_cast<std::size_t>(initial - shown.values.begin())});
        }
    }

    void add_tiles(Chart& chart) const {
        double largest = 0.0;
        for_tiles([&](std::size_t d, const DuelCell& cell, const std::vector<std::uint32_t>& at) {
            ChartTile tile;
            if (duels_.size() > 1) tile.facets.push_back(static_cast<std::uint32_t>(d));
            for (std::size_t s = 2; s < at.size(); ++s)
                if (is_facet(s)) tile.facets.push_back(at[s]);
            tile.x = at[0];
            tile.y = at[1];
            tile.value = cell.difference;
            tile.hatched = cells_.overflowed(cell.row_a) || cells_.overflowed(cell.row_b);
            if (cell.verdict == DuelVerdict::tie)
                tile.note = "not told apart";
            else
                tile.note = cell.verdict == DuelVerdict::win ? "better" : "worse";
            largest = std::max(largest, std::abs(cell.difference));
            chart.tiles.push_back(std::move(tile));
        });
        if (largest == 0.0) largest = 1.0;
        chart.tile_colors = {"recall_error_difference", "difference in recall error", -largest,
                             largest, true};
    }

    std::string thinned_text() const {
        std::vector<std::string> parts;
        for (const Shown& shown : shown_)
            if (shown.values.size() < shown.all)
                parts.push_back(fmt::format("{} of the {} values of {}", shown.values.size(),
                                            shown.all, words(cells_.axes[shown.axis].name)));
        if (parts.empty()) return "";
        return fmt::format(" Drawn are {}, to keep the map small.", joined(parts));
    }

    const Cells& cells_;
    std::size_t duelled_;
    std::vector<const Duel*> duels_;
    std::vector<Shown> shown_; ///< x, y, facets
};

} // namespace

std::vector<Chart> difference_maps(const Cells& cells, const std::vector<Duel>& duels,
                                   std::size_t most_tiles) {
    const std::vector<std::size_t> axes = duelled_axes(duels);
    std::vector<Chart> charts;
    for (const std::size_t axis : axes) {
        Map map(cells, duels, axis);
        if (!map.empty()) map.fit(most_tiles / axes.size());
        charts.push_back(map.chart());
    }
    return charts;
}

} // namespace basin
