#pragma once
// A config as a tree of values with their places: what config.cpp makes of the TOML file.

#include "sweeps/parameters/diagnostics.hpp"
#include "sweeps/parameters/value.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace basin {

struct ConfigEntry;

struct ConfigNode {
    using List = std::vector<ConfigNode>;
    using Table = std::vector<ConfigEntry>; ///< in alphabetical order of the keys
    struct Other {
        std::string type; ///< of TOML, such as "boolean": no parameter takes it
    };

    Place place;
    std::variant<Value, List, Table, Other> content;

    const Value* value() const { return std::get_if<Value>(&content); }
    const List* list() const { return std::get_if<List>(&content); }
    const Table* table() const { return std::get_if<Table>(&content); }
    /// The content as a string, or nullptr.
    const std::string* text() const {
        return value() != nullptr ? std::get_if<std::string>(value()) : nullptr;
    }
};

struct ConfigEntry {
    std::string key;
    Place place; ///< of the key
    ConfigNode node;
};

/// The node under `key`, or nullptr.
const ConfigNode* find(const ConfigNode::Table& table, std::string_view key);

} // namespace basin
