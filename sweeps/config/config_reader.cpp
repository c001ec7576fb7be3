#include "sweeps/config/config_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace basin {

namespace {

using Names = std::vector<std::string_view>;

constexpr auto most_signed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

constexpr std::array<std::string_view, 4> sections{"patterns", "cue", "model", "recall"};

Parameter sweep_row(std::string_view name, Kind kind, std::optional<double> minimum,
                    std::optional<double> maximum) {
    Parameter key{};
    key.name = name;
    key.section = "sweep";
    key.kind = kind;
    key.minimum = minimum;
    key.maximum = maximum;
    return key;
}

} // namespace

ConfigReader::ConfigReader(Config& config, Diagnostics& diagnostics)
    : config_(config), diagnostics_(diagnostics), keys_{sweep_row("name", Kind::text, {}, {}),
                                                        sweep_row("seed", Kind::integer, 0.0, {}),
                                                        sweep_row("replicates", Kind::integer, 1.0,
                                                                  most_replicates)} {
    file_.place = {config.source, 0, 0};
}

const Parameter* ConfigReader::sweep_key(std::string_view name) const {
    for (const Parameter* key : {&keys_.name, &keys_.seed, &keys_.replicates})
        if (key->name == name) return key;
    return nullptr;
}

void ConfigReader::report(const Place& place, std::string message) {
    diagnostics_.push_back({place, std::move(message)});
}

void ConfigReader::report_unknown_key(const ConfigEntry& entry, std::string_view table,
                                      const Names& known) {
    std::string remedy = hint(entry.key, known);
    const auto is_key = [&](const Parameter& p) {
        return p.name == entry.key || p.key == entry.key;
    };
    if (const auto found = std::ranges::find_if(parameters(), is_key); found != parameters().end())
        remedy = fmt::format("; it belongs in [{}]", found->section);
    report(entry.place, fmt::format("unknown key \"{}\"{}{}", entry.key,
                                    table.empty() ? "" : fmt::format(" in [{}]", table), remedy));
}

bool ConfigReader::is_table(const ConfigNode& node, std::string_view what) {
    if (node.table() == nullptr) report(node.place, fmt::format("{} must be a table", what));
    return node.table() != nullptr;
}

/// The tables of [[what]].
std::vector<const ConfigNode*> ConfigReader::tables(const ConfigNode& node, std::string_view what) {
    std::vector<const ConfigNode*> result;
    const ConfigNode::List* list = node.list();
    if (list == nullptr)
        report(node.place, fmt::format("{0} must be written as [[{0}]]", what));
    else
        for (const ConfigNode& item : *list)
            if (is_table(item, fmt::format("[[{}]]", what))) result.push_back(&item);
    return result;
}

void ConfigReader::read_file(const ConfigNode& file) {
    for (const ConfigEntry& entry : *file.table()) {
        if (entry.key == "sweep")
            read_sweep(entry.node);
        else if (entry.key == "capacity")
            capacity_ = entry.node;
        else if (entry.key == "block")
            for (const ConfigNode* block : tables(entry.node, "block"))
                read_block(*block);
        else if (!read_common(entry, file_))
            report_unknown_key(entry, "",
                               {"sweep", "patterns", "cue", "model", "recall", "capacity", "when",
                                "exclude", "block"});
    }
}

void ConfigReader::read_sweep(const ConfigNode& node) {
    if (!is_table(node, "[sweep]")) return;
    for (const ConfigEntry& entry : *node.table()) {
        if (entry.key == "zip")
            read_zips(entry.node, file_);
        else if (entry.key == "replicates" && entry.node.table() != nullptr)
            set_stopping_rule(read_stopping_rule(entry.node, diagnostics_), entry.node.place);
        else if (entry.key == "seed" && entry.node.text() != nullptr &&
                 set_large_seed(*entry.node.text()))
            continue;
        else if (const Parameter* key = sweep_key(entry.key))
            set_sweep_key(*key, read_values(*key, entry.node, diagnostics_), entry.node.place);
        else
            report_unknown_key(entry, "sweep", {"name", "seed", "replicates", "zip"});
    }
}

/// `values` are empty if a problem was reported already.
void ConfigReader::set_sweep_key(const Parameter& key, const std::vector<Value>& values,
                                 const Place& place) {
    if (values.empty()) return;
    if (values.size() > 1)
        report(place, fmt::format("{} takes one value", key.name));
    else if (&key == &keys_.seed)
        config_.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(values[0]));
    else if (&key == &keys_.replicates)
        set_replicates(static_cast<std::uint32_t>(std::get<std::int64_t>(values[0])), place);
    else
        set_name(std::get<std::string>(values[0]), place);
}

/// False unless it is a number that fits into 64 bits, but not into an integer of TOML.
bool ConfigReader::set_large_seed(std::string_view text) {
    std::uint64_t seed = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, seed);
    if (read.ec != std::errc{} || read.ptr != end || seed <= most_signed) return false;
    config_.seed = seed;
    return true;
}

void ConfigReader::set_replicates(std::uint32_t number, const Place& place) {
    replicates_place_ = place;
    config_.replicates = number;
    config_.stopping.reset();
}

void ConfigReader::set_stopping_rule(std::optional<StoppingRule> rule, const Place& place) {
    replicates_place_ = place;
    if (!rule) return;
    config_.replicates = rule->max;
    config_.stopping = std::move(rule);
}

void ConfigReader::set_name(const std::string& name, const Place& place) {
    const bool bad_character = name.find_first_of("/\\\n\t") != std::string::npos;
    if (name.empty() || name == "." || name == ".." || bad_character)
        report(place, fmt::format("name = \"{}\": must be usable as a file name, without slashes "
                                  "and control characters",
                                  name));
    else
        config_.name = name;
}

void ConfigReader::read_block(const ConfigNode& node) {
    Layer block;
    block.place = node.place;
    for (const ConfigEntry& entry : *node.table()) {
        if (entry.key == "zip")
            read_zips(entry.node, block);
        else if (!read_common(entry, block))
            report_unknown_key(entry, "block",
                               {"patterns", "cue", "model", "recall", "zip", "when", "exclude"});
    }
    blocks_.push_back(std::move(block));
}

/// What the file's top level and blocks have in common; false if the key is none of it.
bool ConfigReader::read_common(const ConfigEntry& entry, Layer& layer) {
    if (std::ranges::find(sections, entry.key) != sections.end())
        read_section(entry, layer);
    else if (entry.key == "when")
        for (const ConfigNode* when : tables(entry.node, "when"))
            read_when(*when, layer);
    else if (entry.key == "exclude")
        for (const ConfigNode* exclude : tables(entry.node, "exclude"))
            read_exclude(*exclude, layer);
    else
        return false;
    return true;
}

void ConfigReader::read_section(const ConfigEntry& section, Layer& layer) {
    if (!is_table(section.node, fmt::format("[{}]", section.key))) return;
    for (const ConfigEntry& entry : *section.node.table()) {
        const auto index = parameter_index(section.key, entry.key);
        if (!index) {
            report_unknown_key(entry, section.key, parameter_names());
            continue;
        }
        const Parameter& parameter = parameters()[*index];
        if (std::ranges::find(layer.axes, *index, &Axis::parameter) != layer.axes.end())
            report(entry.place, fmt::format("{} and {} in [{}] are one parameter; give one of them",
                                            parameter.key, parameter.name, section.key));
        else
            layer.axes.push_back({*index, read_values(parameter, entry.node, diagnostics_),
                                  text_of(entry.node), entry.node.place});
    }
}

void ConfigReader::read_zips(const ConfigNode& node, Layer& layer) {
    const ConfigNode::List* zips = node.list();
    if (zips == nullptr ||
        !std::ranges::all_of(*zips, [](const auto& zip) { return zip.list() != nullptr; })) {
        report(node.place, "zip must be a list of lists: zip = [[\"a\", \"b\"]]");
        return;
    }
    for (const ConfigNode& zip : *zips) {
        const std::size_t before = diagnostics_.size();
        PlacedZip read{{}, zip.place};
        for (const ConfigNode& name : *zip.list())
            if (const auto index = read_parameter(name, diagnostics_))
                read.parameters.push_back(*index);
        if (diagnostics_.size() == before) layer.zips.push_back(std::move(read));
    }
}

void ConfigReader::read_when(const ConfigNode& node, Layer& layer) {
    const std::size_t before = diagnostics_.size();
    const Names known{"parameter", "if", "otherwise"};
    for (const ConfigEntry& entry : *node.table())
        if (std::ranges::find(known, entry.key) == known.end())
            report_unknown_key(entry, "when", known);
    const ConfigNode* name = find(*node.table(), "parameter");
    const ConfigNode* conditions = find(*node.table(), "if");
    if (name == nullptr || conditions == nullptr) {
        report(node.place, "a [[when]] needs parameter = \"name\" and if = {other = value}");
        return;
    }
    PlacedWhen placed{{}, node.place};
    When& when = placed.when;
    when.conditions = read_conditions(*conditions, "if", diagnostics_);
    const auto index = read_parameter(*name, diagnostics_);
    if (!index) return;
    when.parameter = *index;
    when.otherwise = parameters()[*index].fallback;
    if (const ConfigNode* otherwise = find(*node.table(), "otherwise")) {
        const auto values = read_values(parameters()[*index], *otherwise, diagnostics_);
        if (values.size() > 1)
            report(otherwise->place, "otherwise takes one value");
        else if (!values.empty())
            when.otherwise = values.front();
    }
    if (diagnostics_.size() == before) layer.whens.push_back(std::move(placed));
}

void ConfigReader::read_exclude(const ConfigNode& node, Layer& layer) {
    const std::size_t before = diagnostics_.size();
    Conditions conditions = read_conditions(node, "[[exclude]]", diagnostics_);
    if (diagnostics_.size() == before) layer.excludes.push_back(std::move(conditions));
}

} // namespace basin
