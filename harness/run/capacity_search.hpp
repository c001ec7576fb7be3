#pragma once
// The search for the critical pattern count of every curve of a plan with a [capacity].
//
// A curve is one combination of all other parameters. Its search is a function of the config and of
// the scenes that it asked for, in its own order: whatever else a store has is not looked at. So
// the end is the same whether it came in one go, after interruptions or on a store that had some of
// the points already; these are not computed again.

#include "analysis/capacity/capacity_theory.hpp"
#include "analysis/capacity/crossing_search.hpp"
#include "harness/run/failures.hpp"
#include "results/store/store.hpp"
#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

struct CapacityCurve {
    std::uint64_t first = 0; ///< combination of parameters at the least pattern count
    Coordinates coordinates; ///< there
    CrossingRule rule;
    std::optional<CapacityTheory> theory; ///< what it says of this curve
    std::string no_meaning; ///< why the curve has none; or empty, and all that follows is set
    std::map<std::uint64_t, std::uint32_t> asked; ///< replicates asked for, by pattern count
    std::vector<Observation> observations;        ///< that those gave
    Crossing crossing;
    std::uint64_t scenes = 0; ///< asked for and there
    std::uint64_t failed = 0; ///< of them
    bool finished = false;

    /// Whether it says something of K_c: where it is, or on which side of the range.
    bool is_answered() const;
};

/// How much memory scenes may take.
struct MemoryLimit {
    std::size_t most = 0; ///< bytes
    int threads = 1;
};

class CapacitySearch {
public:
    /// `plan` must outlive it and have a capacity. Throws UsageError if not even a curve's least
    /// pattern count fits into the memory.
    CapacitySearch(const Plan& plan, const MemoryLimit& limit);

    /// Goes on with every curve as far as the records take it, and raises `needed` to what is to be
    /// computed next; nothing if all curves are finished. What `retry` names counts as not there.
    /// Throws StoreError.
    void ask(Inventory& inventory, const Retry& retry);

    std::span<const CapacityCurve> curves() const { return curves_; }

private:
    void find_curves(const MemoryLimit& limit);
    std::uint64_t combination(const CapacityCurve& curve, std::uint64_t pattern_count) const;

    const Plan& plan_;
    std::vector<std::uint64_t> pattern_counts_;
    std::uint64_t stride_ = 1;          ///< combinations from one pattern count to the next
    std::vector<CapacityCurve> curves_; ///< by first
};

} // namespace basin
