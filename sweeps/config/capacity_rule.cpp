#include "sweeps/config/capacity_rule.hpp"

#include "sweeps/config/config_values.hpp"
#include "sweeps/parameters/geometric_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace basin {

namespace {

constexpr std::array<std::string_view, 21> shares{"recall_error",
                                                  "exact_recall",
                                                  "all_recalled",
                                                  "overlap_absolute",
                                                  "converged_fraction",
                                                  "undecided_fraction",
                                                  "cycle2_fraction",
                                                  "cycle_fraction",
                                                  "unconverged_fraction",
                                                  "ok",
                                                  "capacity_failure",
                                                  "numerical_failure",
                                                  "lucky",
                                                  "mixed",
                                                  "agree",
                                                  "num_flip",
                                                  "num_nan",
                                                  "num_tie",
                                                  "overflow_fraction",
                                                  "identity_recall",
                                                  "threshold_recall"};

Parameter row(std::string_view name, Kind kind, double minimum, double maximum) {
    Parameter key{};
    key.name = name;
    key.section = "capacity";
    key.kind = kind;
    key.minimum = minimum;
    key.maximum = maximum;
    return key;
}

/// The keys, in the shape of parameters so that they are read and checked as those are.
struct Keys {
    Parameter criterion{};
    Parameter minimum = row("minimum", Kind::integer, 1, 1e7);
    Parameter maximum = row("maximum", Kind::integer, 2, 1e7);
    Parameter relative_width = row("relative_width", Kind::real, 0.001, 1);
    Parameter confidence = row("confidence", Kind::real, 0.5, 0.9999);
    Parameter min = row("min", Kind::integer, 2, most_replicates);
    Parameter max = row("max", Kind::integer, 2, most_replicates);
};

const Keys& keys() {
    static const Keys all = [] {
        Keys rows;
        rows.criterion.name = "criterion";
        rows.criterion.section = "capacity";
        rows.criterion.kind = Kind::text;
        return rows;
    }();
    return all;
}

class RuleReader {
public:
    explicit RuleReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    void check_keys(const ConfigNode& table, std::string_view what,
                    const std::vector<std::string_view>& known) {
        for (const ConfigEntry& entry : *table.table())
            if (std::ranges::find(known, entry.key) == known.end())
                report(entry.place, fmt::format("unknown key \"{}\" of {}{}", entry.key, what,
                                                hint(entry.key, known)));
    }

    /// Nothing if it is wrong, or not given and there is no fallback; that is reported.
    std::optional<Value> read(const ConfigNode& table, const Parameter& key,
                              std::optional<Value> fallback, std::string_view remedy = {}) {
        const ConfigNode* given = find(*table.table(), key.name);
        if (given == nullptr) {
            if (!fallback)
                report(table.place, fmt::format("[capacity] needs {}{}", key.name, remedy));
            return fallback;
        }
        const std::vector<Value> values = read_values(key, *given, diagnostics_);
        if (values.size() > 1) report(given->place, fmt::format("{} takes one value", key.name));
        return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
    }

    void read_criterion(const ConfigNode& table, CapacityRule& rule) {
        constexpr std::string_view example = ": write criterion = \"exact_recall >= 0.5\"";
        const auto value = read(table, keys().criterion, {}, example);
        if (!value) return;
        const Place& place = find(*table.table(), "criterion")->place;
        try {
            rule.criterion = basin::read_criterion(std::get<std::string>(*value));
        } catch (const std::invalid_argument& error) {
            report(place, error.what());
        }
    }

    void read_replicates(const ConfigNode& table, CapacityRule& rule) {
        const ConfigNode* node = find(*table.table(), "replicates");
        if (node == nullptr) return;
        if (node->table() == nullptr) {
            report(node->place, "replicates of [capacity]: write {min = 16, max = 64}");
            return;
        }
        check_keys(*node, "replicates", {"min", "max"});
        const auto min = read(*node, keys().min, Value{std::int64_t{rule.min_replicates}});
        const auto max = read(*node, keys().max, Value{std::int64_t{rule.max_replicates}});
        if (!min || !max) return;
        rule.min_replicates = static_cast<std::uint32_t>(std::get<std::int64_t>(*min));
        rule.max_replicates = static_cast<std::uint32_t>(std::get<std::int64_t>(*max));
        if (rule.max_replicates < rule.min_replicates)
            report(node->place, fmt::format("replicates: max = {} is less than min = {}",
                                            rule.max_replicates, rule.min_replicates));
    }

    void read_limits(const ConfigNode& table, CapacityRule& rule) {
        const auto minimum = read(table, keys().minimum, {}, ", the least pattern count");
        const auto maximum = read(table, keys().maximum, {}, ", the largest pattern count");
        const auto width = read(table, keys().relative_width, Value{rule.relative_width});
        const auto confidence = read(table, keys().confidence, Value{rule.confidence});
        if (!minimum || !maximum || !width || !confidence) return;
        rule.minimum = static_cast<std::uint64_t>(std::get<std::int64_t>(*minimum));
        rule.maximum = static_cast<std::uint64_t>(std::get<std::int64_t>(*maximum));
        rule.relative_width = number_of(*width);
        rule.confidence = number_of(*confidence);
        if (rule.pattern_counts().size() < 2)
            report(table.place, fmt::format("[capacity]: between minimum = {} and maximum = {} "
                                            "there is nothing to look for",
                                            rule.minimum, rule.maximum));
    }

private:
    void report(const Place& place, std::string message) {
        diagnostics_.push_back({place, std::move(message)});
    }
    Diagnostics& diagnostics_;
};

/// The key's node, made where there is none.
ConfigNode& node_of(ConfigNode& table, std::string_view key, const Place& place) {
    auto& entries = std::get<ConfigNode::Table>(table.content);
    const auto where = std::ranges::lower_bound(entries, key, {}, &ConfigEntry::key);
    if (where != entries.end() && where->key == key) return where->node;
    return entries.insert(where, {std::string(key), place, {place, Value{std::string()}}})->node;
}

} // namespace

std::vector<std::uint64_t> CapacityRule::pattern_counts() const {
    return pattern_ladder(minimum, maximum, ladder_ratio_for(relative_width));
}

std::span<const std::string_view> capacity_metrics() {
    return shares;
}

std::span<const std::string_view> capacity_keys() {
    static constexpr std::array<std::string_view, 7> names{
        "criterion",  "minimum",        "maximum",       "relative_width",
        "confidence", "replicates.min", "replicates.max"};
    return names;
}

void set_capacity_key(ConfigNode& table, std::string_view key, const std::string& text,
                      const Place& place) {
    const std::size_t dot = key.find('.');
    ConfigNode* node = &node_of(table, key.substr(0, dot), place);
    if (dot != std::string_view::npos) {
        if (node->table() == nullptr) node->content = ConfigNode::Table{};
        node = &node_of(*node, key.substr(dot + 1), place);
    }
    *node = {place, Value{text}};
}

std::optional<CapacityRule> read_capacity_rule(const ConfigNode& node, Diagnostics& diagnostics) {
    const std::size_t before = diagnostics.size();
    CapacityRule rule;
    rule.place = node.place;
    RuleReader reader(diagnostics);
    reader.check_keys(
        node, "[capacity]",
        {"criterion", "minimum", "maximum", "relative_width", "replicates", "confidence"});
    reader.read_criterion(node, rule);
    reader.read_limits(node, rule);
    reader.read_replicates(node, rule);
    if (diagnostics.size() > before) return std::nullopt;
    return rule;
}

} // namespace basin
