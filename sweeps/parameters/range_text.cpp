#include "sweeps/parameters/range_text.hpp"

#include "sweeps/parameters/value.hpp"

#include <charconv>
#include <cmath>

namespace basin {

namespace {

std::optional<double> number_in(std::string_view word) {
    const auto begin = word.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return std::nullopt;
    word = word.substr(begin, word.find_last_not_of(" \t") + 1 - begin);
    double number = 0.0;
    const char* const end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(number)) return std::nullopt;
    return number + 0.0; // one zero: -0 is 0
}

} // namespace

std::optional<ValueRange> parse_range(std::string_view text) {
    constexpr std::string_view between = " to ";
    const auto at = text.find(between);
    if (at == std::string_view::npos) return std::nullopt;
    const auto low = number_in(text.substr(0, at));
    const auto high = number_in(text.substr(at + between.size()));
    if (!low || !high || !(*low < *high) || !std::isfinite(*high - *low)) return std::nullopt;
    return ValueRange{*low, *high};
}

std::string text_of(const ValueRange& range) {
    return canonical_text(range.low) + " to " + canonical_text(range.high);
}

} // namespace basin
