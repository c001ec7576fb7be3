#pragma once

#include "sweeps/estimate/cost.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// The cost class of every cell of a plan, for a few divisions a cell.
class CostClasses {
public:
    explicit CostClasses(const Plan& plan);
    CostClass of(std::uint64_t cell) const;

private:
    /// A dimension that decides: index in its values = cell / stride % kinds.size().
    struct Digit {
        std::uint64_t stride = 0;
        std::vector<std::size_t> kinds;   ///< [index] values of one kind cost alike
        std::vector<std::uint64_t> first; ///< [kind] index of its first value
    };
    std::vector<Digit> digits_;
    std::vector<CostClass> classes_; ///< [combination of kinds, first digit slowest]
};

} // namespace basin
