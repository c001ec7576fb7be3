#pragma once

#include "sweeps/plan/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

/// Points of a scene that have equal outcomes because their settings differ in nothing but
/// parameters without effect (models/scene/effective_setting.hpp). They are computed once.
class EqualPoints {
public:
    explicit EqualPoints(const Plan& plan);

    /// Whether the plan's axes allow for any.
    bool any() const { return any_; }

    /// A cell that is the same for points of a scene with equal outcomes, and for no others. It
    /// need not be a point of the plan.
    std::uint64_t first_equal(std::uint64_t cell) const;

    /// An axis of the model. Its values fall into kinds, which may decide whether others have an
    /// effect: each choice is one, of integers 0 and the rest are, other numbers are all alike.
    struct Axis {
        std::size_t dimension = 0;        ///< of the plan
        std::uint64_t stride = 1;         ///< index of the value = cell / stride % kinds.size()
        std::vector<std::size_t> kinds;   ///< [index]
        std::vector<std::uint64_t> first; ///< [kind] index of its first value
        std::uint64_t index(std::uint64_t cell) const { return cell / stride % kinds.size(); }
    };
    const std::vector<Axis>& axes() const { return axes_; }

    /// Combinations of kinds, the first axis slowest.
    std::size_t combination_count() const { return rules_.size(); }
    std::size_t combination_of(std::uint64_t cell) const;

private:
    /// Where an axis stands in first_equal(): at an index, or where the cell has it.
    struct Rule {
        bool is_identity = true;
        std::vector<std::uint64_t> index; ///< [axis]
        std::vector<bool> keeps;          ///< [axis]
    };
    void add_axes(const Plan& plan);
    std::vector<std::size_t> kinds_of(std::size_t combination) const;
    void add_rules(const Plan& plan);

    std::vector<Axis> axes_;
    std::vector<Rule> rules_; ///< [combination]
    bool any_ = false;
};

} // namespace basin
