#include "sweeps/coordinates/identity.hpp"

#include <algorithm>
#include <numeric>

namespace basin {

std::span<const std::size_t> parameters_by_name() {
    static const std::vector<std::size_t> order = [] {
        const std::span<const Parameter> all = parameters();
        std::vector<std::size_t> indices(all.size());
        std::iota(indices.begin(), indices.end(), std::size_t{0});
        std::ranges::sort(indices, {}, [&](std::size_t i) { return all[i].name; });
        return indices;
    }();
    return order;
}

std::string escaped_text(const Value& value) {
    std::string text;
    for (const char c : canonical_text(value)) {
        if (c == ';' || c == '\\') text += '\\';
        text += c;
    }
    return text;
}

std::string assignment(std::size_t parameter, const Value& value) {
    const Parameter& row = parameters()[parameter];
    if (value == row.fallback) return "";
    std::string text(row.name);
    text += '=';
    text += escaped_text(value);
    text += ';';
    return text;
}

} // namespace basin
