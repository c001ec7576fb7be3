#include "sweeps/parameters/axis.hpp"

#include "sweeps/parameters/plain_text.hpp"
#include "sweeps/parameters/range_text.hpp"
#include "sweeps/parameters/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace basin {

namespace {

std::string bound_text(double bound) {
    return bound == std::floor(bound) ? std::to_string(static_cast<std::int64_t>(bound))
                                      : canonical_text(bound);
}

bool in_range(const Parameter& parameter, double number) {
    if (!std::isfinite(number)) return false;
    if (parameter.minimum && number < *parameter.minimum) return false;
    if (parameter.minimum_excluded && number == *parameter.minimum) return false;
    return !parameter.maximum || number <= *parameter.maximum;
}

/// Whether texts of the kind stand for themselves, without the axis grammar.
bool is_verbatim(Kind kind) {
    return kind == Kind::text || kind == Kind::range;
}

/// Whether the value is of the parameter's kind and range, after conversion of an integer to a
/// real, and of a range to its one text.
bool fits(const Parameter& parameter, Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    switch (parameter.kind) {
    case Kind::text:
        // What is not UTF-8 is reported by whoever read it.
        return text != nullptr && (!is_utf8(*text) || shown_plainly(*text) == *text);
    case Kind::range: {
        if (text == nullptr || text->empty()) return text != nullptr;
        const std::optional<ValueRange> range = parse_range(*text);
        if (range) value = text_of(*range);
        return range.has_value();
    }
    case Kind::choice:
        return text != nullptr &&
               std::ranges::find(parameter.choices, *text) != parameter.choices.end();
    case Kind::real:
        if (text != nullptr) return false;
        value = number_of(value) + 0.0; // one zero: -0 is 0
        return in_range(parameter, std::get<double>(value));
    case Kind::integer:
        return std::holds_alternative<std::int64_t>(value) && in_range(parameter, number_of(value));
    }
    return false;
}

std::string remedy(const Parameter& parameter, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (parameter.kind == Kind::text) return ", without control characters";
        const std::string near = nearest_name(*text, parameter.choices);
        return near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near);
    }
    const auto* real = std::get_if<double>(&value);
    constexpr double most_exact = 9007199254740992.0; // 2^53
    if (parameter.kind != Kind::integer || real == nullptr || *real != std::floor(*real) ||
        !in_range(parameter, *real) || std::abs(*real) > most_exact)
        return "";
    return fmt::format("; write {}", static_cast<std::int64_t>(*real));
}

/// A bare word of the grammar: a number where it reads as one, else a name.
Value value_of(std::string_view word) {
    const char* const end = word.data() + word.size();
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(word.data(), end, integer);
        read.ec == std::errc{} && read.ptr == end)
        return integer;
    double real = 0;
    if (const auto read = std::from_chars(word.data(), end, real);
        read.ec == std::errc{} && read.ptr == end)
        return real;
    return std::string(word);
}

/// Recursive descent over one axis text. Syntax errors are thrown as std::invalid_argument and
/// become one diagnostic; values that do not fit are reported one by one.
class Reader {
public:
    Reader(const Parameter& parameter, std::string_view text, const Place& place,
           std::vector<Diagnostic>& diagnostics)
        : parameter_(parameter), text_(text), place_(place), diagnostics_(diagnostics) {}

    std::vector<Value> read() {
        try {
            read_union();
        } catch (const std::invalid_argument& problem) {
            diagnostics_.push_back(
                {place_, fmt::format("{} = \"{}\": {}", parameter_.name, text_, problem.what())});
        }
        return std::move(values_);
    }

private:
    void read_union() {
        if (is_verbatim(parameter_.kind) && peek() != '[' && peek() != '"') {
            add(std::string(text_));
            return;
        }
        do
            read_term();
        while (take('+'));
        if (at_ != text_.size())
            throw std::invalid_argument(
                fmt::format("unexpected \"{}\"; terms are joined by +", text_.substr(at_)));
    }

    void read_term() {
        if (take('[')) {
            read_list();
            return;
        }
        if (take('"')) {
            add(read_quoted());
            return;
        }
        const std::string word(read_word());
        if (!take('(')) {
            add(value_of(word));
            return;
        }
        if (parameter_.kind != Kind::integer && parameter_.kind != Kind::real)
            throw std::invalid_argument("series are for numbers; list the names: [a, b]");
        const std::vector<std::string> arguments = read_arguments();
        try {
            for (Value& value : make_series(word, arguments, parameter_.kind))
                add(std::move(value));
        } catch (const std::invalid_argument& problem) {
            throw std::invalid_argument(
                fmt::format("{}({}): {}", word, fmt::join(arguments, ", "), problem.what()));
        }
    }

    void read_list() {
        if (take(']'))
            throw std::invalid_argument("the list is empty; it needs at least one value");
        do
            read_item();
        while (take(','));
        expect(']');
    }

    void read_item() {
        if (take('"'))
            add(read_quoted());
        else if (is_verbatim(parameter_.kind))
            add(std::string(read_word()));
        else
            add(value_of(read_word()));
    }

    std::vector<std::string> read_arguments() {
        std::vector<std::string> arguments;
        do
            arguments.emplace_back(read_word());
        while (take(','));
        expect(')');
        return arguments;
    }

    std::string read_quoted() {
        const std::size_t end = text_.find('"', at_);
        if (end == std::string_view::npos)
            throw std::invalid_argument("a quotation mark is not closed");
        std::string content(text_.substr(at_, end - at_));
        at_ = end + 1;
        skip_spaces();
        return content;
    }

    /// A name or number, up to a separator. The + of "1e+5" belongs to the number.
    std::string_view read_word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !ends_word(begin))
            ++at_;
        const std::string_view word = text_.substr(begin, at_ - begin);
        if (word.empty())
            throw std::invalid_argument(
                at_ == text_.size()
                    ? "a value is missing at the end"
                    : fmt::format("a value is missing before \"{}\"", text_.substr(at_)));
        skip_spaces();
        return word;
    }

    bool ends_word(std::size_t begin) const {
        const char c = text_[at_];
        if (c == '+') {
            const char first = text_[begin];
            const bool number = (first >= '0' && first <= '9') || first == '-' || first == '.';
            const bool exponent = at_ > begin && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E');
            return !(number && exponent);
        }
        if (is_verbatim(parameter_.kind)) return c == ',' || c == ']';
        return std::string_view(",()[]\" \t\n").find(c) != std::string_view::npos;
    }

    char peek() {
        skip_spaces();
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char expected) {
        if (peek() != expected) return false;
        ++at_;
        skip_spaces();
        return true;
    }

    void expect(char expected) {
        if (!take(expected))
            throw std::invalid_argument(
                fmt::format("expected \"{}\" {}", expected,
                            at_ == text_.size() ? std::string("at the end")
                                                : fmt::format("before \"{}\"", text_.substr(at_))));
    }

    void skip_spaces() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
            ++at_;
    }

    void add(Value value) {
        if (values_.size() == largest_axis)
            throw std::invalid_argument(
                fmt::format("more than {} values; split the sweep", largest_axis));
        if (admit(parameter_, value, place_, diagnostics_)) values_.push_back(std::move(value));
    }

    const Parameter& parameter_;
    std::string_view text_;
    const Place& place_;
    std::vector<Diagnostic>& diagnostics_;
    std::vector<Value> values_;
    std::size_t at_ = 0;
};

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin);
}

} // namespace

std::string expectation(const Parameter& parameter) {
    if (parameter.kind == Kind::text) return "a text in quotation marks";
    if (parameter.kind == Kind::range)
        return "a range LOW to HIGH in quotation marks, such as \"0 to 255\"";
    if (parameter.kind == Kind::choice)
        return fmt::format("one of {}", fmt::join(parameter.choices, ", "));
    std::string text = parameter.kind == Kind::integer ? "an integer" : "a finite number";
    if (parameter.minimum && parameter.maximum)
        return text + fmt::format(" from {} to {}", bound_text(*parameter.minimum),
                                  bound_text(*parameter.maximum));
    if (parameter.minimum)
        text += fmt::format(" {} {}", parameter.minimum_excluded ? "greater than" : "of at least",
                            bound_text(*parameter.minimum));
    return text;
}

std::string shown(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("\"{}\"", *text);
    std::string number = canonical_text(value);
    if (std::holds_alternative<double>(value) &&
        number.find_first_not_of("-0123456789") == std::string::npos)
        number += ".0";
    return number;
}

void keep_distinct(std::vector<Value>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<bool> repeated(values.size());
    for (std::size_t i = 1; i < order.size(); ++i)
        repeated[order[i]] = values[order[i]] == values[order[i - 1]];
    std::size_t kept = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!repeated[i]) {
            if (kept != i) values[kept] = std::move(values[i]);
            ++kept;
        }
    values.resize(kept);
}

bool admit(const Parameter& parameter, Value& value, const Place& place,
           std::vector<Diagnostic>& diagnostics) {
    const Value given = value;
    if (fits(parameter, value)) return true;
    diagnostics.push_back({place, fmt::format("{} = {}: must be {}{}", parameter.name, shown(given),
                                              expectation(parameter), remedy(parameter, given))});
    return false;
}

std::vector<Value> parse_axis(const Parameter& parameter, std::string_view text, const Place& place,
                              std::vector<Diagnostic>& diagnostics) {
    std::vector<Value> values = Reader(parameter, trimmed(text), place, diagnostics).read();
    keep_distinct(values);
    return values;
}

} // namespace basin
