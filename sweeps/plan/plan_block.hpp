#pragma once
// One block of a plan: the points of its space as cells of the cube.

#include "sweeps/config/block_space.hpp"
#include "sweeps/plan/hypercube.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace basin {

class PlanBlock {
public:
    /// `space` must outlive the block.
    PlanBlock(const Cube& cube, const BlockSpace& space);

    const BlockSpace& space() const { return *space_; }
    std::uint64_t scene_combinations() const { return scene_combinations_; }
    std::uint64_t positions() const { return positions_; } ///< combinations within a scene

    /// Whether some cell might be a point of both: their values meet in every dimension.
    bool may_share_points_with(const PlanBlock& other) const;

    /// Slots of a scene combination, the model's groups at their first index. `is_point` tells
    /// whether the scene has any points.
    struct SceneSlots {
        std::vector<std::uint64_t> slots;
        bool is_point = false;
    };
    SceneSlots scene(std::uint64_t combination) const;

    /// Plan::visit_points for one replicate of a scene. Points that a block of `earlier` has too
    /// are left out.
    std::uint64_t visit(std::uint64_t scene_combination, std::uint32_t replicate,
                        std::uint64_t first, std::span<const PlanBlock* const> earlier,
                        const std::function<bool(std::uint64_t cell)>& use) const;

private:
    /// How a dimension's labels relate to the slots of the group that has its parameter.
    struct Link {
        std::optional<std::size_t> group;       ///< none: the block has one value
        std::vector<std::uint64_t> labels;      ///< by slot, or that of the one value
        std::vector<BlockSpace::Match> matches; ///< by label: where the group has it
    };
    struct Scratch { ///< room to work in, so that a point costs no allocation
        std::vector<BlockSpace::Match> matches;
        std::vector<std::uint64_t> slots;
    };

    Link link_of(const Cube& cube, std::size_t dimension) const;
    std::uint64_t label(std::size_t dimension, BlockSpace::ConstSlots slots) const;
    bool has_point_of(const PlanBlock& other, BlockSpace::ConstSlots slots, Scratch& scratch) const;

    const BlockSpace* space_;
    std::vector<Link> links_; ///< [dimension]
    /// Cells that a group's slot adds to the index: [group][slot].
    std::vector<std::vector<std::uint64_t>> offsets_;
    std::uint64_t base_ = 0; ///< cells that the parameters without a group add
    std::uint64_t scene_combinations_ = 1;
    std::uint64_t positions_ = 1;
    std::vector<std::size_t> moving_; ///< model groups that have more than one slot
};

} // namespace basin
