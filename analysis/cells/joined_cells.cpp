#include "analysis/cells/joined_cells.hpp"

#include "analysis/cells/joined_provenance.hpp"
#include "analysis/cells/row_settings.hpp"
#include "results/files/undefined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace basin {
namespace {

constexpr const char* unknown_value = "–";

std::vector<JoinedStore> parts_of(std::span<const NamedCells> stores) {
    std::vector<JoinedStore> parts;
    std::set<std::string> names;
    for (const NamedCells& store : stores) {
        JoinedStore part{&store.cells, store.name, {}};
        for (int copy = 2; !names.insert(part.name).second; ++copy)
            part.name = fmt::format("{} ({})", store.name, copy);
        const RowSettings settings(store.cells);
        if (store.cells.rows() > 0) part.fixed = settings.coordinates(0);
        parts.push_back(std::move(part));
    }
    return parts;
}

/// An axis of the joined cells, and where each store finds itself on it.
struct Junction {
    CubeAxis axis;
    std::vector<std::optional<std::size_t>> own;     ///< [store] its axis; nothing: does not vary
    std::vector<std::vector<std::uint32_t>> renamed; ///< [store][own value, or 0] value index
};

/// Adds a value unless it is there; its index.
std::uint32_t index_of(CubeAxis& axis, double number, const std::string& label) {
    for (std::uint32_t v = 0; v < axis.size(); ++v)
        if (axis.numeric ? axis.numbers[v] == number : axis.labels[v] == label) return v;
    axis.labels.push_back(label);
    if (axis.numeric) axis.numbers.push_back(number);
    return static_cast<std::uint32_t>(axis.size() - 1);
}

/// Numbers ascend whatever the order of the stores.
void sort_values(Junction& junction) {
    CubeAxis& axis = junction.axis;
    if (!axis.numeric) return;
    std::vector<std::uint32_t> order(axis.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t v) { return axis.numbers[v]; });
    std::vector<std::uint32_t> rank(order.size());
    CubeAxis sorted = axis;
    for (std::uint32_t v = 0; v < order.size(); ++v) {
        rank[order[v]] = v;
        sorted.numbers[v] = axis.numbers[order[v]];
        sorted.labels[v] = axis.labels[order[v]];
    }
    axis = std::move(sorted);
    for (std::vector<std::uint32_t>& values : junction.renamed)
        for (std::uint32_t& value : values)
            value = rank[value];
}

bool is_number(const Value& value) {
    return !std::holds_alternative<std::string>(value);
}

Junction junction_of(const std::vector<JoinedStore>& parts, const std::string& name) {
    const std::optional<std::size_t> parameter = parameter_index(name);
    Junction junction;
    junction.axis.name = name;
    if (parameter) {
        junction.axis.unit = parameters()[*parameter].unit;
        junction.axis.long_name = parameters()[*parameter].help;
        junction.axis.numeric = is_number(parameters()[*parameter].fallback);
    }
    for (const JoinedStore& part : parts) {
        const std::optional<std::size_t> own = part.cells->axis(name);
        junction.own.push_back(own);
        // Nothing is known of what does not vary and is no parameter of this program.
        if (own ? !part.cells->axes[*own].numeric : !parameter) junction.axis.numeric = false;
        if (!own) continue;
        junction.axis.unit = part.cells->axes[*own].unit;
        junction.axis.long_name = part.cells->axes[*own].long_name;
    }
    for (std::size_t s = 0; s < parts.size(); ++s) {
        std::vector<std::uint32_t>& renamed = junction.renamed.emplace_back();
        if (junction.own[s]) {
            const CubeAxis& own = parts[s].cells->axes[*junction.own[s]];
            for (std::size_t v = 0; v < own.size(); ++v)
                renamed.push_back(
                    index_of(junction.axis, own.numeric ? own.numbers[v] : 0.0, own.labels[v]));
        } else if (parameter && !parts[s].fixed.empty()) {
            const Value& value = parts[s].fixed[*parameter];
            renamed.push_back(index_of(junction.axis, is_number(value) ? number_of(value) : 0.0,
                                       canonical_text(value)));
        } else {
            renamed.push_back(
                parts[s].cells->rows() > 0 ? index_of(junction.axis, 0.0, unknown_value) : 0U);
        }
    }
    sort_values(junction);
    return junction;
}

bool varies_within(const std::vector<JoinedStore>& parts, std::string_view name) {
    return std::ranges::any_of(
        parts, [&](const JoinedStore& part) { return part.cells->axis(name).has_value(); });
}

/// Whether a parameter that no store varies is not the same in all.
bool varies_between(const std::vector<JoinedStore>& parts, std::size_t parameter) {
    std::set<std::string> texts;
    for (const JoinedStore& part : parts)
        if (!part.fixed.empty()) texts.insert(canonical_text(part.fixed[parameter]));
    return texts.size() > 1;
}

std::vector<Junction> junctions_of(const std::vector<JoinedStore>& parts) {
    Junction store;
    store.axis = {store_axis, "1", "folder of results", false, {}, {}};
    for (std::uint32_t s = 0; s < parts.size(); ++s) {
        store.axis.labels.push_back(parts[s].name);
        store.own.emplace_back();
        store.renamed.push_back({s});
    }
    std::vector<Junction> junctions{store};
    for (std::size_t p = 0; p < parameters().size(); ++p)
        if (const std::string name(parameters()[p].name);
            varies_within(parts, name) || varies_between(parts, p))
            junctions.push_back(junction_of(parts, name));
    std::set<std::string> others;
    for (const JoinedStore& part : parts)
        for (const CubeAxis& axis : part.cells->axes)
            if (!parameter_index(axis.name)) others.insert(axis.name);
    for (const std::string& name : others)
        junctions.push_back(junction_of(parts, name));
    return junctions;
}

/// The rows of one store after those of the stores before it, in order of place().
std::vector<std::size_t> add_rows(Cells& joined, const std::vector<Junction>& junctions,
                                  const Cells& part, std::size_t s) {
    std::vector<std::uint64_t> places(part.rows());
    for (std::size_t row = 0; row < part.rows(); ++row)
        for (const Junction& junction : junctions) {
            const std::uint32_t value =
                junction.own[s] ? part.coordinate[*junction.own[s]][row] : 0;
            places[row] = places[row] * junction.axis.size() + junction.renamed[s][value];
        }
    std::vector<std::size_t> order(part.rows());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t row) { return places[row]; });
    for (const std::size_t row : order) {
        for (std::size_t a = 0; a < junctions.size(); ++a) {
            const Junction& junction = junctions[a];
            const std::uint32_t value =
                junction.own[s] ? part.coordinate[*junction.own[s]][row] : 0;
            joined.coordinate[a].push_back(junction.renamed[s][value]);
        }
        joined.state.push_back(part.state[row]);
        joined.done.push_back(part.done[row]);
        joined.flags.push_back(part.flags[row]);
    }
    return order;
}

void append(std::vector<double>& into, const std::vector<double>& from,
            const std::vector<std::size_t>& order) {
    for (const std::size_t row : order)
        into.push_back(from[row]);
}

/// A measure over the rows of all stores; nothing if some store with cells is without it.
std::optional<Measure> joined_measure(const std::vector<JoinedStore>& parts,
                                      const std::vector<std::vector<std::size_t>>& orders,
                                      const Measure& like, std::size_t replicates) {
    Measure joined{like.name, like.unit, like.long_name, {}, {}, {}, {}};
    bool intervals = true;
    bool each = true;
    for (std::size_t s = 0; s < parts.size(); ++s) {
        if (orders[s].empty()) continue;
        const Measure* own = parts[s].cells->measure(like.name);
        if (own == nullptr) return std::nullopt;
        append(joined.mean, own->mean, orders[s]);
        intervals = intervals && !own->low.empty();
        if (intervals) {
            append(joined.low, own->low, orders[s]);
            append(joined.high, own->high, orders[s]);
        }
        each = each && !own->each.empty();
        const std::size_t own_replicates = parts[s].cells->replicates;
        if (each)
            for (const std::size_t row : orders[s])
                for (std::size_t r = 0; r < replicates; ++r)
                    joined.each.push_back(r < own_replicates ? own->each[row * own_replicates + r]
                                                             : undefined);
    }
    if (!intervals) joined.low = joined.high = {};
    if (!each) joined.each = {};
    return joined;
}

} // namespace

Cells joined_cells(std::span<const NamedCells> stores) {
    if (stores.empty()) return {};
    if (stores.size() == 1) return stores.front().cells;
    const std::vector<JoinedStore> parts = parts_of(stores);
    const std::vector<Junction> junctions = junctions_of(parts);
    Cells joined;
    for (const Junction& junction : junctions)
        joined.axes.push_back(junction.axis);
    joined.coordinate.resize(joined.axes.size());
    std::vector<std::vector<std::size_t>> orders;
    for (std::size_t s = 0; s < parts.size(); ++s) {
        const Cells& part = *parts[s].cells;
        joined.replicates = std::max(joined.replicates, part.replicates);
        for (std::size_t status = 0; status < part.points.size(); ++status)
            joined.points[status] += part.points[status];
        orders.push_back(add_rows(joined, junctions, part, s));
    }
    const auto any =
        std::ranges::find_if(parts, [](const JoinedStore& part) { return part.cells->rows() > 0; });
    for (const Measure& measure : (any == parts.end() ? parts.begin() : any)->cells->measures)
        if (auto all = joined_measure(parts, orders, measure, joined.replicates))
            joined.measures.push_back(std::move(*all));
    joined.provenance = joined_provenance(parts, joined);
    return joined;
}

} // namespace basin
