#include "analysis/print/print_axes.hpp"

#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>

namespace basin {
namespace {

constexpr double font = 8.0;
constexpr double line_height = 3.6; // mm

std::optional<double> number_of(const std::string& text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Categories to label: all, else the powers of ten if there are three and they are as far from
/// each other, else every so many.
std::vector<std::size_t> labelled(const std::vector<std::string>& categories, std::size_t room) {
    std::vector<std::size_t> all;
    std::vector<std::size_t> decades;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        all.push_back(i);
        const std::optional<double> value = number_of(categories[i]);
        if (!value || *value <= 0.0) continue;
        const double exponent = std::log10(*value);
        if (std::abs(exponent - std::round(exponent)) < 1e-9) decades.push_back(i);
    }
    if (all.size() <= room) return all;
    bool even = decades.size() >= 3 && decades.size() <= room;
    for (std::size_t i = 2; i < decades.size(); ++i)
        even = even && decades[i] - decades[i - 1] == decades[1] - decades[0];
    if (even) return decades;
    const std::size_t step = (all.size() + room - 1) / std::max<std::size_t>(room, 1);
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < all.size(); i += step)
        some.push_back(i);
    return some;
}

struct Tic {
    double place;
    std::string label; ///< a literal
    bool minor;        ///< small, without a label
};

void list(PrintTics& tics, const std::vector<Tic>& places) {
    const char* between = "";
    for (const Tic& tic : places) {
        const char* level = tic.minor ? " 1" : "";
        tics.command +=
            fmt::format("{}{} {:.6g}{}", between, tic.minor ? "\"\"" : tic.label, tic.place, level);
        tics.bare += fmt::format("{}\"\" {:.6g}{}", between, tic.place, level);
        between = ", ";
    }
    tics.command = "(" + tics.command + ")";
    tics.bare = "(" + tics.bare + ")";
}

PrintTics category_tics(const ChartAxis& axis, double length, bool across) {
    PrintTics tics;
    bool numbers = true;
    for (const std::string& category : axis.categories) {
        tics.widest = std::max(tics.widest, text_width(category, font));
        numbers = numbers && number_of(category).has_value();
    }
    const double count = static_cast<double>(axis.categories.size());
    // Names all want to be read; numbers can be left out.
    tics.turned = across && !numbers && (tics.widest + 2.0) * count > length;
    const double each = across && !tics.turned ? tics.widest + 2.0 : line_height;
    const auto room = static_cast<std::size_t>(std::max(1.0, length / each));
    std::vector<Tic> places;
    for (const std::size_t i : labelled(axis.categories, room))
        places.push_back({static_cast<double>(i), gnuplot_tic_text(axis.categories[i]), false});
    list(tics, places);
    tics.command = "noenhanced " + tics.command + (tics.turned ? " rotate by 35 right" : "");
    return tics;
}

std::string log_label(double value, bool powers) {
    if (!powers) return fmt::format("\"{:g}\"", value);
    const double exponent = std::floor(std::log10(value) + 1e-9);
    const double factor = value / std::pow(10.0, exponent);
    if (std::abs(factor - 1.0) < 1e-9) return fmt::format("\"10^{{{:g}}}\"", exponent);
    return fmt::format("\"{:.3g}·10^{{{:g}}}\"", factor, exponent);
}

/// Values to label: decades, or where there are few, 1, 2 and 5 of each, as far as they have room.
std::vector<double> log_places(const PrintRange& range, double room) {
    const int first = static_cast<int>(std::ceil(std::log10(range.low) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(range.high) + 1e-9));
    std::vector<double> places;
    const auto add = [&](std::initializer_list<double> factors) {
        places.clear();
        for (int exponent = first - 1; exponent <= last; ++exponent)
            for (const double factor : factors)
                if (const double value = factor * std::pow(10.0, exponent); range.holds(value))
                    places.push_back(value);
        return places.size() >= 2 && static_cast<double>(places.size()) <= room;
    };
    if (last - first < 2 && (add({1.0, 2.0, 5.0}) || add({1.0, 3.0}))) return places;
    places.clear();
    const int step = std::max(1, static_cast<int>(std::ceil((last - first + 1) / room)));
    for (int exponent = first; exponent <= last; exponent += step)
        places.push_back(std::pow(10.0, exponent));
    if (places.size() >= 2) return places;
    // Less than a decade: values that stand near the ends.
    const auto near = [&](double part) {
        const double value = range.low * std::pow(range.high / range.low, part);
        return number_of(fmt::format("{:.2g}", value)).value_or(value);
    };
    return {near(0.1), near(0.5), near(0.9)};
}

PrintTics logarithmic_tics(const PrintRange& range, double length, bool across) {
    const std::vector<double> labels =
        log_places(range, std::max(2.0, std::floor(length / (across ? 9.0 : 6.0))));
    // 0.01 to 10 000 as they are, if all are among them.
    const bool powers = labels.front() < 0.999e-2 || labels.back() > 1.001e4;
    std::vector<Tic> places;
    places.reserve(labels.size());
    for (const double value : labels)
        places.push_back({value, log_label(value, powers), false});
    const int first = static_cast<int>(std::floor(std::log10(range.low)));
    const int last = static_cast<int>(std::floor(std::log10(range.high)));
    for (int exponent = first; last - first <= 7 && exponent <= last; ++exponent)
        for (int factor = 1; factor <= 9; ++factor)
            if (const double value = factor * std::pow(10.0, exponent);
                range.holds(value) && std::ranges::find(labels, value) == labels.end())
                places.push_back({value, "", true});
    PrintTics tics;
    list(tics, places);
    tics.widest = 7.0;
    return tics;
}

/// 1, 2 or 5 times a power of ten, not below `least`.
double round_step(double least) {
    const double unit = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * unit >= least * 0.999) return factor * unit;
    return 10.0 * unit;
}

PrintTics linear_tics(const PrintRange& range, double length, bool across) {
    PrintTics tics;
    for (int wanted = std::max(2, static_cast<int>(length / (across ? 9.0 : 7.0)));; --wanted) {
        const double step = round_step((range.high - range.low) / wanted);
        const double first = std::ceil(range.low / step) * step;
        const int count = static_cast<int>((range.high - first) / step) + 1;
        tics.widest = 0.0;
        for (int i = 0; i < count; ++i)
            tics.widest =
                std::max(tics.widest, text_width(fmt::format("{:.6g}", first + i * step), font));
        tics.command = tics.bare = fmt::format("{:g}", step);
        if (!across || wanted <= 2 || count * (tics.widest + 2.0) <= length) return tics;
    }
}

} // namespace

PrintTics print_tics(const ChartAxis& axis, const PrintRange& range, double length, bool across) {
    if (!axis.categories.empty()) return category_tics(axis, length, across);
    return range.scale == Scale::logarithmic ? logarithmic_tics(range, length, across)
                                             : linear_tics(range, length, across);
}

} // namespace basin
