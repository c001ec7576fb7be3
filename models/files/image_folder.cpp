#include "models/files/image_folder.hpp"

#include "models/base/errors.hpp"
#include "models/data/dataset_memory.hpp"
#include "models/files/folder_files.hpp"
#include "models/files/png_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <vector>

namespace basin {

namespace {

bool is_png(std::string_view name) {
    return !name.starts_with('.') && (name.ends_with(".png") || name.ends_with(".PNG"));
}

/// Images of a folder and of the folders in it.
struct Images {
    std::vector<std::string> paths;
    std::size_t folders = 0; ///< that have images
};

void add_images(const std::string& folder, int depth, Images& images) {
    constexpr int deepest = 8; // links may lead in a circle
    if (depth > deepest)
        throw InputError(fmt::format("{}: folders deeper than {} are not looked into; name one of "
                                     "them",
                                     folder, deepest));
    const std::vector<std::string> paths = files_in(folder, is_png);
    images.folders += paths.empty() ? 0 : 1;
    images.paths.insert(images.paths.end(), paths.begin(), paths.end());
    for (const std::string& inner : folders_in(folder))
        add_images(inner, depth + 1, images);
}

/// The image by its place in the folder, with its size.
std::string described(const std::string& folder, const std::string& path, const ImageShape& shape) {
    return fmt::format("{} is {} x {} {}",
                       std::filesystem::path(path).lexically_relative(folder).native(),
                       shape.height, shape.width, shape.channels == 1 ? "grey" : "RGB");
}

} // namespace

PatternBank read_image_folder(const std::string& folder) {
    Images images;
    add_images(folder, 0, images);
    const std::vector<std::string>& paths = images.paths;
    if (paths.empty())
        throw InputError(
            fmt::format("{}: neither the folder nor a folder in it holds a *.png", folder));
    ImageShape shape;
    std::vector<std::uint8_t> values;
    for (const std::string& path : paths) {
        const PngImage image = read_png(path);
        if (values.empty()) {
            shape = image.shape;
            require_pattern_room(std::uint64_t{paths.size()} * image.values.size(), 1, folder);
        }
        if (image.shape != shape)
            throw InputError(
                fmt::format("{}: images of a folder must be alike, but {} and {} (rows "
                            "x columns); bring them to one size, or part them",
                            folder, described(folder, paths.front(), shape),
                            described(folder, path, image.shape)));
        values.insert(values.end(), image.values.begin(), image.values.end());
    }
    const std::string folders =
        images.folders > 1 ? fmt::format(" of {} folders", images.folders) : "";
    return make_image_bank(values, shape,
                           fmt::format("{}: PNG images{}, {} x {} x {} x {} uint8",
                                       last_name(folder), folders, paths.size(), shape.channels,
                                       shape.height, shape.width));
}

} // namespace basin
