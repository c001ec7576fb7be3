#pragma once
// The curves of a store over the pattern count, and where each crosses the criterion.

#include "analysis/capacity/capacity_laws.hpp"
#include "analysis/capacity/capacity_theory.hpp"
#include "analysis/capacity/crossing.hpp"
#include "analysis/cells/cells.hpp"
#include "sweeps/config/criterion.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// A curve at one pattern count.
struct LoadPoint {
    std::uint64_t pattern_count = 0;
    double mean = no_value; ///< of the criterion's metric over the replicates that are done
    double low =
        no_value; ///< 95 % interval (results/replicates/summary.hpp); NaN with one replicate
    double high = no_value;
    std::uint32_t done = 0; ///< replicates
    CellState state = CellState::not_run;
    bool overflowed = false;

    static constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
};

/// One combination of all parameters but the pattern count.
struct CapacityOfCurve {
    std::vector<std::uint32_t> values; ///< value index on each of CapacityCurves::axes
    std::size_t row = 0;               ///< of its first cell
    std::vector<LoadPoint> points;     ///< by pattern count: those planned
    Crossing crossing;
    std::optional<CapacityTheory> theory;
    std::uint32_t dimension = 0; ///< N; 0: of files of unknown size
    std::uint32_t vertex = 0;    ///< n
    std::size_t failed = 0;      ///< points that failed, timed out or crashed: cells with some
    bool no_meaning = false;     ///< not applicable at every pattern count

    std::uint64_t last_done() const; ///< largest pattern count with a done replicate; 0: none
};

struct CapacityCurves {
    Criterion criterion;
    CrossingRule rule; ///< of all curves but for range and probes, which each has its own of
    std::vector<std::size_t> axes;       ///< of the cells: that vary, without the pattern count
    std::vector<CapacityOfCurve> curves; ///< by values
    std::vector<CapacityLaw> laws;       ///< their `curves` index those above
    bool loads_vary = false;             ///< whether there is more than one pattern count at all
};

/// The criterion that a result file was searched by ([capacity] of its config), else exact_recall
/// >= 0.5.
Criterion criterion_of(const std::map<std::string, std::string>& provenance);

/// Of all replicates that are done: of a store that `basin capacity` filled, exactly those that its
/// search asked for. The cells need every replicate of the criterion's metric; curves without any
/// have no points with a value.
CapacityCurves capacity_curves(const Cells& cells, const Criterion& criterion);

} // namespace basin
