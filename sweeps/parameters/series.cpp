#include "sweeps/parameters/series.hpp"

#include "sweeps/parameters/diagnostics.hpp"

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace basin {

namespace {

using Decimal = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<50>,
                                              boost::multiprecision::et_off>;
using Arguments = std::vector<Decimal>;

Decimal decimal_of(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        throw std::invalid_argument(fmt::format("\"{}\" is not a finite number", text));
    return Decimal(text);
}

/// The double nearest to `number`.
double nearest_double(const Decimal& number) {
    const std::string text = number.str(40, std::ios_base::scientific);
    double result = 0;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

/// Far below and above every integer parameter's range, and within int64.
constexpr double integer_limit = 1e18;

Value whole_value(const Decimal& number) {
    if (abs(number) > integer_limit)
        throw std::invalid_argument("a value is too large for an integer");
    return number.convert_to<std::int64_t>();
}

Value rounded_value(const Decimal& number, Kind kind) {
    if (kind == Kind::real) return nearest_double(number);
    return whole_value(round(number));
}

Value exact_value(const Decimal& number, Kind kind) {
    if (kind == Kind::real) return nearest_double(number);
    if (number != floor(number))
        throw std::invalid_argument(
            fmt::format("gives {}, which is not an integer", number.str(12)));
    return whole_value(number);
}

void refuse_too_many() {
    throw std::invalid_argument(
        fmt::format("gives more than {} values; split the sweep or widen the step", largest_axis));
}

std::size_t count_of(const Decimal& count) {
    if (count != floor(count) || count < 2)
        throw std::invalid_argument("the number of values must be an integer of at least 2");
    if (count > largest_axis) refuse_too_many();
    return count.convert_to<std::size_t>();
}

std::vector<Value> lin(const Arguments& arguments, Kind kind) {
    const Decimal &first = arguments[0], &last = arguments[1];
    const std::size_t count = count_of(arguments[2]);
    std::vector<Value> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(rounded_value(first + (last - first) * i / (count - 1), kind));
    return values;
}

std::vector<Value> log(const Arguments& arguments, Kind kind) {
    const Decimal &first = arguments[0], &last = arguments[1];
    const std::size_t count = count_of(arguments[2]);
    if (first <= 0 || last <= 0) throw std::invalid_argument("both ends must be greater than 0");
    const Decimal ratio = pow(last / first, Decimal(1) / (count - 1));
    std::vector<Value> values;
    Decimal value = first;
    for (std::size_t i = 0; i + 1 < count; ++i, value *= ratio)
        values.push_back(rounded_value(value, kind));
    values.push_back(rounded_value(last, kind));
    return values;
}

std::vector<Value> range(const Arguments& arguments, Kind kind) {
    const Decimal &first = arguments[0], &last = arguments[1], &step = arguments[2];
    if (step <= 0) throw std::invalid_argument("the step must be greater than 0");
    if (first > last) throw std::invalid_argument("the first value must not exceed the last");
    const Decimal steps = (last - first) / step;
    if (steps >= largest_axis) refuse_too_many();
    const Decimal rounding("1e-30"); // of the quotient
    const auto count = floor(steps + rounding).convert_to<std::size_t>() + 1;
    std::vector<Value> values; // counted: a step may be too small to change any sum
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(exact_value(first + step * i, kind));
    return values;
}

std::vector<Value> pow2(const Arguments& arguments, Kind kind) {
    const Decimal &first = arguments[0], &last = arguments[1];
    if (first != floor(first) || last != floor(last))
        throw std::invalid_argument("the exponents must be integers");
    if (first > last) throw std::invalid_argument("the first exponent must not exceed the last");
    const int smallest = kind == Kind::integer ? 0 : -1022;
    const int largest = kind == Kind::integer ? 62 : 1023;
    if (first < smallest || last > largest)
        throw std::invalid_argument(
            fmt::format("the exponents must be from {} to {}", smallest, largest));
    std::vector<Value> values;
    for (int e = first.convert_to<int>(); e <= last.convert_to<int>(); ++e)
        if (kind == Kind::integer)
            values.emplace_back(std::int64_t{1} << e);
        else
            values.emplace_back(std::ldexp(1.0, e));
    return values;
}

struct Series {
    std::string_view name;
    std::string_view form;
    std::size_t argument_count;
    std::vector<Value> (*make)(const Arguments&, Kind);
};

constexpr std::array<Series, 4> all_series{{
    {"lin", "lin(a, b, n)", 3, lin},
    {"log", "log(a, b, n)", 3, log},
    {"range", "range(a, b, step)", 3, range},
    {"pow2", "pow2(a, b)", 2, pow2},
}};

const Series& series_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Series& series : all_series) {
        if (series.name == name) return series;
        names.push_back(series.name);
    }
    const std::string near = nearest_name(name, names);
    throw std::invalid_argument(fmt::format(
        "unknown series \"{}\"; {}known: {}", name,
        near.empty() ? "" : fmt::format("did you mean \"{}\"? ", near), fmt::join(names, ", ")));
}

} // namespace

std::vector<Value> make_series(std::string_view name, const std::vector<std::string>& arguments,
                               Kind kind) {
    const Series& series = series_named(name);
    if (arguments.size() != series.argument_count)
        throw std::invalid_argument(
            fmt::format("{} takes {} arguments: {}", name, series.argument_count, series.form));
    Arguments numbers;
    for (const std::string& argument : arguments)
        numbers.push_back(decimal_of(argument));
    return series.make(numbers, kind);
}

} // namespace basin
