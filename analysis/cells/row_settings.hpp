#pragma once
// The models' own terms for a cell: what its parameters mean, fixed ones included.

#include "analysis/cells/cells.hpp"
#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <cstddef>

namespace basin {

/// Reads cells back into the coordinates they were made from: axes from the row, parameters that do
/// not vary from the config in the provenance, all others from their fallback.
class RowSettings {
public:
    /// Throws StoreError (damaged) if the config in the provenance cannot be read.
    explicit RowSettings(const Cells& cells);

    /// Throws StoreError (damaged) if an axis holds a name that this program does not know.
    Coordinates coordinates(std::size_t row) const;

    Setting setting(std::size_t row) const;
    SceneSpec scene(std::size_t row) const;

private:
    const Cells& cells_;
    Coordinates fixed_;
    std::vector<std::optional<std::size_t>> parameter_of_axis_;
};

} // namespace basin
