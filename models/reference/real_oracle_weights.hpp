#pragma once
// One query of a continuous network, slowly: similarities of all memories, and weights of them,
// in long double.

#include "models/scene/outcome.hpp"
#include "models/scene/setting.hpp"

#include <vector>

namespace basin {

using LongVector = std::vector<long double>;

/// [memory] similarity of each memory and the state, as the help texts of RealSimilarities say.
LongVector oracle_similarities(const std::vector<LongVector>& memories, const LongVector& state,
                               const Setting& setting);

struct OracleWeights {
    LongVector weights; ///< [memory]
    Flags flags = 0;
    bool is_defined = true;           ///< no weight is NaN
    long double log_partition = 0.0L; ///< of softmax: ln sum exp(beta s)
};

/// [memory] weights as the help texts of Separations say. What leaves the range of the numbers that
/// a precision is computed in (double for float64, float for the others) is infinite or 0 here too.
OracleWeights oracle_weights(const LongVector& similarities, const Setting& setting);

} // namespace basin
