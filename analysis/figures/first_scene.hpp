#pragma once
// The scene that a page shows of many: where its selectors start.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// An axis that is held at one value.
struct PinnedAxis {
    std::size_t axis = 0;
    std::string text; ///< of the value, for people
};

/// Leaves those of `rows` that are where selectors of them start, whatever their values of the
/// parameters in `left_free`. Returns what they then have in common and others had not.
std::vector<PinnedAxis> keep_first_scene(const Cells& cells, std::vector<std::size_t>& rows,
                                         std::initializer_list<std::string_view> left_free);

/// "pattern count K = 50 · cue level = 0.1"; "" for none.
std::string words_of(const Cells& cells, const std::vector<PinnedAxis>& pinned);

} // namespace basin
