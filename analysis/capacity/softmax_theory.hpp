#pragma once
// What theory says of the critical pattern count of softmax networks.

#include "analysis/capacity/capacity_theory.hpp"

namespace basin {

/// `theory`: the number of orthonormal memories up to which a state that starts at one of them ends
/// within retrieval_radius of it (models/theory/capacity.hpp, softmax_orthonormal_capacity). Of
/// random unit vectors that is a bound: correlations pull states off their memory at fewer.
///
/// Nothing but of the softmax formulation with the dot product, sources orthonormal and sphere, no
/// corruption, updates until a fixed point, and the criteria's metrics exact_recall and
/// all_recalled.
std::optional<CapacityTheory> softmax_theory(const Setting& setting, const SceneSpec& spec,
                                             const Criterion& criterion);

} // namespace basin
