#include "sweeps/plan/idle_axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

namespace basin {

namespace {

using Combinations = std::set<std::size_t>; ///< of EqualPoints

/// What the points of a plan say.
struct Found {
    Combinations met;               ///< that have points
    std::vector<Combinations> idle; ///< [axis of the model] in which its values have one outcome
    std::uint64_t shared = 0;
};

Found look_through(const Plan& plan, const Applicability& applicability, const EqualPoints& equal) {
    Found found;
    found.idle.resize(equal.axes().size());
    std::unordered_map<std::uint64_t, std::uint64_t> firsts; // a cell, by first equal
    for (std::uint64_t job = 0; job < plan.job_count(); job += plan.replicates()) {
        firsts.clear();
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            if (!applicability.applicable(cell)) return true;
            const std::size_t combination = equal.combination_of(cell);
            found.met.insert(combination);
            const auto [known, is_new] = firsts.try_emplace(equal.first_equal(cell), cell);
            if (is_new) return true;
            ++found.shared;
            for (std::size_t a = 0; a < equal.axes().size(); ++a) {
                if (equal.axes()[a].index(cell) == equal.axes()[a].index(known->second)) continue;
                found.idle[a].insert(combination);
                found.idle[a].insert(equal.combination_of(known->second));
            }
            return true;
        });
    }
    found.shared *= plan.replicates();
    return found;
}

/// Says for which points an axis is idle, in few words.
class Describer {
public:
    Describer(const Plan& plan, const EqualPoints& equal, const Found& found, std::size_t idle_axis)
        : plan_(plan), axes_(equal.axes()), met_(found.met), idle_(found.idle[idle_axis]),
          idle_axis_(idle_axis), left_(idle_) {}

    std::vector<IdleAxis> description() {
        if (idle_ == met_) return {{axes_[idle_axis_].dimension, {}}};
        for (std::size_t a = 0; a < axes_.size(); ++a)
            say_by_one(a);
        for (std::size_t a = 0; a < axes_.size(); ++a)
            for (std::size_t b = a + 1; b < axes_.size(); ++b)
                while (say_by({a, b})) {
                }
        std::vector<std::size_t> all(axes_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        while (say_by(all)) {
        }
        return std::move(said_);
    }

private:
    std::size_t kind(std::size_t axis, std::size_t combination) const {
        for (std::size_t a = axes_.size() - 1; a > axis; --a)
            combination /= axes_[a].first.size();
        return combination % axes_[axis].first.size();
    }

    /// Whether the points with these kinds of the axes are all idle.
    bool are_idle(const std::vector<std::size_t>& axes, std::size_t combination) const {
        return std::ranges::all_of(met_, [&](std::size_t other) {
            return idle_.contains(other) || std::ranges::any_of(axes, [&](std::size_t a) {
                       return kind(a, other) != kind(a, combination);
                   });
        });
    }

    /// All values of one axis that say it alone.
    void say_by_one(std::size_t axis) {
        if (axis == idle_axis_) return;
        std::set<std::size_t> kinds;
        for (const std::size_t combination : left_)
            if (are_idle({axis}, combination)) kinds.insert(kind(axis, combination));
        if (kinds.empty()) return;
        std::erase_if(left_, [&](std::size_t c) { return kinds.contains(kind(axis, c)); });
        said_.push_back({axes_[idle_axis_].dimension, {where(axis, kinds)}});
    }

    /// One combination of values of several axes. False if there is none.
    bool say_by(const std::vector<std::size_t>& axes) {
        const auto found = std::ranges::find_if(
            left_, [&](std::size_t combination) { return are_idle(axes, combination); });
        if (found == left_.end()) return false;
        const std::size_t combination = *found;
        IdleAxis idle{axes_[idle_axis_].dimension, {}};
        for (const std::size_t a : axes)
            if (a != idle_axis_ && axes_[a].first.size() > 1)
                idle.where.push_back(where(a, {kind(a, combination)}));
        std::erase_if(left_, [&](std::size_t c) {
            return std::ranges::all_of(
                axes, [&](std::size_t a) { return kind(a, c) == kind(a, combination); });
        });
        said_.push_back(std::move(idle));
        return true;
    }

    IdleAxis::Where where(std::size_t axis, const std::set<std::size_t>& kinds) const {
        IdleAxis::Where result{axes_[axis].dimension, {}};
        const std::vector<Value>& values = plan_.dimensions()[result.dimension].values;
        for (std::size_t index = 0; index < values.size(); ++index)
            if (kinds.contains(axes_[axis].kinds[index])) result.values.push_back(values[index]);
        return result;
    }

    const Plan& plan_;
    const std::vector<EqualPoints::Axis>& axes_;
    const Combinations& met_;
    const Combinations& idle_;
    std::size_t idle_axis_;
    Combinations left_; ///< of idle_, not said yet
    std::vector<IdleAxis> said_;
};

} // namespace

IdleAxes idle_axes(const Plan& plan, const Applicability& applicability) {
    const EqualPoints equal(plan);
    IdleAxes result;
    if (!equal.any()) return result;
    const Found found = look_through(plan, applicability, equal);
    result.shared = found.shared;
    for (std::size_t a = 0; a < found.idle.size(); ++a)
        if (!found.idle[a].empty())
            for (IdleAxis& axis : Describer(plan, equal, found, a).description())
                result.axes.push_back(std::move(axis));
    return result;
}

std::string idle_text(const Plan& plan, const IdleAxis& axis) {
    const auto name = [&](std::size_t dimension) {
        return parameters()[plan.dimensions()[dimension].parameter].name;
    };
    std::string text(name(axis.dimension));
    std::string_view link = ", where ";
    for (const IdleAxis::Where& where : axis.where) {
        text += fmt::format("{}{} is ", link, name(where.dimension));
        for (std::size_t v = 0; v < where.values.size(); ++v)
            text += (v == 0                         ? ""
                     : v + 1 == where.values.size() ? " or "
                                                    : ", ") +
                    canonical_text(where.values[v]);
        link = " and ";
    }
    return text;
}

} // namespace basin
