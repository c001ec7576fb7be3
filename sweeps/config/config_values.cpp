#include "sweeps/config/config_values.hpp"

#include "sweeps/parameters/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace basin {

namespace {

void read_item(const Parameter& parameter, const ConfigNode& node, std::vector<Value>& values,
               Diagnostics& diagnostics) {
    const std::string* text = node.text();
    if (text != nullptr && parameter.kind != Kind::text) {
        const auto more = parse_axis(parameter, *text, node.place, diagnostics);
        values.insert(values.end(), more.begin(), more.end());
    } else if (node.value() != nullptr) {
        Value value = *node.value();
        if (admit(parameter, value, node.place, diagnostics)) values.push_back(std::move(value));
    } else {
        const auto* other = std::get_if<ConfigNode::Other>(&node.content);
        diagnostics.push_back({node.place, fmt::format("{}: must be {}, not of type {}",
                                                       parameter.name, expectation(parameter),
                                                       other != nullptr         ? other->type
                                                       : node.list() != nullptr ? "list in a list"
                                                                                : "table")});
    }
}

struct Sign {
    std::string_view text;
    Relation relation;
};

/// The longer signs first: "<" begins "<=".
constexpr std::array<Sign, 5> signs{{{"!=", Relation::not_equal},
                                     {"<=", Relation::less_equal},
                                     {">=", Relation::greater_equal},
                                     {"<", Relation::less},
                                     {">", Relation::greater}}};

/// The comparison `text` begins with, or nullptr.
const Sign* sign_of(const std::string* text) {
    if (text == nullptr) return nullptr;
    const auto found =
        std::ranges::find_if(signs, [&](const Sign& sign) { return text->starts_with(sign.text); });
    return found == signs.end() ? nullptr : &*found;
}

Condition read_condition(std::size_t index, const ConfigNode& node, Diagnostics& diagnostics) {
    const Parameter& parameter = parameters()[index];
    const Sign* sign = sign_of(node.text());
    if (sign == nullptr)
        return {index, Relation::any_of, read_values(parameter, node, diagnostics)};

    const bool ordered = parameter.kind == Kind::integer || parameter.kind == Kind::real;
    if (!ordered && sign->relation != Relation::not_equal) {
        diagnostics.push_back({node.place, fmt::format("{} has no order; list the values you mean, "
                                                       "or use !=",
                                                       parameter.name)});
        return {};
    }
    Parameter unbounded = parameter; // "> 0" has a meaning even where 0 itself is not allowed
    unbounded.minimum.reset();
    unbounded.maximum.reset();
    unbounded.minimum_excluded = false;
    Condition condition{
        index, sign->relation,
        parse_axis(unbounded, node.text()->substr(sign->text.size()), node.place, diagnostics)};
    if (condition.values.size() > 1)
        diagnostics.push_back({node.place, fmt::format("{} compares with one value", sign->text)});
    return condition;
}

} // namespace

const ConfigNode* find(const ConfigNode::Table& table, std::string_view key) {
    const auto found = std::ranges::find(table, key, &ConfigEntry::key);
    return found == table.end() ? nullptr : &found->node;
}

std::vector<Value> read_values(const Parameter& parameter, const ConfigNode& node,
                               Diagnostics& diagnostics) {
    const std::size_t before = diagnostics.size();
    std::vector<Value> values;
    if (const ConfigNode::List* list = node.list()) {
        if (list->empty())
            diagnostics.push_back({node.place, fmt::format("{} = []: the list is empty; it needs "
                                                           "at least one value",
                                                           parameter.name)});
        for (const ConfigNode& item : *list)
            read_item(parameter, item, values, diagnostics);
    } else {
        read_item(parameter, node, values, diagnostics);
    }
    if (diagnostics.size() > before) return {};
    keep_distinct(values);
    return values;
}

std::string text_of(const ConfigNode& node) {
    if (const std::string* text = node.text()) return *text;
    if (const Value* value = node.value()) return shown(*value);
    std::vector<std::string> items;
    if (const ConfigNode::List* list = node.list())
        for (const ConfigNode& item : *list)
            items.push_back(item.value() != nullptr ? shown(*item.value()) : text_of(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string hint(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string near = nearest_name(word, known);
    if (!near.empty()) return fmt::format("; did you mean \"{}\"?", near);
    return fmt::format("; known: {}", fmt::join(known, ", "));
}

std::vector<std::string_view> parameter_names() {
    std::vector<std::string_view> names;
    for (const Parameter& parameter : parameters())
        names.push_back(parameter.name);
    return names;
}

std::optional<std::size_t> read_parameter(std::string_view name, const Place& place,
                                          Diagnostics& diagnostics) {
    const auto index = parameter_index(name);
    if (!index)
        diagnostics.push_back({place, fmt::format("unknown parameter \"{}\"{}", name,
                                                  hint(name, parameter_names()))});
    return index;
}

std::optional<std::size_t> read_parameter(const ConfigNode& node, Diagnostics& diagnostics) {
    if (const std::string* name = node.text())
        return read_parameter(*name, node.place, diagnostics);
    diagnostics.push_back({node.place, "must be the name of a parameter, in quotation marks"});
    return std::nullopt;
}

Conditions read_conditions(const ConfigNode& node, std::string_view what,
                           Diagnostics& diagnostics) {
    const ConfigNode::Table* table = node.table();
    if (table == nullptr || table->empty()) {
        diagnostics.push_back(
            {node.place, fmt::format("{} needs conditions: parameter = value", what)});
        return {};
    }
    Conditions conditions;
    for (const ConfigEntry& entry : *table)
        if (const auto index = read_parameter(entry.key, entry.place, diagnostics))
            conditions.push_back(read_condition(*index, entry.node, diagnostics));
    return conditions;
}

} // namespace basin
