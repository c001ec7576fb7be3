#pragma once
// The labelled hypercube of a plan: all parameters that vary, in canonical order, C order,
// replicate last. Cells to values and back.

#include "sweeps/config/block_space.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

class Cube {
public:
    /// Union of the values that the spaces of the config's blocks hold. Throws ConfigError if there
    /// are more than 2^30 cells, or far more cells than points.
    Cube(const Config& config, const std::vector<BlockSpace>& spaces);

    const std::vector<Dimension>& dimensions() const { return dimensions_; }
    std::uint64_t cell_count() const { return cell_count_; }

    /// Cells from one label of the dimension to the next.
    std::uint64_t stride(std::size_t dimension) const { return strides_[dimension]; }

    /// Index of a value among the dimension's; it must be one of them.
    std::uint64_t label_of(std::size_t dimension, const Value& value) const;

    Coordinates coordinates_of(std::uint64_t cell) const;
    std::uint32_t replicate_of(std::uint64_t cell) const;

    std::string point_text(std::uint64_t cell) const; ///< as Plan::point_text
    Key digest() const;                               ///< as Plan::digest

private:
    /// A piece of the point text: what is common to all points, then a dimension's assignment.
    struct Piece {
        std::string common;
        std::optional<std::size_t> dimension;
    };

    void add_parameter(std::size_t parameter, const std::vector<BlockSpace>& spaces);
    void measure(const Config& config, const std::vector<BlockSpace>& spaces);
    void cut_text();
    void add_files(const FileTable& known);
    const std::string& file_text(std::uint64_t cell) const;
    std::size_t label_at(std::size_t dimension, std::uint64_t cell) const;

    std::uint64_t seed_ = 0;
    std::uint32_t replicates_ = 1;
    std::vector<Dimension> dimensions_;
    std::vector<std::uint64_t> strides_;
    std::uint64_t cell_count_ = 0;
    Coordinates common_; ///< values of the parameters that do not vary
    std::vector<Piece> pieces_;
    std::vector<std::vector<std::string>> assignments_; ///< [dimension][label]

    /// Dimensions that decide which files a cell reads, and what identities say of those files:
    /// [index in C order over the dimensions' labels].
    std::vector<std::size_t> file_dimensions_;
    std::vector<std::string> file_texts_;
};

} // namespace basin
