#include "analysis/charts/chart_facets.hpp"

#include <gtest/gtest.h>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::text_axis;

/// Cells of every value of the axes but the first `absent` of `axis`, as zipped axes or blocks
/// leave them.
Cells without_first(const std::string& axis, std::uint32_t absent) {
    const Cells all = tests::synthetic_cells(
        {text_axis("similarity", {"cosine", "euclidean_overlap", "dot"}),
         number_axis("pattern_count", {1, 2, 3, 4, 5, 6}), number_axis("beta", {0.01, 0.1, 1, 10})},
        1);
    std::vector<bool> keep;
    for (const std::uint32_t value : all.coordinate[all.axis(axis).value()])
        keep.push_back(value >= absent);
    return filtered(all, keep);
}

TEST(ChartFacets, ShowTheUsualValueFirstWhereTheFirstValuesHaveNoCell) {
    for (std::uint32_t absent = 0; absent <= 2; ++absent)
        for (const char* axis : {"similarity", "pattern_count", "beta"}) {
            const Cells cells = without_first(axis, absent);
            const std::size_t index = cells.axis(axis).value();
            const ChartFacets made = chart_facets(cells, {index});
            ASSERT_EQ(made.facets.size(), 1U);
            const ChartFacet& facet = made.facets[0];
            ASSERT_EQ(facet.values.size(), cells.axes[index].size() - absent);
            ASSERT_LT(facet.initial, facet.values.size()) << axis;
            if (cells.axes[index].name == "similarity") {
                EXPECT_EQ(facet.values[facet.initial], "dot") << absent;
            } else if (cells.axes[index].name == "beta") {
                EXPECT_EQ(facet.values[facet.initial], "1") << absent;
            } else {
                EXPECT_EQ(facet.initial, facet.values.size() * 2 / 3) << absent;
            }
            for (std::size_t row = 0; row < cells.rows(); ++row) {
                const std::uint32_t place = made.of_row(cells, row)[0];
                EXPECT_EQ(place, cells.coordinate[index][row] - absent);
            }
        }
}

TEST(ChartFacets, OfSelectorsHaveTheirFirstValueToo) {
    const Cells cells = without_first("beta", 1);
    for (const Selector& selector : selectors(cells, {})) {
        ChartFacets made;
        made.add(cells, selector);
        EXPECT_EQ(selector.values.at(made.facets[0].initial), selector.initial);
    }
}

} // namespace
} // namespace basin
