#include "harness/commands/capacity_table.hpp"

#include "analysis/capacity/crossing_words.hpp"
#include "results/export/table_export.hpp"
#include "results/files/json_number.hpp"
#include "sweeps/parameters/counted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

namespace {

std::string_view state_of(const CapacityCurve& curve) {
    if (!curve.no_meaning.empty()) return "not_applicable";
    if (!curve.finished) return "stopped";
    return name_of(curve.crossing.state);
}

std::uint64_t last_pattern_count(const CapacityCurve& curve) {
    return ladder(curve.rule).back();
}

std::vector<std::size_t> varying(const Plan& plan) {
    std::vector<std::size_t> result;
    for (const Dimension& dimension : plan.dimensions())
        if (parameters()[dimension.parameter].name != "pattern_count")
            result.push_back(dimension.parameter);
    return result;
}

std::string words_of(const CapacityCurve& curve) {
    if (!curve.no_meaning.empty()) return "no meaning: " + curve.no_meaning;
    if (!curve.finished) return "stopped before its end";
    std::string words = in_words(curve.crossing);
    if (curve.failed > 0) words += fmt::format(", {} failed", counted(curve.failed, "scene"));
    return words;
}

std::string estimate_text(const CapacityCurve& curve) {
    if (!curve.no_meaning.empty() || !curve.finished) return "-";
    switch (curve.crossing.state) {
    case CrossingState::below_range:
        return fmt::format("< {}", curve.rule.least);
    case CrossingState::above_range:
    case CrossingState::above_limit:
        return fmt::format("> {}", last_pattern_count(curve));
    default:
        break;
    }
    return std::isnan(curve.crossing.estimate) ? "-"
                                               : fmt::format("{:.4g}", curve.crossing.estimate);
}

std::string interval_text(const CapacityCurve& curve) {
    const Crossing& crossing = curve.crossing;
    if (std::isnan(crossing.estimate)) return "-";
    return fmt::format("{:.4g} to {:.4g}", crossing.lower, crossing.upper);
}

constexpr std::array<std::string_view, 3> theories{"theory_asymptotic", "theory",
                                                   "retrieval_limit"};

/// NaN where it is silent.
double theory_of(const CapacityCurve& curve, std::string_view name) {
    const TheoreticalCapacity* said = curve.theory ? curve.theory->find(name) : nullptr;
    return said == nullptr ? std::numeric_limits<double>::quiet_NaN() : said->pattern_count;
}

std::string theory_text(const CapacityCurve& curve) {
    const TheoreticalCapacity* said = curve.theory ? curve.theory->best() : nullptr;
    return said == nullptr ? "-" : fmt::format("{:.4g}", said->pattern_count);
}

std::string number(double value) {
    return std::isnan(value) ? "" : fmt::format("{}", value);
}

/// Width in characters, for names in UTF-8.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

std::string capacity_csv(const Plan& plan, std::span<const CapacityCurve> curves) {
    const std::vector<std::size_t> columns = varying(plan);
    std::string text;
    for (const std::size_t parameter : columns)
        text += fmt::format("{},", parameters()[parameter].name);
    text += "critical_pattern_count,lower,upper,slope,state,last_pattern_count,scenes,failed";
    for (const std::string_view name : theories)
        text += fmt::format(",{}", name);
    text += "\n";
    for (const CapacityCurve& curve : curves) {
        for (const std::size_t parameter : columns)
            text += csv_field(canonical_text(curve.coordinates[parameter])) + ",";
        if (curve.no_meaning.empty() && curve.finished)
            text += fmt::format("{},{},{},{}", number(curve.crossing.estimate),
                                number(curve.crossing.lower), number(curve.crossing.upper),
                                number(curve.crossing.slope));
        else
            text += ",,,";
        text += fmt::format(",{},{},{},{}", state_of(curve), last_pattern_count(curve),
                            curve.scenes, curve.failed);
        for (const std::string_view name : theories)
            text += "," + number(theory_of(curve, name));
        text += "\n";
    }
    return text;
}

nlohmann::json capacity_json(const Plan& plan, std::span<const CapacityCurve> curves) {
    const std::vector<std::size_t> columns = varying(plan);
    nlohmann::json rows = nlohmann::json::array();
    for (const CapacityCurve& curve : curves) {
        nlohmann::json row;
        for (const std::size_t parameter : columns)
            std::visit([&](const auto& v) { row[std::string(parameters()[parameter].name)] = v; },
                       curve.coordinates[parameter]);
        const bool known = curve.no_meaning.empty() && curve.finished;
        row["critical_pattern_count"] = known ? json_number(curve.crossing.estimate) : nullptr;
        row["lower"] = known ? json_number(curve.crossing.lower) : nullptr;
        row["upper"] = known ? json_number(curve.crossing.upper) : nullptr;
        row["slope"] = known ? json_number(curve.crossing.slope) : nullptr;
        row["state"] = state_of(curve);
        row["last_pattern_count"] = last_pattern_count(curve);
        row["scenes"] = curve.scenes;
        row["failed"] = curve.failed;
        for (const std::string_view name : theories)
            row[std::string(name)] = json_number(theory_of(curve, name));
        if (!curve.no_meaning.empty()) row["reason"] = curve.no_meaning;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string capacity_text(const Plan& plan, std::span<const CapacityCurve> curves) {
    const std::vector<std::size_t> columns = varying(plan);
    std::vector<std::vector<std::string>> rows(1);
    for (const std::size_t parameter : columns)
        rows[0].emplace_back(parameters()[parameter].name);
    for (const char* name : {"K_c", "interval", "theory", "scenes", "state"})
        rows[0].emplace_back(name);
    for (const CapacityCurve& curve : curves) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const std::size_t parameter : columns)
            row.push_back(canonical_text(curve.coordinates[parameter]));
        row.insert(row.end(), {estimate_text(curve), interval_text(curve), theory_text(curve),
                               std::to_string(curve.scenes), words_of(curve)});
    }
    std::vector<std::size_t> widths(rows[0].size(), 0);
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c)
            widths[c] = std::max(widths[c], width_of(row[c]));
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t c = 0; c + 1 < row.size(); ++c)
            text += row[c] + std::string(widths[c] - width_of(row[c]) + 2, ' ');
        text += row.back() + "\n";
    }
    return text;
}

} // namespace basin
