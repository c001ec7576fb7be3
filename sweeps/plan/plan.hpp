#pragma once
// A plan: the points of a sweep, made on demand. Ten million points cost no memory.
//
// cells   the labelled hypercube over all parameters that vary anywhere in the plan (union of the
//         blocks' values), C order, replicate last. A cell index names a point for good: points of
//         several blocks with equal coordinates are one cell, visited with the first of them.
// jobs    the scenes: one per block, combination of the block's data axes, and replicate
// points  the cells of a job: one per combination of its model axes, less those left out

#include "models/base/key.hpp"
#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/config/config.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// A dimension of the result cube: a parameter that takes more than one value in the plan.
/// Values: numbers ascending, choices in catalog order, texts in alphabetical order.
struct Dimension {
    std::size_t parameter = 0;
    std::vector<Value> values;
};

class Plan {
public:
    explicit Plan(Config config); ///< throws ConfigError: unequal zips, a cube of more than 2^30
                                  ///< cells, or of more than 10^7 and 64 times the points
    ~Plan();
    Plan(Plan&&) noexcept;
    Plan& operator=(Plan&&) noexcept;

    const Config& config() const;
    std::span<const Dimension> dimensions() const; ///< without replicate, canonical order
    std::uint32_t replicates() const;

    std::uint64_t cell_count() const; ///< product of the dimensions' sizes and replicates
    std::uint64_t job_count() const;
    std::uint64_t point_bound() const; ///< points before exclusions: an upper bound, without a scan

    /// Full coordinates of a cell. Meaningful whether or not the cell is planned.
    Coordinates coordinates_of(std::uint64_t cell) const;
    std::uint32_t replicate_of(std::uint64_t cell) const;

    /// Coordinates of a job's scene (model parameters at the block's first values) and its
    /// replicate.
    Coordinates scene_of(std::uint64_t job) const;
    std::uint32_t replicate_of_job(std::uint64_t job) const;

    /// Calls `visit(cell)` for the job's points from `first` on, in order, until it returns false.
    /// Positions count the job's combinations before exclusions; returns the position to go on from
    /// (the job's combination count at the end). Left-out combinations are not visited.
    std::uint64_t visit_points(std::uint64_t job, std::uint64_t first,
                               const std::function<bool(std::uint64_t cell)>& visit) const;

    /// Identity of seed, replicates, the cube's labels and what all cells have in common: plans
    /// with one digest give cells one meaning.
    Key digest() const;

    /// Canonical identity of a point, by value: name=value of every parameter that differs from its
    /// fallback, sorted by name, then what its files hold (files_identity), replicate and seed.
    std::string point_text(std::uint64_t cell) const;
    Key point_key(std::uint64_t cell) const;

    /// The resolved config as canonical JSON text: name, seed, replicates, every block's axes.
    std::string resolved_json() const;

private:
    struct State;
    std::unique_ptr<const State> state_;
};

} // namespace basin
