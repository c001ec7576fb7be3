#pragma once
// One finished point, as the journal holds it.

#include "models/key.hpp"
#include "models/outcome.hpp"

#include <cstdint>

namespace basin {

struct Record {
    Key key;                ///< point_key: identity by value
    std::uint64_t cell = 0; ///< index in the cube of the plan whose digest the journal's header has
    Outcome outcome;
    double elapsed_s = 0.0; ///< share of the scene's time; not part of the result
};

} // namespace basin
