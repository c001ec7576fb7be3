#pragma once

#include "harness/commands/command.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string>

namespace basin {

/// The whole number that an option of type std::string gives. Throws UsageError if it is none, or
/// less than `least`; a conversion by the library would take -1 for 2^64 - 1.
inline std::uint64_t whole_number(const OptionValues& values, const char* option,
                                  std::uint64_t least) {
    const std::string& text = values[option].as<std::string>();
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || number < least)
        throw UsageError(
            fmt::format("--{} takes a whole number, {} or more, not '{}'", option, least, text));
    return number;
}

} // namespace basin
