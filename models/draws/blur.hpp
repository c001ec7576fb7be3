#pragma once

#include "models/data/dataset.hpp"

#include <span>

namespace basin {

/// Blurs each channel of an image in place by a Gaussian of standard deviation `sigma` > 0 pixels,
/// cut off at 4 sigma; beyond its borders the image is mirrored. In float64, by rows, then columns.
void blur(std::span<float> state, const ImageShape& image, double sigma);
void blur(std::span<double> state, const ImageShape& image, double sigma);

/// Weights of the pixels 0, 1, ... from the middle, with both sides a sum of 1.
std::vector<double> gaussian_weights(double sigma, std::size_t reach);

} // namespace basin
