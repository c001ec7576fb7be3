#pragma once
// What makes a pattern count too large: "exact_recall >= 0.5", "recall_error <= 0.01".

#include <string>
#include <string_view>

namespace basin {

/// It holds at small pattern counts; the critical one is where it ceases to.
struct Criterion {
    std::string metric = "exact_recall"; ///< one of capacity_metrics() (capacity_rule.hpp)
    bool at_least = true;                ///< metric >= threshold; otherwise <=
    double threshold = 0.5;              ///< in (0, 1)

    std::string text() const; ///< "exact_recall >= 0.5"
    bool operator==(const Criterion&) const = default;
};

/// Reads such a text. Throws std::invalid_argument with what is wrong and how to write it.
Criterion read_criterion(std::string_view text);

} // namespace basin
