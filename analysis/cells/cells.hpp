#pragma once
// The cells of a sweep as rows: one per planned combination of parameter values, its replicates
// summed up. Findings, figures and tables read these.

#include "models/scene/outcome.hpp"
#include "results/cube/result_cube.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// State of a cell over its replicates: failed if any failed, else done if any is done.
enum class CellState : std::uint8_t { done, failed, not_run, not_applicable };

inline constexpr std::array<std::string_view, 4> cell_state_names{"done", "failed", "not_run",
                                                                  "not_applicable"};

/// A metric over the cells: mean over the done replicates and its 95 % interval. NaN where
/// undefined.
struct Measure {
    std::string name;
    std::string unit;
    std::string long_name;
    std::vector<double> mean; ///< [rows]
    std::vector<double> low;  ///< [rows], or empty if the file has no interval for this metric
    std::vector<double> high; ///< as low
    /// [rows * replicates], replicate fastest; NaN if not done. Empty unless asked for.
    std::vector<double> each;
};

struct Cells {
    std::vector<CubeAxis> axes; ///< parameters that vary, canonical order, without replicate
    std::size_t replicates = 1;
    std::vector<std::vector<std::uint32_t>> coordinate; ///< [axis][row]: index of the axis's value
    std::vector<CellState> state;                       ///< [rows]
    std::vector<std::uint32_t> done;                    ///< [rows]: replicates that are done
    std::vector<Flags> flags;                           ///< [rows]: OR over replicates
    std::vector<Measure> measures;
    std::array<std::uint64_t, status_names.size()> points{}; ///< points (with replicate) by Status
    std::map<std::string, std::string> provenance;

    std::size_t rows() const { return state.size(); }
    bool overflowed(std::size_t row) const { return (flags[row] & flag::any_overflow) != 0; }
    std::optional<std::size_t> axis(std::string_view name) const;
    const Measure* measure(std::string_view name) const; ///< nullptr if there is none

    /// Position of a row in the cube over the axes, C order. Rows ascend by it.
    std::uint64_t place(std::size_t row) const;
    std::uint64_t stride(std::size_t axis) const; ///< of place() in the axis's index
};

/// Rows by their values on some axes; rows ascending, groups in order of the values' indices.
using Groups = std::map<std::vector<std::uint32_t>, std::vector<std::size_t>>;
Groups grouped(const Cells& cells, const std::vector<std::size_t>& axes);

/// The cells for whose row `keep` holds; axes keep all their values.
Cells filtered(const Cells& cells, const std::vector<bool>& keep);

/// [row] whether the cell is done and of a continuous network.
std::vector<bool> continuous_rows(const Cells& cells);

/// Metrics of which the sweep report needs every replicate.
inline constexpr std::array<std::string_view, 1> sweep_metrics{"recall_error"};

/// All planned cells of the cube with the metrics that reports use, of those in `paired` also every
/// replicate (Measure::each), whether reports use them or not. Metrics of continuous networks are
/// left out where there is none; where there is one, so are those without a value. Reads one
/// variable at a time. Throws StoreError as Hypercube does, and (damaged) if a variable has not the
/// cube's shape.
Cells read_cells(const Hypercube& cube, std::span<const std::string_view> paired = sweep_metrics);

} // namespace basin
