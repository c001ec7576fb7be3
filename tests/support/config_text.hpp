#pragma once
// Configs made of texts, and what is wrong with texts that make none.

#include "sweeps/config/config.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/plan_points.hpp"

namespace basin::tests {

inline Config parse(std::string_view text, const std::vector<std::string>& overrides = {}) {
    return parse_config(text, "a.toml", overrides);
}

/// Everything that is wrong with a text, one message each.
inline std::vector<std::string> problems(std::string_view text,
                                         const std::vector<std::string>& overrides = {}) {
    std::vector<std::string> messages;
    try {
        parse(text, overrides);
    } catch (const ConfigError& error) {
        for (const Diagnostic& diagnostic : error.diagnostics)
            messages.push_back(to_string(diagnostic));
    }
    return messages;
}

/// The one thing that is wrong with a text; a list of all if it is not one.
inline std::string problem(std::string_view text, const std::vector<std::string>& overrides = {}) {
    const std::vector<std::string> messages = problems(text, overrides);
    if (messages.size() == 1) return messages[0];
    std::string all = std::to_string(messages.size()) + " problems";
    for (const std::string& message : messages)
        all += "\n" + message;
    return all;
}

/// What a block says of a parameter; empty if nothing.
inline const std::vector<Value>& values(const ConfigBlock& block, std::string_view name) {
    static const std::vector<Value> none;
    const auto found = std::ranges::find(block.axes, index_of(name), &Axis::parameter);
    return found == block.axes.end() ? none : found->values;
}

inline std::vector<Value> reals(std::initializer_list<double> numbers) {
    return {numbers.begin(), numbers.end()};
}

inline std::vector<Value> integers(std::initializer_list<std::int64_t> numbers) {
    return {numbers.begin(), numbers.end()};
}

} // namespace basin::tests
