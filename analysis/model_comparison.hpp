#pragma once
// Models side by side: the part of the stability report that asks which one is better, where and
// by how much.

#include "analysis/page.hpp"

#include <string>
#include <vector>

namespace basin {

struct ModelComparison {
    std::vector<std::string> findings;
    std::vector<Chart> charts;
    std::vector<PageTable> tables;
};

/// Sentences of comparisons; of more, the table lists the rest.
inline constexpr std::size_t most_comparison_sentences = 16;

/// Of all cells of the input; they need the replicates of model_metrics.
ModelComparison model_comparison(const ReportInput& input);

} // namespace basin
