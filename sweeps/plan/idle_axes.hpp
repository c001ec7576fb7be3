#pragma once

#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/equal_points.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// An axis that has no effect for some of the plan's points: its values have one outcome there.
struct IdleAxis {
    std::size_t dimension = 0; ///< of the plan
    /// For which points: these values of other axes. None: for all.
    struct Where {
        std::size_t dimension = 0;
        std::vector<Value> values;
    };
    std::vector<Where> where;
};

struct IdleAxes {
    std::vector<IdleAxis> axes;
    std::uint64_t shared = 0; ///< points that have the outcome of another one of their scene
};

/// Goes through all points of one replicate.
IdleAxes idle_axes(const Plan& plan, const Applicability& applicability);

/// "interaction_vertex, where formulation is softmax"
std::string idle_text(const Plan& plan, const IdleAxis& axis);

} // namespace basin
