#include "sweeps/config/resolved_json.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace basin {

namespace {

using Json = nlohmann::json;

constexpr std::array<const char*, 6> relation_signs{"=", "!=", "<", "<=", ">", ">="};

Json json_of(const Value& value) {
    return std::visit([](const auto& content) { return Json(content); }, value);
}

Json json_of(const std::vector<Value>& values) {
    Json list = Json::array();
    for (const Value& value : values)
        list.push_back(json_of(value));
    return list;
}

Json json_of(const Conditions& conditions) {
    Json list = Json::array();
    for (const Condition& condition : conditions)
        list.push_back(
            {{"parameter", parameter_name(condition.parameter)},
             {"relation", relation_signs.at(static_cast<std::size_t>(condition.relation))},
             {"values", json_of(condition.values)}});
    return list;
}

Json json_of(const ConfigBlock& block) {
    Json json{{"axes", Json::object()},
              {"zip", Json::array()},
              {"when", Json::array()},
              {"exclude", Json::array()}};
    for (const Axis& axis : block.axes)
        json["axes"][parameter_name(axis.parameter)] = json_of(axis.values);
    for (const auto& zip : block.zips) {
        Json names = Json::array();
        for (const std::size_t parameter : zip)
            names.push_back(parameter_name(parameter));
        json["zip"].push_back(std::move(names));
    }
    for (const When& when : block.whens)
        json["when"].push_back({{"parameter", parameter_name(when.parameter)},
                                {"if", json_of(when.conditions)},
                                {"otherwise", json_of(when.otherwise)}});
    for (const Conditions& exclude : block.excludes)
        json["exclude"].push_back(json_of(exclude));
    return json;
}

} // namespace

std::string resolved_json(const Config& config) {
    Json json{{"name", config.name},
              {"seed", config.seed},
              {"replicates", config.replicates},
              {"blocks", Json::array()}};
    if (const auto& rule = config.stopping)
        json["stopping"] = {{"min", rule->min},
                            {"batch", rule->batch},
                            {"max", rule->max},
                            {"half_width", rule->half_width},
                            {"metric", rule->metric}};
    if (const auto& rule = config.capacity)
        json["capacity"] = {
            {"criterion", rule->criterion.text()},
            {"minimum", rule->minimum},
            {"maximum", rule->maximum},
            {"relative_width", rule->relative_width},
            {"replicates", {{"min", rule->min_replicates}, {"max", rule->max_replicates}}},
            {"confidence", rule->confidence}};
    for (const ConfigBlock& block : config.blocks)
        json["blocks"].push_back(json_of(block));
    return json.dump();
}

} // namespace basin
