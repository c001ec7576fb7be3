#pragma once
// What a sweep will take: seconds, memory, and in which order its scenes are best computed.

#include "harness/run/point_counts.hpp"
#include "results/store/store.hpp"
#include "sweeps/estimate/cost.hpp"
#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace basin {

/// Paces fitted to the points that are done, of which a few thousand are looked at.
CostModel measured_costs(const Plan& plan, const Inventory& inventory);

/// Jobs that have missing points, in the order in which they are to be run.
struct JobOrder {
    /// So many are sorted; of more, each is so small a part of the run that order does not matter.
    static constexpr std::size_t most_sorted = 65536;

    std::uint64_t count = 0;
    std::vector<std::uint64_t> longest_first; ///< empty: all of the plan, as they come
    std::uint64_t operator[](std::uint64_t place) const {
        return longest_first.empty() ? place : longest_first[place];
    }
};

/// Where the seconds come from.
enum class CostSource : std::uint8_t { defaults, store, both };
std::string_view name_of(CostSource source);

/// Bytes. Of what comes in several sizes, the largest.
struct Memory {
    std::size_t shared = 0;  ///< the program, pattern files, which cells are settled
    std::size_t writing = 0; ///< the program while it writes results.h5, when all else is gone
    std::size_t scene = 0;
    std::size_t batch = 0;     ///< of a scene's settings
    std::size_t thread = 0;    ///< of a thread on its walks
    std::uint64_t scenes = 0;  ///< that are to be computed
    std::uint64_t batches = 0; ///< likewise

    /// The most that is there at a time.
    std::size_t need(int threads) const;
};

/// The size of a scene of these coordinates, as its files have it.
SceneSize size_of(const Coordinates& coordinates, const FileTable& files);

/// While all threads compute scenes of this size under so many settings each, in a store that has
/// any of the plan's points.
Memory memory_for(const Plan& plan, const SceneSize& size, std::uint64_t settings);

struct Forecast {
    Coverage coverage;
    JobOrder order;
    double work_s = 0.0; ///< of one thread, for all that is missing
    CostSource source = CostSource::defaults;
    Memory memory;

    double seconds(int threads) const;
};

/// For what is missing; what `retry` names is, too. Reads no pattern files: their sizes are those
/// that the plan's config knows.
Forecast forecast(const Plan& plan, const Applicability& applicability, const Inventory& inventory,
                  const Retry& retry = {});

} // namespace basin
