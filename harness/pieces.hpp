#pragma once
// recall() of a large scene, cut into pieces that idle threads take.

#include "harness/worker.hpp"
#include "models/recall.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// What came of a setting.
struct Finding {
    Outcome outcome;        ///< status done, or failed with the message of what was thrown
    double elapsed_s = 0.0; ///< its share of the time that threads spent on the scene
};

struct Crew {
    std::span<Worker> workers;             ///< one for each thread of the parallel region
    const std::function<bool()>& given_up; ///< whether to leave off; asked from any thread
};

using Walk = std::function<void(const Scene&, const SettingGroup&, ProbeStarts&, Paths&)>;

/// The outcomes of recall() for settings that have a meaning; nothing if the crew gave up. To be
/// called by a thread of an OpenMP parallel region: what it cuts off goes to threads that wait at
/// a barrier. The cut depends on scene and settings alone. An exception on the way fails the
/// settings of its group. Throws std::bad_alloc. `walking` is another one where a test lets it
/// fail.
std::optional<std::vector<Finding>> recall_in_pieces(const Scene& scene,
                                                     std::span<const Setting> settings,
                                                     const Crew& crew, const Walk& walking = walk);

/// An outcome of status failed: no metric has a value.
Outcome failed_outcome(const std::string& message);

} // namespace basin
