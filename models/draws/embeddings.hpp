#pragma once
// Vectors that somebody gave for the items of a pattern file, by which recalled items are compared:
// the network knows nothing of them.

#include "models/data/dataset.hpp"
#include "models/data/real_matrix.hpp"
#include "models/draws/patterns.hpp"

#include <cstddef>

namespace basin {

/// Throws InputError, with both files' descriptions, unless there is one embedding an item of the
/// pattern file and each has a direction.
void require_embeddings(const PatternBank& embeddings, const PatternBank& patterns);

/// [pattern_count, width] the embeddings of the memories that are drawn by this spec from
/// `patterns`, in their order. Throws as require_embeddings() and chosen_rows().
RealMatrix chosen_embeddings(const PatternSpec& spec, const PatternBank& patterns,
                             const PatternBank& embeddings);

/// Of two rows, in [-1, 1]; exactly 1 of equal ones.
double cosine(const RealMatrix& vectors, std::size_t first, std::size_t second);

} // namespace basin
