// parse_config on any text, with one --set after a zero byte if there is one. It refuses by
// ConfigError alone. What it accepts has a plan, or a cube that is refused as too large, and the
// same one when it is parsed again; the config of its first point gives that point its key.

#include "sweeps/plan/plan.hpp"
#include "sweeps/plan/point_config.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/memory_file.hpp"

namespace {

using namespace basin;
using tests::require;

/// The most values of one text that are worth the time; the rest are more of the same.
constexpr double most_values = 300;
constexpr double refused_values = 1e7;

/// Whether a series of the text, "(a, b, n)" or "(a, b, step)", is longer than that and yet legal.
bool takes_long(const std::string& text) {
    double values = 0;
    for (std::size_t at = text.find('('); at != std::string::npos; at = text.find('(', at + 1)) {
        std::vector<double> numbers;
        const char* separator = text.c_str() + at;
        while (numbers.size() < 3 && (*separator == '(' || *separator == ',')) {
            char* end = nullptr;
            numbers.push_back(std::strtod(separator + 1, &end));
            while (*end == ' ' || *end == '\t' || *end == '\n')
                ++end;
            separator = end;
        }
        if (numbers.size() < 3) continue;
        for (const double count : {numbers[2], (numbers[1] - numbers[0]) / numbers[2]})
            if (count > 0 && count <= 1.1 * refused_values) values += count;
    }
    return values > most_values;
}

std::optional<Plan> plan_of(std::string_view text, const std::vector<std::string>& overrides) {
    try {
        return Plan(parse_config(text, "fuzz.toml", overrides));
    } catch (const ConfigError& error) {
        require(!error.diagnostics.empty());
        return {};
    }
}

/// The first point of the first scene, if it has any.
std::optional<std::uint64_t> first_point(const Plan& plan) {
    std::optional<std::uint64_t> first;
    plan.visit_points(0, 0, [&](std::uint64_t cell) {
        first = cell;
        return false;
    });
    return first;
}

void check(const Plan& plan) {
    const Config& config = plan.config();
    const std::optional<Plan> again = plan_of(config.text, config.overrides);
    require(again.has_value());
    require(again->resolved_json() == plan.resolved_json());
    require(again->digest() == plan.digest());

    constexpr std::uint64_t quickly_visited = 10'000;
    if (plan.point_bound() > quickly_visited) return;
    const auto cell = first_point(plan);
    if (!cell) return;
    const std::optional<Plan> alone = plan_of(point_config(plan, *cell), {});
    require(alone.has_value());
    require(alone->point_key(plan.replicate_of(*cell)) == plan.point_key(*cell));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    if (takes_long(input)) return 0;
    const std::size_t zero = input.find('\0');
    std::vector<std::string> overrides;
    if (zero != std::string::npos) overrides.push_back(input.substr(zero + 1));
    if (const auto plan = plan_of(std::string_view(input).substr(0, zero), overrides)) check(*plan);
    return 0;
}
