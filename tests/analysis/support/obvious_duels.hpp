#pragma once
// Duels in the obvious way, slowly.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/difference_test.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace basin::tests {

/// The obvious way: for every pair of rows, whether they differ in the axis alone.
struct Obvious {
    std::map<std::pair<std::size_t, std::size_t>, double> p_of_rows;
    std::size_t wins = 0;
    std::size_t ties = 0;
    std::size_t losses = 0;
    DifferenceTest overall;
};

/// Values of a metric in a row, one a replicate.
std::vector<double> replicates(const Cells& cells, const Measure& measure, std::size_t row);

/// Value b of the axis against a, in recall_error or exact_recall.
Obvious obvious(const Cells& cells, std::size_t axis, std::size_t a, std::size_t b,
                const std::string& metric);

} // namespace basin::tests
