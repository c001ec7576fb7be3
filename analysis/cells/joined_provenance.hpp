#pragma once
// What several stores say of themselves, as one.

#include "analysis/cells/cells.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <map>
#include <string>
#include <vector>

namespace basin {

/// A store and what its cells have in common.
struct JoinedStore {
    const Cells* cells;
    std::string name;
    Coordinates fixed; ///< its first cell's: right for what it does not vary. Empty without cells
};

/// The provenance of cells joined from at least one store: facts that all agree on, others with the
/// stores' names; as its config the values of the parameters that are no axis of `joined`
/// (RowSettings reads it); and, where they differ, the seeds of all stores.
std::map<std::string, std::string> joined_provenance(const std::vector<JoinedStore>& stores,
                                                     const Cells& joined);

} // namespace basin
