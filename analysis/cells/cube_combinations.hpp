#pragma once
// The combinations of a result file by the values of all parameters, whatever the axes of the file.

#include "models/base/key.hpp"
#include "results/cube/result_cube.hpp"
#include "sweeps/coordinates/input_files.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// Length of the replicate axis; 1 if there is none.
std::uint64_t replicates_of(const Hypercube& cube);

/// Number of combinations: the product of the lengths of all axes but the replicate's.
std::uint64_t combinations_of(const Hypercube& cube);

/// A fact of /provenance; "" if the file has none of this name.
std::string provenance_of(const Hypercube& cube, const std::string& name);

/// Values of the parameters that do not vary in the file, by name, as canonical text. Throws
/// StoreError(damaged) if its provenance has no config.
std::map<std::string, std::string> constants_of(const Hypercube& cube);

/// What was in the files that the points read; none in results that do not say it. Throws
/// StoreError(damaged) if the table is wrong.
FileTable files_of(const Hypercube& cube);

/// Names and labels of a combination's values on the axes, without replicate.
std::vector<std::pair<std::string, std::string>> labels_of(const Hypercube& cube,
                                                           std::uint64_t combination);

/// [combination] what identifies it. Input files are identified by what they held, or by their
/// names if `files` is empty. Throws as constants_of().
std::vector<Key> keys_of(const Hypercube& cube, const FileTable& files);

} // namespace basin
