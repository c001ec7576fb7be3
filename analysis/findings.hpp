#pragma once
// What a sweep showed, in plain sentences with their numbers.

#include "results/hypercube.hpp"

#include <string>
#include <vector>

namespace basin {

/// Sentences drawn from the cube by fixed rules, most important first. Each quotes its numbers and
/// the cells it rests on; where replicates allow an interval and it includes zero, no sentence.
std::vector<std::string> findings(const Hypercube& cube);

} // namespace basin
