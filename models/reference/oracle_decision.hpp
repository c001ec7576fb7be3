#pragma once
// One unit decision of the slow obvious network: vectors of +1 and -1, every overlap a loop, every
// formula spelled out a second time. Specification: models/bipolar/decision_table.hpp.

#include "models/base/bits.hpp"
#include "models/reference/oracle_arithmetic.hpp"
#include "models/reference/oracle_exact.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/setting.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace basin {

using Spins = std::vector<int>; ///< +1 and -1

Spins spins_of(BitRow row, std::size_t dimension);

/// The network of one setting: its memories and the numbers that all decisions share.
struct OracleNetwork {
    const Setting& setting;
    int dimension;
    std::vector<Spins> memories;
    std::shared_ptr<OracleStrengths> exact;
    std::shared_ptr<const Setting> of_energy; ///< decides by F itself
    std::shared_ptr<OracleStrengths> energy;  ///< of that setting
    OracleArithmetic arithmetic{};            ///< not used by precision `exact`
    double gain = 1.0;                        ///< inside F: normalized
    double outside = 1.0;                     ///< before the sum: original
    Flags beta_flags = 0;
};

/// Keeps a reference to `setting`, which must be applicable.
OracleNetwork make_oracle_network(const BitMatrix& memories, const Setting& setting);

struct OracleDecision {
    double d; ///< its sign is the unit's next value
    Flags flags;
};

/// Decides as the setting's precision does.
OracleDecision oracle_decide(const OracleNetwork& network, const Spins& state, std::size_t unit);

/// Whether E = -sum F is larger in `after` than in `before`, in exact arithmetic. Source: Krotov &
/// Hopfield 2016, eq. 2.
bool oracle_energy_rises(const OracleNetwork& network, const Spins& before, const Spins& after);

/// Decides as precision `exact` does, whatever the setting's: d is -1, 0 or +1.
OracleDecision oracle_decide_exactly(const OracleNetwork& network, const Spins& state,
                                     std::size_t unit);

} // namespace basin
