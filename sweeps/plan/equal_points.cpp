#include "sweeps/plan/equal_points.hpp"

#include "models/base/stop_request.hpp"
#include "models/scene/effective_setting.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace basin {

namespace {

/// Of kinds. A sweep of more choices than this shares nothing.
constexpr std::size_t most_combinations = 65536;

bool is_of_model(const Dimension& dimension) {
    return parameters()[dimension.parameter].role >= Role::model;
}

/// Whether values that stand side by side decide alike what else has an effect.
bool is_one_kind(const Value& a, const Value& b) {
    if (std::holds_alternative<std::string>(a)) return false;
    if (std::holds_alternative<double>(a)) return true;
    return (std::get<std::int64_t>(a) == 0) == (std::get<std::int64_t>(b) == 0);
}

} // namespace

EqualPoints::EqualPoints(const Plan& plan) {
    add_axes(plan);
    double combinations = 1;
    for (const Axis& axis : axes_)
        combinations *= static_cast<double>(axis.first.size());
    if (combinations > most_combinations) axes_.clear();
    add_rules(plan);
}

void EqualPoints::add_axes(const Plan& plan) {
    std::uint64_t stride = plan.replicates();
    const auto dimensions = plan.dimensions();
    for (std::size_t d = dimensions.size(); d-- > 0;) {
        const std::vector<Value>& values = dimensions[d].values;
        if (is_of_model(dimensions[d])) {
            Axis axis{d, stride, {}, {}};
            for (std::uint64_t index = 0; index < values.size(); ++index) {
                if (index == 0 || !is_one_kind(values[index - 1], values[index]))
                    axis.first.push_back(index);
                axis.kinds.push_back(axis.first.size() - 1);
            }
            axes_.insert(axes_.begin(), std::move(axis));
        }
        stride *= values.size();
    }
}

std::vector<std::size_t> EqualPoints::kinds_of(std::size_t combination) const {
    std::vector<std::size_t> kinds(axes_.size());
    for (std::size_t a = axes_.size(); a-- > 0;) {
        kinds[a] = combination % axes_[a].first.size();
        combination /= axes_[a].first.size();
    }
    return kinds;
}

void EqualPoints::add_rules(const Plan& plan) {
    std::size_t combinations = 1;
    for (const Axis& axis : axes_)
        combinations *= axis.first.size();
    // Equal at the first values of all numbers, and at the last ones.
    std::map<std::pair<Setting, Setting>, std::size_t> firsts;
    for (std::size_t combination = 0; combination < combinations; ++combination) {
        heed_stop();
        const std::vector<std::size_t> kinds = kinds_of(combination);
        const auto first = [&](std::size_t a) { return axes_[a].first[kinds[a]]; };
        const auto last = [&](std::size_t a) {
            return static_cast<std::uint64_t>(std::ranges::upper_bound(axes_[a].kinds, kinds[a]) -
                                              axes_[a].kinds.begin() - 1);
        };
        std::uint64_t first_cell = 0;
        std::uint64_t last_cell = 0;
        for (std::size_t a = 0; a < axes_.size(); ++a) {
            first_cell += first(a) * axes_[a].stride;
            last_cell += last(a) * axes_[a].stride;
        }
        const auto effective = [&](std::uint64_t cell) {
            return effective_setting(bind_setting(plan.coordinates_of(cell)));
        };
        const Setting at_first = effective(first_cell);
        Rule rule;
        // What has no meaning is not computed.
        const bool has_meaning = !not_applicable(bind_setting(plan.coordinates_of(first_cell)));
        std::size_t same = combination;
        if (has_meaning)
            same = firsts.try_emplace({at_first, effective(last_cell)}, combination).first->second;
        const std::vector<std::size_t> same_kinds = kinds_of(same);
        for (std::size_t a = 0; a < axes_.size(); ++a) {
            const bool is_idle =
                has_meaning && last(a) > first(a) &&
                effective(first_cell + (last(a) - first(a)) * axes_[a].stride) == at_first;
            rule.index.push_back(axes_[a].first[same_kinds[a]]);
            rule.keeps.push_back(same_kinds[a] == kinds[a] && !is_idle);
            if (is_idle || same_kinds[a] != kinds[a]) rule.is_identity = false;
        }
        any_ = any_ || !rule.is_identity;
        rules_.push_back(std::move(rule));
    }
}

std::size_t EqualPoints::combination_of(std::uint64_t cell) const {
    std::size_t combination = 0;
    for (const Axis& axis : axes_)
        combination = combination * axis.first.size() + axis.kinds[axis.index(cell)];
    return combination;
}

std::uint64_t EqualPoints::first_equal(std::uint64_t cell) const {
    if (!any_) return cell;
    const Rule& rule = rules_[combination_of(cell)];
    if (rule.is_identity) return cell;
    std::uint64_t result = cell;
    for (std::size_t a = 0; a < axes_.size(); ++a)
        if (!rule.keeps[a]) {
            result -= axes_[a].index(cell) * axes_[a].stride;
            result += rule.index[a] * axes_[a].stride;
        }
    return result;
}

} // namespace basin
