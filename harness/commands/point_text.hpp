#pragma once
// How the verbs name a point of a plan.

#include "sweeps/plan/plan.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace basin {

/// The parameters that vary in the plan, and the replicate: "beta=0.1 interaction_vertex=3
/// replicate=0".
std::string varying_text(const Plan& plan, std::uint64_t cell);

/// {"key": ..., "parameters": {the same by name}, "replicate": ...}
nlohmann::json point_json(const Plan& plan, std::uint64_t cell);

} // namespace basin
