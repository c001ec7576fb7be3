#pragma once

#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// Which cells of a plan have a meaning. Choices and texts decide, numbers never do (models'
/// not_applicable()), so each combination of choices is asked once and a cell costs a few
/// divisions.
class Applicability {
public:
    explicit Applicability(const Plan& plan);

    /// "" if the cell has a meaning, else the reason.
    const std::string& reason(std::uint64_t cell) const;
    bool applicable(std::uint64_t cell) const { return reason(cell).empty(); }

private:
    /// A deciding dimension: index in its values = cell / stride % size.
    struct Digit {
        std::uint64_t stride;
        std::uint64_t size;
    };
    std::vector<Digit> digits_;
    std::vector<std::string> reasons_; ///< [combination of the digits, first slowest]
};

} // namespace basin
