#pragma once
// Which beta a model works with: how many decades of it, where they lie, and how that changes with
// the interaction vertex. "The optimal region of the original shrinks and shifts as n grows"
// (McAlister et al. 2024) in two numbers.

#include "analysis/cells/cells.hpp"
#include "analysis/charts/chart.hpp"
#include "analysis/page/table.hpp"
#include "results/replicates/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// The beta whose recall error is at most recalled_error (table.hpp), in log10 beta. A value of the
/// grid stands for all up to the midpoints to its neighbours; the first and the last for none
/// beyond themselves. Cells that differ in nothing but beta are a line. Areas are means over lines,
/// those without a region counting 0; centres and edges are means over lines with a region.
/// A cell that failed or is not applicable does not work, nor does a point none of whose units is
/// decided (failure_kinds, as far as their metrics are there): it keeps its cue. Only replicates of
/// which no line lacks a cell count.
struct WorkingRegion {
    std::vector<std::uint32_t> model;    ///< value index on each of model_axes()
    std::optional<std::uint32_t> vertex; ///< value index, if the vertex varies
    std::vector<double> areas;           ///< [replicates] decades; NaN: the replicate is left out
    std::vector<double> centres;         ///< [replicates] log10 beta; NaN: no region
    std::vector<double> lows;            ///< as centres: lower edges
    std::vector<double> highs;
    MeanInterval area{};   ///< over the replicates
    MeanInterval centre{}; ///< over those with a region
    double low = 0.0;      ///< log10 beta: its edges, means over replicates; NaN: no region
    double high = 0.0;
    bool at_low_end = false; ///< some line's region reaches the least beta: the area is a bound
    bool at_high_end = false;
    std::size_t lines = 0;
    std::size_t replicates = 0; ///< that count
};

/// The region of all lines among `rows`; no lines unless beta is a number that varies. The cells
/// need every replicate of recall_error (Measure::each).
WorkingRegion working_region(const Cells& cells, const std::vector<std::size_t>& rows);

/// One for every model and interaction vertex that has lines; models in order, vertices ascending.
std::vector<WorkingRegion> working_regions(const Cells& cells);

/// A slope over the interaction vertex, by least squares in every replicate.
struct Slope {
    MeanInterval per_vertex{};  ///< over the replicates; in steps of 1e-9
    std::size_t vertices = 0;   ///< that it rests on
    std::size_t replicates = 0; ///< with two of these vertices or more
};

/// How a model's region moves with the interaction vertex. What lies at an end of the grid was not
/// measured, and would move with the grid: an edge counts at the vertices where it is at no end,
/// centre and area where neither edge is.
struct RegionDrift {
    std::vector<std::uint32_t> model;
    Slope centre{}; ///< decades per unit of n
    Slope area{};   ///< relative change per unit of n: -0.1 is a tenth less
    Slope low{};    ///< the lower edge, decades per unit of n
    Slope high{};
    std::size_t vertices = 0; ///< with a region in some replicate
    std::size_t at_end = 0;   ///< ... of them at an end of the grid
    /// Value index of the vertex from which on no beta works in any replicate, though some did.
    std::optional<std::uint32_t> none_from;
    std::size_t none_replicates = 0; ///< the fewest that say so
};

/// One for every model with regions at several vertices of `regions`, which are working_regions().
std::vector<RegionDrift> region_drifts(const Cells& cells,
                                       const std::vector<WorkingRegion>& regions);

/// Columns: the model, n, then WorkingRegion; numbers plain, "–" where there is none.
Table region_table(const Cells& cells, const std::vector<WorkingRegion>& regions);
Table drift_table(const Cells& cells, const std::vector<RegionDrift>& drifts);

/// Centre and edges over the interaction vertex.
Chart working_region_chart(const Cells& cells, const std::vector<WorkingRegion>& regions);

/// "In the original formulation the working region of β moves by −1.86 decades per unit of n (95 %
/// interval −1.9 to −1.8; 8 replicates)." Of edges where centres were not measured. Nothing that
/// cannot be told from no change; and from which vertex on no beta works.
std::vector<std::string> region_sentences(const Cells& cells,
                                          const std::vector<RegionDrift>& drifts);

/// The value in steps of 1e-9, far below what a grid tells apart: else rounding would pass for a
/// change.
double settled(double value);

} // namespace basin
