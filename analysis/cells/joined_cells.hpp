#pragma once
// The cells of several stores as those of one, told apart by an axis "store".

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace basin {

struct NamedCells {
    std::string name; ///< of the store, for people
    Cells cells;
};

/// The first axis of joined cells.
inline constexpr const char* store_axis = "store";

/// Cells of all stores. The first axis is the store; the others are the parameters that vary within
/// a store or from one to another, in canonical order, with the union of their values, matched by
/// value. A parameter that a store does not vary has the value of its config. Names that occur
/// twice get a number. Replicates are as many as the longest store has, the rest NaN. Measures are
/// those that all stores with cells have. Facts of the provenance that differ name the stores; the
/// config is that of the parameters that are no axis. One store: its cells as they are. Throws
/// StoreError (damaged) if a config cannot be read.
Cells joined_cells(std::span<const NamedCells> stores);

/// Whether equal replicates of two stores (value indices on the store axis) have their scenes in
/// common where all data coordinates are equal: the seeds are the same. True of cells of one store.
bool paired_stores(const Cells& cells, std::size_t first, std::size_t second);

/// Whether that is so of every two stores.
bool paired_stores(const Cells& cells);

} // namespace basin
