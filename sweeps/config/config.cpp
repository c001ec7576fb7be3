#include "sweeps/config/config.hpp"

#include "sweeps/config/config_reader.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <tuple>

namespace basin {

namespace {

Place place_of(const toml::source_region& region, const std::string& source) {
    return {source, region.begin.line, region.begin.column};
}

ConfigNode tree_of(const toml::node& node, const std::string& source) {
    ConfigNode result;
    result.place = place_of(node.source(), source);
    if (const auto* text = node.as_string()) {
        result.content = Value(text->get());
    } else if (const auto* integer = node.as_integer()) {
        result.content = Value(integer->get());
    } else if (const auto* real = node.as_floating_point()) {
        result.content = Value(real->get());
    } else if (const toml::array* array = node.as_array()) {
        ConfigNode::List list;
        for (const toml::node& item : *array)
            list.push_back(tree_of(item, source));
        result.content = std::move(list);
    } else if (const toml::table* table = node.as_table()) {
        ConfigNode::Table entries;
        for (const auto& [key, item] : *table)
            entries.push_back(
                {std::string(key.str()), place_of(key.source(), source), tree_of(item, source)});
        result.content = std::move(entries);
    } else {
        std::ostringstream type;
        type << node.type();
        result.content = ConfigNode::Other{type.str()};
    }
    return result;
}

/// toml++ goes down the parts of a dotted key by recursion without end: a key of many thousands
/// would cost the stack. Throws ConfigError for one of more parts than any config has.
void check_key_lengths(std::string_view text, const std::string& source) {
    constexpr int most_dots = 32;
    constexpr std::string_view separators = ",=[{";
    Place place{source, 1, 0};
    int dots = 0;
    char quote = '\0'; // that is open; a # is as good as one that the line's end closes
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        ++place.column;
        if (c == '\n') {
            place = {source, place.line + 1, 0};
            dots = 0;
            quote = '\0';
        } else if (quote == '"' && c == '\\') {
            ++at;
            ++place.column;
        } else if (quote != '\0') {
            if (c == quote && c != '#') quote = '\0';
        } else if (c == '"' || c == '\'' || c == '#') {
            quote = c;
        } else if (separators.find(c) != std::string_view::npos) {
            dots = 0;
        } else if (c == '.' && ++dots > most_dots) {
            throw ConfigError(place, fmt::format("a key of more than {} parts; a config has keys "
                                                 "of at most three: block.model.beta",
                                                 most_dots));
        }
    }
}

ConfigNode parse_toml(std::string_view text, const std::string& source) {
    check_key_lengths(text, source);
    try {
        return tree_of(toml::parse(text, source), source);
    } catch (const toml::parse_error& error) {
        throw ConfigError(place_of(error.source(), source), std::string(error.description()));
    }
}

/// Each problem once (blocks share the file's), in the order of the text, --set last.
void tidy(Diagnostics& diagnostics) {
    std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& diagnostic) {
        const Place& place = diagnostic.place;
        return std::tuple(place.line == 0, place.line, place.column);
    });
    Diagnostics once;
    for (Diagnostic& diagnostic : diagnostics)
        if (std::ranges::none_of(once, [&](const Diagnostic& other) {
                return to_string(other) == to_string(diagnostic);
            }))
            once.push_back(std::move(diagnostic));
    diagnostics = std::move(once);
}

/// Reads a file or, for "-", standard input: once, as it may be a pipe. Throws ConfigError.
std::string read_text(const std::string& path) {
    constexpr std::size_t most_bytes = std::size_t{16} << 20;
    std::ifstream file;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& in = path == "-" ? std::cin : file;
    std::string text(most_bytes + 1, '\0');
    in.read(text.data(), std::ssize(text));
    if (in.bad() || (path != "-" && !file.is_open()))
        throw ConfigError({path, 0, 0}, "the file cannot be read; check its permissions");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_bytes)
        throw ConfigError({path, 0, 0}, "longer than 16 MiB: no config is");
    return text;
}

/// Whether a line is neither empty nor a comment nor the head of a table. A file without one is
/// what a full disk leaves: it would run the defaults.
bool sets_something(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const std::size_t first = line.find_first_not_of(" \t\r");
            first != std::string::npos && line[first] != '#' && line[first] != '[')
            return true;
    return false;
}

/// What a store keeps as JSON must be UTF-8; the file's text is, or TOML has refused it.
void check_encoding(const Config& config, Diagnostics& diagnostics) {
    if (!is_utf8(config.source))
        diagnostics.push_back(
            {{config.source, 0, 0},
             "the file's path is not UTF-8; rename it, or give the command in its "
             "folder"});
    for (const std::string& assignment : config.overrides)
        if (!is_utf8(assignment))
            diagnostics.push_back(
                {{"--set", 0, 0}, fmt::format("\"{}\": the text is not UTF-8", assignment)});
}

} // namespace

Config parse_config(std::string_view text, const std::string& source,
                    const std::vector<std::string>& overrides, const InputFiles& files) {
    Config config;
    config.files = files;
    config.source = source;
    config.text = text;
    config.overrides = overrides;
    Diagnostics diagnostics;
    ConfigReader reader(config, diagnostics);
    reader.read_file(parse_toml(text, source));
    for (const std::string& assignment : overrides)
        reader.read_override(assignment);
    reader.put_together();
    check_encoding(config, diagnostics);
    tidy(diagnostics);
    if (!diagnostics.empty()) throw ConfigError(std::move(diagnostics));
    return config;
}

Config load_config(const std::string& source, const std::vector<std::string>& overrides,
                   const FileTable& known) {
    InputFiles files{.known = known};
    std::error_code error; // a name that is no path at all is not a file either
    const auto type = std::filesystem::status(source, error).type();
    using Type = std::filesystem::file_type;
    if (source == "-" || type == Type::regular || type == Type::fifo || type == Type::character) {
        const std::string text = read_text(source);
        if (!sets_something(text))
            throw ConfigError({source, 0, 0}, "the config is empty; for the defaults write a key "
                                              "and its value, such as replicates = 1 in [sweep]");
        // A pipe lies nowhere.
        const std::string folder = std::filesystem::path(source).parent_path().native();
        if (type == Type::regular && !folder.empty())
            files.folders.insert(files.folders.begin(), folder);
        return parse_config(text, source, overrides, files);
    }
    std::vector<std::string_view> names;
    for (const Preset& preset : presets()) {
        if (preset.name == source) return parse_config(preset.text, source, overrides, files);
        names.push_back(preset.name);
    }
    throw ConfigError({source, 0, 0},
                      fmt::format("no such file, and no preset of that name; presets: {}",
                                  fmt::join(names, ", ")));
}

} // namespace basin
