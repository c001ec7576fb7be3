#pragma once
// What must hold between the axes, zips and whens of one block so that its points are well defined.

#include "sweeps/config/config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace basin {

/// Where a block breaks a rule: which of its zips or whens, and why.
struct BlockProblem {
    enum class Part : std::uint8_t { zip, when };
    Part part = Part::zip;
    std::size_t index = 0; ///< in ConfigBlock::zips or ConfigBlock::whens
    std::string message;
};

/// Everything wrong with the block. Axes without values count as reported elsewhere.
std::vector<BlockProblem> check_block(const ConfigBlock& block);

/// Whether parameter and the axes that advance with it are fixed within a scene.
bool is_scene_parameter(const ConfigBlock& block, std::size_t parameter);

/// The block's axis of the parameter, or nullptr.
const Axis* axis_of(const ConfigBlock& block, std::size_t parameter);

/// Indices of the whens such that each comes after those its conditions depend on; nothing if they
/// depend on each other in a circle.
std::optional<std::vector<std::size_t>> order_of_whens(const ConfigBlock& block);

/// Whether a value meets a condition.
bool meets(const Condition& condition, const Value& value);

} // namespace basin
