#pragma once
// Models side by side: the part of the stability report that asks which one is better, where and
// by how much.

#include "analysis/page/page.hpp"

#include <string>
#include <vector>

namespace basin {

struct ModelComparison {
    std::vector<std::string> findings;
    std::vector<Chart> charts;
    std::vector<PageTable> tables;
};

/// Sentences that are shown; of more, the tables list the rest.
inline constexpr std::size_t most_region_sentences = 6;
inline constexpr std::size_t most_comparison_sentences = 12;

/// Of all cells of the input; they need the replicates of model_metrics.
ModelComparison model_comparison(const ReportInput& input);

} // namespace basin
