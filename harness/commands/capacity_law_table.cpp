#include "harness/commands/capacity_law_table.hpp"

#include "results/export/table_export.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace basin {

namespace {

std::vector<std::size_t> varying_beside_size(const Plan& plan) {
    std::vector<std::size_t> result;
    for (const Dimension& dimension : plan.dimensions()) {
        const std::string_view name = parameters()[dimension.parameter].name;
        if (name != "pattern_count" && name != "dimension") result.push_back(dimension.parameter);
    }
    return result;
}

const Coordinates& coordinates_of(const FoundLaws& laws, const CapacityLaw& law) {
    return laws.found[law.curves.front()].coordinates;
}

std::int64_t dimension_at(const FoundLaws& laws, const CapacityLaw& law, std::size_t point) {
    const Coordinates& coordinates = laws.found[law.curves[point]].coordinates;
    return std::get<std::int64_t>(coordinates[parameter_index("dimension").value()]);
}

std::string finite_text(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string finite_text(const std::optional<double>& value) {
    return value ? finite_text(*value) : "";
}

nlohmann::json json_of(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

nlohmann::json json_of(const std::optional<double>& value) {
    return value ? json_of(*value) : nlohmann::json(nullptr);
}

std::string exponent_text(const CapacityLaw& law) {
    std::string text = fmt::format("b = {:.3f}", law.law.exponent);
    if (std::isfinite(law.law.exponent_lower))
        text += fmt::format(" ({:.3f} to {:.3f})", law.law.exponent_lower, law.law.exponent_upper);
    if (law.theory_exponent) text += fmt::format(", theory {:.4g}", *law.theory_exponent);
    if (law.theory_exponent_here)
        text += fmt::format(", at these N {:.3f}", *law.theory_exponent_here);
    return text;
}

/// The largest residual.
std::string residual_text(const CapacityLaw& law) {
    if (law.law.used < 3) return fmt::format("; through {} N, without an interval", law.law.used);
    double largest = 0.0;
    for (const double residual : law.law.residuals)
        if (!std::isnan(residual)) largest = std::max(largest, std::abs(residual));
    return fmt::format("; {} N within {:.2g} % of it", law.law.used, 100 * std::expm1(largest));
}

} // namespace

FoundLaws laws_of(const Plan& plan, std::span<const CapacityCurve> curves) {
    FoundLaws laws;
    for (const CapacityCurve& curve : curves)
        if (curve.no_meaning.empty() && curve.finished)
            laws.found.push_back({curve.coordinates, curve.crossing, curve.theory});
    laws.laws = capacity_laws(laws.found, plan.config().capacity->confidence);
    return laws;
}

std::string law_csv(const Plan& plan, const FoundLaws& laws) {
    const std::vector<std::size_t> columns = varying_beside_size(plan);
    std::string text;
    for (const std::size_t parameter : columns)
        text += fmt::format("{},", parameters()[parameter].name);
    text += "exponent,exponent_lower,exponent_upper,factor,scatter,theory_exponent,"
            "theory_exponent_here,used,left_out,residuals\n";
    for (const CapacityLaw& law : laws.laws) {
        for (const std::size_t parameter : columns)
            text += csv_field(canonical_text(coordinates_of(laws, law)[parameter])) + ",";
        const PowerLaw& fit = law.law;
        text += fmt::format("{},{},{},{},{},{},{},{},{},", finite_text(fit.exponent),
                            finite_text(fit.exponent_lower), finite_text(fit.exponent_upper),
                            finite_text(fit.factor), finite_text(fit.scatter),
                            finite_text(law.theory_exponent), finite_text(law.theory_exponent_here),
                            fit.used, fit.left_out);
        const char* separator = "";
        for (std::size_t i = 0; i < law.curves.size(); ++i) {
            if (std::isnan(fit.residuals[i])) continue;
            text += fmt::format("{}{}:{}", separator, dimension_at(laws, law, i), fit.residuals[i]);
            separator = " ";
        }
        text += "\n";
    }
    return text;
}

nlohmann::json law_json(const Plan& plan, const FoundLaws& laws) {
    nlohmann::json rows = nlohmann::json::array();
    for (const CapacityLaw& law : laws.laws) {
        nlohmann::json row;
        for (const std::size_t parameter : varying_beside_size(plan))
            std::visit([&](const auto& v) { row[std::string(parameters()[parameter].name)] = v; },
                       coordinates_of(laws, law)[parameter]);
        row["exponent"] = json_of(law.law.exponent);
        row["exponent_lower"] = json_of(law.law.exponent_lower);
        row["exponent_upper"] = json_of(law.law.exponent_upper);
        row["factor"] = json_of(law.law.factor);
        row["scatter"] = json_of(law.law.scatter);
        row["theory_exponent"] = json_of(law.theory_exponent);
        row["theory_exponent_here"] = json_of(law.theory_exponent_here);
        row["used"] = law.law.used;
        row["left_out"] = law.law.left_out;
        row["residuals"] = nlohmann::json::array();
        for (std::size_t i = 0; i < law.curves.size(); ++i)
            row["residuals"].push_back({{"dimension", dimension_at(laws, law, i)},
                                        {"residual", json_of(law.law.residuals[i])}});
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string law_text(const Plan& plan, const FoundLaws& laws) {
    std::string text;
    for (const CapacityLaw& law : laws.laws) {
        std::string which;
        for (const std::size_t parameter : varying_beside_size(plan)) {
            which += which.empty() ? "  (" : ", ";
            which += fmt::format("{} {}", parameters()[parameter].name,
                                 canonical_text(coordinates_of(laws, law)[parameter]));
        }
        if (!which.empty()) which += ')';
        if (std::isnan(law.law.exponent))
            text += fmt::format("K_c ~ N^b  no fit: {} of {} N have an interval{}\n", law.law.used,
                                law.curves.size(), which);
        else
            text +=
                fmt::format("K_c ~ N^b  {}{}{}\n", exponent_text(law), residual_text(law), which);
    }
    return text;
}

} // namespace basin
