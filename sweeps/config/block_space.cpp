#include "sweeps/config/block_space.hpp"

#include "sweeps/config/block_rules.hpp"

#include <algorithm>

namespace basin {

namespace {

/// The block's parameters in their groups: zips, and each other parameter alone; scene groups
/// first, otherwise in canonical order of the first parameter.
std::vector<std::vector<std::size_t>> grouped(const ConfigBlock& block) {
    std::vector<std::vector<std::size_t>> result = block.zips;
    std::vector<bool> taken(parameters().size());
    for (std::vector<std::size_t>& zip : result) {
        std::ranges::sort(zip);
        for (const std::size_t parameter : zip)
            taken[parameter] = true;
    }
    const auto add_alone = [&](std::size_t parameter) {
        if (!taken[parameter]) result.push_back({parameter});
        taken[parameter] = true;
    };
    for (const Axis& axis : block.axes)
        add_alone(axis.parameter);
    for (const When& when : block.whens)
        add_alone(when.parameter); // not an axis: it has its fallback where the when holds
    std::ranges::sort(result, {}, [&](const auto& members) {
        return std::pair(!is_scene_parameter(block, members.front()), members.front());
    });
    return result;
}

} // namespace

BlockSpace::BlockSpace(const ConfigBlock& block) {
    for (const std::vector<std::size_t>& members : grouped(block))
        add_group(block, members);
    const std::optional<std::vector<std::size_t>> order = order_of_whens(block);
    for (const std::size_t w : order.value())
        add_guard(block.whens[w]);
    for (const Conditions& conditions : block.excludes)
        add_exclude(conditions);
}

void BlockSpace::add_group(const ConfigBlock& block, const std::vector<std::size_t>& members) {
    Group group;
    group.scene = is_scene_parameter(block, members.front());
    for (const std::size_t parameter : members) {
        const Axis* axis = axis_of(block, parameter);
        group.members.push_back({parameter, axis != nullptr
                                                ? axis->values
                                                : std::vector{parameters()[parameter].fallback}});
    }
    group.size = group.members.front().values.size();
    const auto when = std::ranges::find(block.whens, members.front(), &When::parameter);
    group.conditional = when != block.whens.end();
    if (group.conditional) group.members.front().values.push_back(when->otherwise);
    if (group.scene) ++scene_group_count_;
    groups_.push_back(std::move(group));
}

double BlockSpace::combinations() const {
    double product = 1.0;
    for (const Group& group : groups_)
        product *= static_cast<double>(group.size);
    return product;
}

std::optional<std::pair<std::size_t, std::size_t>> BlockSpace::find(std::size_t parameter) const {
    for (std::size_t g = 0; g < groups_.size(); ++g)
        for (std::size_t m = 0; m < groups_[g].members.size(); ++m)
            if (groups_[g].members[m].parameter == parameter) return std::pair(g, m);
    return std::nullopt;
}

/// Nothing if the conditions fail everywhere.
std::optional<BlockSpace::Tests> BlockSpace::tests_of(const Conditions& conditions) const {
    Tests tests;
    for (const Condition& condition : conditions) {
        const auto place = find(condition.parameter);
        if (!place) {
            if (!meets(condition, parameters()[condition.parameter].fallback)) return std::nullopt;
            continue;
        }
        Test test;
        test.group = place->first;
        for (const Value& each : groups_[place->first].members[place->second].values)
            test.holds.push_back(meets(condition, each) ? 1 : 0);
        tests.push_back(std::move(test));
    }
    return tests;
}

void BlockSpace::add_guard(const When& when) {
    const std::size_t group = find(when.parameter)->first;
    const Tests never{{group, std::vector<std::uint8_t>(groups_[group].size + 1, 0)}};
    Rules& rules = groups_[group].scene ? scene_ : model_;
    rules.guards.push_back({group, tests_of(when.conditions).value_or(never)});
}

void BlockSpace::add_exclude(const Conditions& conditions) {
    std::optional<Tests> tests = tests_of(conditions);
    if (!tests) return;
    const bool of_scene = std::ranges::all_of(
        *tests, [&](const Test& test) { return test.group < scene_group_count_; });
    (of_scene ? scene_ : model_).excludes.push_back(std::move(*tests));
}

bool BlockSpace::all_hold(const Tests& tests, ConstSlots slots) {
    for (const Test& test : tests)
        if (test.holds[slots[test.group]] == 0) return false;
    return true;
}

bool BlockSpace::is_excluded(const Rules& rules, ConstSlots slots) {
    for (const Tests& tests : rules.excludes)
        if (all_hold(tests, slots)) return true;
    return false;
}

bool BlockSpace::settle(const Rules& rules, Slots slots) const {
    for (const Guard& guard : rules.guards) {
        if (all_hold(guard.tests, slots)) continue;
        if (slots[guard.group] != 0) return false;
        slots[guard.group] = groups_[guard.group].size;
    }
    return !is_excluded(rules, slots);
}

bool BlockSpace::contains(std::span<const Match> matches, Slots slots) const {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (!matches[g].index && !matches[g].otherwise) return false;
        slots[g] = matches[g].index.value_or(groups_[g].size);
    }
    for (const Rules* rules : {&scene_, &model_})
        for (const Guard& guard : rules->guards) {
            const Match& match = matches[guard.group];
            const bool holds = all_hold(guard.tests, slots);
            if (holds ? !match.index : !match.otherwise) return false;
            slots[guard.group] = holds ? *match.index : groups_[guard.group].size;
        }
    return !is_excluded(scene_, slots) && !is_excluded(model_, slots);
}

const Value& BlockSpace::value(std::size_t parameter, ConstSlots slots) const {
    const auto place = find(parameter);
    if (!place) return parameters()[parameter].fallback;
    return groups_[place->first].members[place->second].values[slots[place->first]];
}

} // namespace basin
