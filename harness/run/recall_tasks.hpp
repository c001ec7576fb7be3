#pragma once
// recall() of a large scene, cut into pieces that idle threads take.

#include "harness/run/thread_state.hpp"
#include "models/recall/recall.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// What came of a setting.
struct Finding {
    Outcome outcome;        ///< done, or failed with the message of what was thrown, or timed_out
    double elapsed_s = 0.0; ///< its share of the time that threads spent on the scene
};

struct Crew {
    std::span<Worker> workers;             ///< one for each thread of the parallel region
    const std::function<bool()>& given_up; ///< whether to leave off; asked from any thread
    /// Seconds of computing that a setting may take. Those that walk together share their time;
    /// if it is too long, each is tried alone before it is said to be too slow.
    std::optional<double> timeout_s{};
};

using WalkOfGroup = void(const Scene&, const SettingGroup&, ProbeStarts&, Paths&, const Patience&);
using Walk = std::function<WalkOfGroup>;

/// The outcomes of recall() for settings that have a meaning; nothing if the crew gave up. To be
/// called by a thread of an OpenMP parallel region: what it cuts off goes to threads that wait at
/// a barrier. The cut depends on scene and settings alone. An exception on the way fails the
/// settings of its group. Throws std::bad_alloc wherever memory is
/// short: that says nothing of a setting. `walking` is another one where a test lets it fail.
std::optional<std::vector<Finding>>
recall_in_pieces(const Scene& scene, std::span<const Setting> settings, const Crew& crew,
                 const Walk& walking = static_cast<WalkOfGroup*>(walk));

/// An outcome of a failure: no metric has a value.
Outcome outcome_of_failure(Status status, const std::string& message);

} // namespace basin
