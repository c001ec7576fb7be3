#pragma once
// Which theory speaks of which network's critical pattern count, in one place.

#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/config/criterion.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// One thing that theory says.
struct TheoreticalCapacity {
    std::string_view name; ///< one of the three below; a column of capacity.csv
    std::string long_name; ///< for a legend
    double pattern_count;  ///< K > 0, finite
    std::string source;    ///< paper and equation
};

/// Its values: at most one of every name.
///
///   theory_asymptotic  leading order in N (Krotov & Hopfield 2016); twice that of the polynomial
///                      for the rectified one, whose foreign memories make half the noise
///   theory             the same picture with the moments of this N
///   theory             of softmax networks: softmax_theory.hpp
///   retrieval_limit    0.138 N, the largest load of a quadratic network whose final states still
///                      resemble the memory (Amit, Gutfreund & Sompolinsky 1985)
///
/// The first two are the K at which a unit of a memory errs with probability p in one step, where
/// p depends on the criterion: the threshold for recall_error after one synchronous step from the
/// memory itself; for exact_recall or all_recalled from the memory itself the p at which all of its
/// (their) units are stable with the threshold's probability, were they independent (`theory`
/// alone); otherwise that of the formula for recall without errors, p = 1/N.
struct CapacityTheory {
    std::vector<TheoreticalCapacity> values;

    /// Null if there is none of the name.
    const TheoreticalCapacity* find(std::string_view name) const;

    /// The one to compare with: retrieval_limit where final states are to resemble the memory;
    /// theory_asymptotic for random starts, which end on a memory half the time near it (Krotov &
    /// Hopfield 2016, Fig. 5); else `theory`. Null if that is not there.
    const TheoreticalCapacity* best() const;
    std::string_view best_name = "theory";
    bool from_memory = true; ///< cues are the memory itself, as theory's are
};

/// Nothing where theory is silent. It speaks of random_bipolar memories without bias, N >= 3, of
/// formulation classical, or original or normalized with the contrastive rule, a polynomial or
/// rectified polynomial interaction of n >= 2, and a similarity that is linear in the overlap and
/// grows with it without an offset (dot, cosine, euclidean_overlap, manhattan_overlap); of the
/// criteria's metrics recall_error, exact_recall, all_recalled and overlap_absolute; and of what
/// softmax_theory does. It knows
/// nothing of number formats, and of cues other than the memory itself only that the capacity
/// cannot be above. The scene's pattern_count does not matter.
std::optional<CapacityTheory> capacity_theory(const Setting& setting, const SceneSpec& spec,
                                              const Criterion& criterion = {});

} // namespace basin
