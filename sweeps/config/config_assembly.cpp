// What stands beside a config's file, and all of it together.

#include "sweeps/config/capacity_axis.hpp"
#include "sweeps/config/config_reader.hpp"
#include "sweeps/config/source_check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

/// False if it is no key of [capacity].
bool ConfigReader::read_capacity_override(std::string_view name, const std::string& text,
                                          const Place& place) {
    constexpr std::string_view prefix = "capacity.";
    const bool prefixed = name.starts_with(prefix);
    if (prefixed) name.remove_prefix(prefix.size());
    if (std::ranges::find(capacity_keys(), name) == capacity_keys().end()) {
        // `replicates` alone are the sweep's.
        if (!prefixed) return false;
        report(place, fmt::format("\"capacity.{}\": unknown key \"{}\" of [capacity]{}", name, name,
                                  hint(name, {capacity_keys().begin(), capacity_keys().end()})));
        return true;
    }
    if (!capacity_) capacity_ = ConfigNode{place, ConfigNode::Table{}};
    if (capacity_->table() != nullptr) set_capacity_key(*capacity_, name, text, place);
    return true;
}

void ConfigReader::read_capacity() {
    if (capacity_ && is_table(*capacity_, "[capacity]"))
        config_.capacity = read_capacity_rule(*capacity_, diagnostics_);
}

void ConfigReader::read_override(const std::string& assignment) {
    const Place place{"--set", 0, 0};
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) {
        report(place, fmt::format("\"{}\": write name=value", assignment));
        return;
    }
    const std::string name = assignment.substr(0, equals);
    const std::string text = assignment.substr(equals + 1);
    if (read_capacity_override(name, text, place)) return;
    if (name == "seed" && set_large_seed(text)) return;
    const auto index = parameter_index(name);
    const Parameter* parameter = index ? &parameters()[*index] : sweep_key(name);
    if (parameter == nullptr) {
        auto known = parameter_names();
        known.insert(known.end(), {"name", "seed", "replicates"});
        known.insert(known.end(), capacity_keys().begin(), capacity_keys().end());
        report(place, fmt::format("\"{}\": unknown parameter \"{}\"{}", assignment, name,
                                  hint(name, known)));
        return;
    }
    const std::size_t before = diagnostics_.size();
    std::vector<Value> values = parse_axis(*parameter, text, place, diagnostics_);
    for (std::size_t i = before; i < diagnostics_.size(); ++i)
        diagnostics_[i].message = fmt::format("\"{}\": {}", assignment, diagnostics_[i].message);
    if (diagnostics_.size() > before) values.clear();
    if (!index) {
        set_sweep_key(*parameter, values, place);
        return;
    }
    std::erase_if(overrides_.axes, [&](const Axis& axis) { return axis.parameter == *index; });
    overrides_.axes.push_back({*index, std::move(values), text, place});
}

void ConfigReader::put_together() {
    read_capacity();
    if (const auto& rule = config_.capacity) {
        if (replicates_place_)
            report(
                *replicates_place_,
                "with a [capacity] replicates = {min, max} belong there; --set replicates.max=64 "
                "sets one of them");
        config_.replicates = rule->max_replicates;
        config_.stopping.reset();
        lay_pattern_counts(*rule, file_, blocks_, overrides_, diagnostics_);
    }
    if (blocks_.empty()) blocks_.push_back({file_.place, {}, {}, {}, {}});
    for (const Layer& block : blocks_) {
        config_.blocks.push_back(overlay(file_, block, overrides_, diagnostics_));
        check_paths(config_.blocks.back(), config_.files, diagnostics_);
    }
}

} // namespace basin
