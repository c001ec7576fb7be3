#include "support/continuous_cells.hpp"

#include "support/synthetic_cells.hpp"

namespace basin::tests {

Cells continuous_cells(const std::vector<CubeAxis>& axes, std::size_t replicates) {
    Cells cells = synthetic_cells(axes, replicates);
    const std::size_t rows = cells.rows();
    const auto add = [&](const char* name, auto&& value) {
        Measure measure{name, "1", "", {}, {}, {}, {}};
        for (std::size_t row = 0; row < rows; ++row)
            measure.mean.push_back(value(row));
        cells.measures.push_back(std::move(measure));
    };
    const std::size_t beta = *cells.axis("beta");
    const auto recalled = [&](std::size_t row) {
        return 16.0 * cells.coordinate[beta][row] / static_cast<double>(cells.axes[beta].size());
    };
    add("one_minus_ssim", [&](std::size_t row) { return 1 - recalled(row) / 16; });
    cells.measures.back().low = cells.measures.back().high = cells.measures.back().mean;
    add("single_exact_count", recalled);
    add("metastable_probe_count", [&](std::size_t row) { return 16 - recalled(row); });
    for (const char* none : {"single_blended_count", "global_count", "not_converged_count"})
        add(none, [](std::size_t) { return 0.0; });
    return cells;
}

Gallery small_gallery() {
    const GalleryImage original{0, 0.2, 0.4, 0.6, 0.8, 1};
    const GalleryImage other(6, 0.5);
    Gallery gallery;
    gallery.image = {2, 3, 1, true};
    gallery.range = {0.0, 1.0};
    gallery.scene = "pattern count K = 5";
    gallery.probes = {{original, {0, 0, 0, 0.6, 0.8, 1}, 3}};
    gallery.rows = {{"dot, β = 0.1", {{other, other, other, 0.117, 0.117, 4, 7, 5}}},
                    {"dot, β = 1", {{original, original, original, 0.0, 0.0, 3, 2, 1}}}};
    return gallery;
}

} // namespace basin::tests
