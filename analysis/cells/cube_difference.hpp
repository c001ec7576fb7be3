#pragma once
// Two result files point by point, matched by the values of all parameters: the files may be of
// other code, other seeds, other axes.

#include "analysis/cells/difference_test.hpp"
#include "results/cube/result_cube.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// What differs of a metric in one cell, B less A over its replicates.
struct CellDifference {
    std::uint64_t cell_a = 0; ///< combination of A's axes without replicate, C order
    std::uint64_t points = 0; ///< replicates whose metric differs in bits
    double mean_a = 0.0;
    double mean_b = 0.0;
    DifferenceTest test;
    double adjusted_p = 0.0; ///< over all common cells (Benjamini and Hochberg)
};

struct MetricDifference {
    std::string metric;
    std::uint64_t points = 0; ///< common points that differ in bits
    /// Of the means over the common cells, one per replicate: settings of a replicate share scenes.
    DifferenceTest overall;
    std::vector<CellDifference> cells; ///< that differ; least adjusted p first, then largest effect
};

struct CubeDifference {
    bool paired = true; ///< the seeds are equal, so replicates have their scenes in common
    std::vector<std::uint64_t> only_a; ///< points (C order, replicate last) that A alone has run
    std::vector<std::uint64_t> only_b;
    std::uint64_t equal = 0;              ///< common points with all common numbers equal in bits
    std::vector<std::uint64_t> different; ///< the others, as points of A
    std::vector<std::string> metrics_only_a;
    std::vector<std::string> metrics_only_b;
    std::vector<MetricDifference> metrics; ///< those asked for
    /// Facts of /provenance that differ: name, A's, B's.
    struct Fact {
        std::string name;
        std::string a;
        std::string b;
    };
    std::vector<Fact> facts;

    bool any() const { return !only_a.empty() || !only_b.empty() || !different.empty(); }
};

/// Points that are done or failed in either. Reads one variable of both at a time. A metric of
/// `metrics` that not both files have is left out. Throws StoreError: io; damaged if a file lacks
/// what it should hold.
CubeDifference cube_difference(const Hypercube& a, const Hypercube& b,
                               const std::vector<std::string>& metrics);

/// Metrics of a file: its variables over all axes that are measured.
std::vector<std::string> metrics_of(const Hypercube& cube);

} // namespace basin
