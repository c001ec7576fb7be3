#include "results/cube/cube_layout.hpp"

#include <algorithm>

namespace basin {

namespace {

std::uint64_t pieces(std::uint64_t size, std::uint64_t piece) {
    return (size + piece - 1) / piece;
}

} // namespace

std::uint64_t CubeLayout::combinations() const {
    std::uint64_t product = 1;
    for (const Dimension& dimension : dimensions)
        product *= dimension.values.size();
    return product;
}

std::uint64_t CubeLayout::block_count() const {
    std::uint64_t product = 1;
    for (std::size_t d = 0; d < dimensions.size(); ++d)
        product *= pieces(dimensions[d].values.size(), chunk[d]);
    return product;
}

Block CubeLayout::block(std::uint64_t index) const {
    Block block;
    block.start.resize(dimensions.size());
    block.shape.resize(dimensions.size());
    std::uint64_t stride = 1;
    for (std::size_t d = dimensions.size(); d-- > 0;) {
        const std::uint64_t size = dimensions[d].values.size();
        const std::uint64_t count = pieces(size, chunk[d]);
        block.start[d] = index % count * chunk[d];
        block.shape[d] = std::min(chunk[d], size - block.start[d]);
        index /= count;
        block.first += block.start[d] * stride;
        block.combinations *= block.shape[d];
        stride *= size;
    }
    return block;
}

std::vector<std::uint64_t> chunk_shape(const std::vector<std::uint64_t>& sizes,
                                       std::uint64_t most) {
    std::vector<std::uint64_t> chunk(sizes.size(), 1);
    std::uint64_t room = std::max<std::uint64_t>(most, 1);
    for (std::size_t d = sizes.size(); d-- > 0;) {
        const std::uint64_t piece = std::min(sizes[d], room);
        chunk[d] = pieces(sizes[d], pieces(sizes[d], piece));
        if (piece < sizes[d]) break;
        room /= piece;
    }
    return chunk;
}

CubeLayout cube_layout(const Plan& plan) {
    CubeLayout layout;
    layout.dimensions.assign(plan.dimensions().begin(), plan.dimensions().end());
    layout.replicates = plan.replicates();
    std::vector<std::uint64_t> sizes;
    for (const Dimension& dimension : layout.dimensions)
        sizes.push_back(dimension.values.size());
    layout.chunk = chunk_shape(sizes, chunk_cells / layout.replicates);
    return layout;
}

std::string flag_word(std::string_view text) {
    std::string word(text);
    for (char& c : word) {
        const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') ||
                             std::string_view("_-.+@").find(c) != std::string_view::npos;
        if (!allowed) c = '_';
    }
    return word.empty() ? "_" : word;
}

} // namespace basin
