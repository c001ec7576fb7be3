#pragma once
// Reader of folders of PNG images.

#include "models/data/dataset.hpp"

#include <string>

namespace basin {

/// Reads every *.png (or *.PNG) of the folder itself, in the order of the bytes of their names, and
/// then those of each folder in it (a class each), likewise and in the order of their names, as
/// read_png does. Names that begin with a dot are left out. The bank is
/// [count, channels * height * width] of 0 to 255, planar.
/// Throws InputError: not a folder, no PNG image in it, images of several sizes or both grey and in
/// colour (two of them are named), folders deeper than 8, and whatever read_png refuses.
PatternBank read_image_folder(const std::string& folder);

} // namespace basin
