#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace basin {
namespace {

struct Wording {
    std::string_view name;
    std::string_view words;
};

/// Names whose words are not the name with blanks.
constexpr std::array wordings{
    Wording{"dimension", "dimension N"},
    Wording{"pattern_count", "pattern count K"},
    Wording{"interaction_vertex", "interaction vertex n"},
    Wording{"beta", "β"},
    Wording{"beta_scale", "β scale"},
    Wording{"one_minus_ssim", "1 − SSIM"},
    Wording{"k90", "memories with 90 % of the weight"},
    Wording{"exact_recall", "exact recall"},
    Wording{"metastable_count", "metastable states"},
};

std::string with_blanks(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

} // namespace

std::string words(std::string_view name) {
    for (const Wording& wording : wordings)
        if (wording.name == name) return std::string(wording.words);
    return with_blanks(name);
}

std::string title_with_unit(std::string_view name, std::string_view unit) {
    if (unit.empty() || unit == "1") return words(name);
    return fmt::format("{} ({})", words(name), unit);
}

std::string number_format(const CubeAxis& axis) {
    const bool whole = std::all_of(axis.numbers.begin(), axis.numbers.end(),
                                   [](double value) { return value == std::floor(value); });
    return whole ? "d" : ".3~g";
}

std::string value_text(const CubeAxis& axis, std::size_t index) {
    if (axis.name == "store") return axis.labels[index]; // a name that somebody gave
    if (!axis.numeric) return with_blanks(axis.labels[index]);
    const double value = axis.numbers[index];
    if (value == std::floor(value) && std::abs(value) < 1e6) return fmt::format("{:.0f}", value);
    return number_text(value);
}

std::string number_text(double value, int digits) {
    if (std::isnan(value)) return "–";
    // A thousand and more reads better written out than as a power of ten.
    const double written = rounded(value, digits);
    if (std::abs(written) >= std::min(1e3, std::pow(10.0, digits)) && std::abs(written) < 1e7 &&
        written == std::floor(written))
        return (value < 0.0 ? "-" : "") + count_text(static_cast<std::size_t>(std::abs(written)));
    return fmt::format("{:.{}g}", value, digits);
}

std::string count_text(std::size_t count) {
    const std::string digits = std::to_string(count);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

std::string replicates_text(std::size_t replicates) {
    return fmt::format("{} replicate{}", count_text(replicates), replicates == 1 ? "" : "s");
}

double rounded(double value, int digits) {
    if (!std::isfinite(value)) return value;
    const std::string text = fmt::format("{:.{}e}", value, digits - 1);
    double result = value;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

} // namespace basin
