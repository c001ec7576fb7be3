#include "analysis/cells/row_settings.hpp"
#include "analysis/figures/first_scene.hpp"
#include "analysis/figures/gallery.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace basin {
namespace {

constexpr std::size_t most_rows = 9;
constexpr std::size_t most_of_a_group = 3;

/// At most `count` of the items: both ends and those evenly between them; one: the middle.
std::vector<std::size_t> spread(const std::vector<std::size_t>& items, std::size_t count) {
    if (items.size() <= count) return items;
    if (count == 1) return {items[items.size() / 2]};
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < count; ++i)
        some.push_back(items[i * (items.size() - 1) / (count - 1)]);
    return some;
}

/// Cells that could be drawn, as far as they alone can tell.
std::vector<std::size_t> candidates(const Cells& cells) {
    const std::vector<bool> is_continuous = continuous_rows(cells);
    std::vector<std::size_t> rows;
    if (std::ranges::find(is_continuous, true) == is_continuous.end()) return rows;
    const RowSettings settings(cells);
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (is_continuous[row] && !bind_bank(settings.coordinates(row)).path.empty())
            rows.push_back(row);
    return rows;
}

/// What a network is but for its beta. Softmax is the universal network of that separation, and has
/// no use for another.
using Weighting = std::pair<Choice<Separations>, Choice<RealSimilarities>>;

Weighting weighting_of(const Setting& setting) {
    const bool is_universal = setting.formulation.is<Universal>();
    return {is_universal ? setting.separation
                         : *Choice<Separations>::named(SoftmaxSeparation::name),
            setting.real_similarity};
}

/// The first row of each beta, ascending.
std::vector<std::size_t> one_per_beta(const Cells& cells, const std::vector<std::size_t>& rows) {
    std::map<std::uint32_t, std::size_t> first;
    const auto beta = cells.axis("beta");
    for (const std::size_t row : rows)
        first.try_emplace(beta ? cells.coordinate[*beta][row] : 0, row);
    std::vector<std::size_t> some;
    std::ranges::transform(first, std::back_inserter(some),
                           [](const auto& entry) { return entry.second; });
    return some;
}

} // namespace

GalleryChoice gallery_choice(const Cells& cells) {
    GalleryChoice choice;
    std::vector<std::size_t> rows = candidates(cells);
    if (rows.empty()) return choice;
    choice.scene = words_of(
        cells, keep_first_scene(cells, rows, {"formulation", "similarity", "separation", "beta"}));

    std::map<Weighting, std::vector<std::size_t>> groups;
    const RowSettings settings(cells);
    for (const std::size_t row : rows)
        groups[weighting_of(settings.setting(row))].push_back(row);
    const std::size_t each = std::clamp<std::size_t>(most_rows / groups.size(), 1, most_of_a_group);
    for (const auto& [weighting, members] : groups)
        for (const std::size_t row : spread(one_per_beta(cells, members), each))
            choice.rows.push_back(row);
    choice.rows = spread(choice.rows, most_rows);
    return choice;
}

} // namespace basin
