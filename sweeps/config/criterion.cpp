#include "sweeps/config/criterion.hpp"

#include "sweeps/config/capacity_rule.hpp"
#include "sweeps/config/config_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace basin {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

} // namespace

std::string Criterion::text() const {
    return fmt::format("{} {} {}", metric, at_least ? ">=" : "<=", threshold);
}

Criterion read_criterion(std::string_view text) {
    const auto wrong = [&](const std::string& why) {
        return std::invalid_argument(fmt::format("criterion = \"{}\": {}", text, why));
    };
    const std::size_t sign = text.find_first_of("<>");
    if (sign == std::string_view::npos)
        throw wrong("must be a metric, >= or <=, and a number, such as \"exact_recall >= 0.5\"");
    Criterion criterion;
    criterion.at_least = text[sign] == '>';
    criterion.metric = trimmed(text.substr(0, sign));
    std::string_view number = text.substr(sign + 1);
    if (!number.starts_with('='))
        throw wrong(fmt::format("write {0}= in the place of {0}: a curve that meets the threshold "
                                "is sought, not one that passes it",
                                text[sign]));
    number.remove_prefix(1);
    number = trimmed(number);
    const auto [end, failure] =
        std::from_chars(number.data(), number.data() + number.size(), criterion.threshold);
    const auto known = capacity_metrics();
    if (std::ranges::find(known, criterion.metric) == known.end())
        throw wrong(fmt::format("\"{}\" is no metric from 0 to 1{}", criterion.metric,
                                hint(criterion.metric, {known.begin(), known.end()})));
    if (failure != std::errc{} || end != number.data() + number.size() ||
        !(criterion.threshold > 0.0 && criterion.threshold < 1.0))
        throw wrong(
            fmt::format("the threshold must be a number between 0 and 1, not \"{}\"", number));
    return criterion;
}

} // namespace basin
