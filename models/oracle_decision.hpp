#pragma once
// One unit decision of the slow obvious network: vectors of +1 and -1, every overlap a loop, every
// formula spelled out a second time. Specification: models/decision_table.hpp.

#include "models/bits.hpp"
#include "models/oracle_arithmetic.hpp"
#include "models/outcome.hpp"
#include "models/setting.hpp"

#include <cstddef>
#include <vector>

namespace basin {

using Spins = std::vector<int>; ///< +1 and -1

Spins spins_of(BitRow row, std::size_t dimension);

/// The network of one setting: its memories and the numbers that all decisions share.
struct OracleNetwork {
    const Setting& setting;
    OracleArithmetic arithmetic;
    int dimension;
    std::vector<Spins> memories;
    double gain = 1.0;    ///< inside F: normalized
    double outside = 1.0; ///< before the sum: original
    Flags beta_flags = 0;
};

/// Keeps a reference to `setting`, which must be applicable.
OracleNetwork make_oracle_network(const BitMatrix& memories, const Setting& setting);

struct OracleDecision {
    double d; ///< its sign is the unit's next value
    Flags flags;
};

OracleDecision oracle_decide(const OracleNetwork& network, const Spins& state, std::size_t unit);

} // namespace basin
