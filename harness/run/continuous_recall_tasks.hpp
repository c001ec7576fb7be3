#pragma once
// recall() of continuous settings, cut into pieces that idle threads take.

#include "harness/run/recall_tasks.hpp"

#include <span>

namespace basin {

/// Fills in the findings of the continuous ones among these settings, as recall_in_pieces() says;
/// leaves the others alone. False if the crew gave up.
bool recall_continuous_in_pieces(const Scene& scene, std::span<const Setting> settings,
                                 const Crew& crew, std::span<Finding> findings);

} // namespace basin
