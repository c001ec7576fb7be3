#include "sweeps/parameters/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace basin {

namespace {

std::string lines_of(const std::vector<Diagnostic>& all) {
    std::string lines;
    for (const Diagnostic& diagnostic : all) {
        if (!lines.empty()) lines += '\n';
        lines += to_string(diagnostic);
    }
    return lines;
}

/// Levenshtein's distance, in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

} // namespace

std::string to_string(const Diagnostic& diagnostic) {
    const Place& place = diagnostic.place;
    if (place.line == 0) return fmt::format("{}: error: {}", place.source, diagnostic.message);
    return fmt::format("{}:{}:{}: error: {}", place.source, place.line, place.column,
                       diagnostic.message);
}

ConfigError::ConfigError(std::vector<Diagnostic> all)
    : std::runtime_error(lines_of(all)), diagnostics(std::move(all)) {}

ConfigError::ConfigError(const Place& place, const std::string& message)
    : ConfigError(std::vector<Diagnostic>(1, Diagnostic{place, message})) {}

std::string nearest_name(std::string_view word, const std::vector<std::string_view>& candidates) {
    std::string_view nearest;
    std::size_t smallest = 2 + word.size() / 3;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= smallest) continue;
        smallest = distance;
        nearest = candidate;
    }
    return std::string(nearest);
}

} // namespace basin
