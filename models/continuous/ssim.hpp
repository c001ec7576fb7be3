#pragma once

#include "models/data/images.hpp"

#include <span>

namespace basin {

/// Structural similarity of two images (Wang et al. 2004, eq. 13), a mean over the pixels whose
/// window fits and over the channels: Gaussian windows of 11 x 11 pixels, sigma 1.5, K1 = 0.01,
/// K2 = 0.03, values of the width `range`. Smaller images take the largest odd window that fits.
double structural_similarity(std::span<const double> a, std::span<const double> b,
                             const ImageShape& image, double range);

} // namespace basin
