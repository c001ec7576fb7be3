#include "models/image_folder.hpp"

#include "models/errors.hpp"
#include "models/folder_files.hpp"
#include "models/png_file.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace basin {

namespace {

bool is_png(std::string_view name) {
    return name.ends_with(".png") || name.ends_with(".PNG");
}

std::string described(const std::string& path, const ImageShape& shape) {
    return fmt::format("{} is {} x {} {}", last_name(path), shape.height, shape.width,
                       shape.channels == 1 ? "grey" : "RGB");
}

} // namespace

PatternBank read_image_folder(const std::string& folder) {
    const std::vector<std::string> paths = files_in(folder, is_png);
    if (paths.empty())
        throw InputError(fmt::format("{}: the folder holds no *.png; folders within it are not "
                                     "looked into",
                                     folder));
    ImageShape shape;
    std::vector<std::uint8_t> values;
    for (const std::string& path : paths) {
        const PngImage image = read_png(path);
        if (values.empty()) shape = image.shape;
        if (image.shape != shape)
            throw InputError(
                fmt::format("{}: images of a folder must be alike, but {} and {} (rows "
                            "x columns); bring them to one size, or part them",
                            folder, described(paths.front(), shape), described(path, image.shape)));
        values.insert(values.end(), image.values.begin(), image.values.end());
    }
    return make_image_bank(values, shape,
                           fmt::format("{}: PNG images, {} x {} x {} x {} uint8", last_name(folder),
                                       paths.size(), shape.channels, shape.height, shape.width));
}

} // namespace basin
