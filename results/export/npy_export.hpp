#pragma once
// A store as NumPy arrays, one file each (NEP 1).

#include "results/store/store.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Writes into `folder`, which is made if it is not there:
///   METRIC.npy, overflow_flags.npy, status.npy    the cube, C order, replicate last
///   PARAMETER.npy, replicate.npy                  the values along one dimension
///   dimensions.json                               names of the dimensions, in order
/// Cells without a measured value are NaN. Each file appears whole or not at all. `chosen` are
/// indices of metrics(). Throws StoreError.
void export_npy(const Plan& plan, const Inventory& inventory,
                const std::vector<std::size_t>& chosen, const std::filesystem::path& folder);

/// The header of a file of little-endian numbers or texts, up to the first value. `type` as NumPy
/// writes it: "<f8".
std::string npy_header_of(std::string_view type, const std::vector<std::uint64_t>& shape);

} // namespace basin
