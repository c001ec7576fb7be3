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

SceneSeparability small_separability() {
    Separability found;
    found.memories = found.memories_looked_at = 4;
    found.cues = found.cues_looked_at = 8;
    found.memory_gaps = {-2.5, 4, 3, 0};
    found.cue_gaps = {-3.25, 8, 5, 0};
    for (std::size_t e = 0; e <= histogram_bins; ++e)
        found.edges.push_back(static_cast<double>(e) / 32.0 - 1.0);
    found.self.counts.assign(histogram_bins, 0);
    found.self.counts[40] = 6;
    found.self.counts[63] = 2;
    found.cross.counts.assign(histogram_bins, 0);
    found.cross.counts[3] = 24;
    SceneSeparability separability;
    separability.scene = "pattern count K = 5";
    separability.similarities = {{"dot", found}, {"inverse manhattan", found}};
    Separability& second = separability.similarities[1].found;
    second.memory_gaps.least = 0.5;
    second.cross.counts[3] = 23;
    second.cross.plus_infinite = 1;
    separability.hull = {4, 3, 1, 0};
    return separability;
}

} // namespace basin::tests
