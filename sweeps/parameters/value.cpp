#include "sweeps/parameters/value.hpp"

#include <array>
#include <charconv>

namespace basin {

std::string canonical_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    std::array<char, 32> buffer{}; // the longest shortest double has 24 characters
    const auto write = [&](auto number) {
        return std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    };
    const char* end = nullptr;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        end = write(*integer);
    else
        end = write(std::get<double>(value) + 0.0); // -0 becomes 0: they are one value
    return std::string(static_cast<const char*>(buffer.data()), end);
}

double number_of(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    return std::get<double>(value);
}

} // namespace basin
