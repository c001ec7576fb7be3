#pragma once
// What a sweep showed, in plain sentences with their numbers.

#include "analysis/cells/cells.hpp"

#include <string>
#include <vector>

namespace basin {

/// At most ten sentences drawn from the cells by fixed rules, most important first:
///   1. points that failed or were not run
///   2. per formulation and precision (similarity dot): where overflow begins, what it does to
///      recall, and up to which beta there is none
///   3. per formulation: up to which pattern count recall works, by interaction vertex
///   4. what another formulation, similarity or precision changes: the paired difference of the
///      recall error over common scenes, largest first
///   5. where all terms vanish
/// A rule whose parameters do not vary, or whose difference cannot be told from zero, says nothing.
std::vector<std::string> findings(const Cells& cells);

} // namespace basin
