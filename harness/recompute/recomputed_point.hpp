#pragma once
// One point of a continuous network recalled once more: journals hold what was measured, not the
// states that it was measured on.

#include "harness/recompute/point_search.hpp"
#include "models/continuous/real_path.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <memory>
#include <string>
#include <vector>

namespace basin {

struct RecalledPoint {
    std::shared_ptr<const RealScene> scene;
    Setting setting;
    std::vector<RealPath> paths; ///< [probe]
    Outcome outcome;             ///< what is measured on them
};

/// Recalls a planned point with the pattern files as they are now. Throws UsageError, with the
/// reason, for a point that has no meaning or is of a bipolar network; ConfigError and InputError
/// for what is wrong with the files.
RecalledPoint recalled_point(const Plan& plan, std::uint64_t cell);

/// The metrics that the store has otherwise than they came out now: the program has changed
/// since. None if the point was not done. Throws StoreError.
std::vector<std::string> differing_metrics(const Inventory& inventory, const FoundPoint& point,
                                           const Outcome& again);

} // namespace basin
