#include "analysis/page/provenance_html.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/shell.hpp"
#include "analysis/page/html.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

namespace basin {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t short_value = 300; // longer ones are folded away
constexpr const char* config_key = "config_given";

/// A fact by name (results/cube/compaction.cpp writes them), "" if it is not there.
std::string fact(const Cells& cells, const std::string& name) {
    const auto found = cells.provenance.find(name);
    return found == cells.provenance.end() ? "" : found->second;
}

std::string cell_text(const OrderedJson& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// "17 from 0.01 to 100", "2 values".
std::string axis_extent(const CubeAxis& axis) {
    if (axis.numeric && axis.size() > 1)
        return fmt::format("{} from {} to {}", axis.size(), value_text(axis, 0),
                           value_text(axis, axis.size() - 1));
    return fmt::format("{} value{}", axis.size(), axis.size() == 1 ? "" : "s");
}

bool looks_for_capacity(const Cells& cells) {
    const OrderedJson resolved = OrderedJson::parse(fact(cells, "config_resolved"), nullptr, false);
    return resolved.is_object() && resolved.contains("capacity");
}

/// Facts of a run in the order in which people ask for them; all others follow.
constexpr std::array<std::string_view, 9> usual_order{
    "start", "end", "exit", "host", "cpu", "cores", "threads", "command", "revision"};

} // namespace

std::string sweep_name(const Cells& cells) {
    std::string name = fact(cells, "sweep_name");
    return name.empty() ? "sweep" : name;
}

std::string facts_html(const Cells& cells) {
    std::string html;
    const auto add = [&](std::string_view what, const std::string& value) {
        if (!value.empty())
            html += fmt::format("<span>{} <span>{}</span></span>\n", what, escaped(value));
    };
    add("seed", fact(cells, "seed"));
    add("replicates", std::to_string(cells.replicates));
    add("kernel version", fact(cells, "kernel_version"));
    add("revision", fact(cells, "revision"));
    for (const CubeAxis& axis : cells.axes)
        add(words(axis.name), axis_extent(axis));
    return html;
}

std::string fixed_html(const Cells& cells) {
    const OrderedJson resolved = OrderedJson::parse(fact(cells, "config_resolved"), nullptr, false);
    if (!resolved.is_object() || !resolved.contains("blocks") || resolved["blocks"].empty())
        return "";
    std::string items;
    for (const auto& axis : resolved["blocks"][0]["axes"].items()) {
        const std::string& name = axis.key();
        const OrderedJson& values = axis.value();
        const auto same = [&](const OrderedJson& block) {
            const OrderedJson& axes = block["axes"];
            return axes.contains(name) && axes[name] == values;
        };
        const OrderedJson& blocks = resolved["blocks"];
        if (values.size() == 1 && !cells.axis(name) &&
            std::all_of(blocks.begin(), blocks.end(), same))
            items += fmt::format("<span>{} <span>{}</span></span>\n", escaped(words(name)),
                                 escaped(cell_text(values[0])));
    }
    return items.empty() ? "" : fmt::format("<p class=\"facts\">Held fixed: {}</p>", items);
}

std::string again_html(const Cells& cells, std::string_view kind) {
    if (fact(cells, config_key).empty()) return "";
    const std::string file = sweep_name(cells) + ".toml";
    std::string commands =
        fmt::format("basin {} {} --store DIR", looks_for_capacity(cells) ? "capacity" : "run",
                    shell_quoted(shell_path(file)));
    std::istringstream overrides(fact(cells, "overrides"));
    for (std::string each; std::getline(overrides, each);)
        if (!each.empty()) commands += fmt::format(" --set {}", shell_quoted(each));
    commands += fmt::format("\nbasin report {} DIR", kind);
    return fmt::format("<h3>How to make this page again</h3>\n<p>Save the config below as "
                       "<code>{}</code>; DIR is a new folder.</p>\n<pre>{}</pre>\n",
                       escaped(file), escaped(commands));
}

std::string provenance_html(const Cells& cells) {
    std::string html;
    if (const std::string config = fact(cells, config_key); !config.empty())
        html += fmt::format(
            "<h3>Config as given</h3>\n<pre id=\"config\">{}</pre>\n<p class=\"actions\"><button "
            "type=\"button\" data-save-text=\"config\" data-file-name=\"{}.toml\">Config as file"
            "</button></p>\n",
            escaped(config), escaped(sweep_name(cells)));
    html += "<h3>What determines the numbers</h3>\n<table class=\"facts-table\"><tbody>\n";
    std::string folded;
    for (const auto& [name, value] : cells.provenance) {
        if (name == config_key || value.empty()) continue;
        if (value.size() > short_value || value.find('\n') != std::string::npos)
            folded += fmt::format("<details><summary>{}</summary><pre>{}</pre></details>\n",
                                  escaped(words(name)), escaped(value));
        else
            html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                                escaped(words(name)), escaped(value));
    }
    return html + "</tbody></table>\n" + folded;
}

std::string sessions_html(const std::vector<std::string>& lines) {
    std::vector<OrderedJson> runs;
    std::vector<std::string> columns(usual_order.begin(), usual_order.end());
    for (const std::string& line : lines) {
        if (line.empty()) continue;
        OrderedJson run = OrderedJson::parse(line, nullptr, false);
        if (!run.is_object()) run = {{"unreadable line", line}};
        for (const auto& [key, value] : run.items())
            if (std::find(columns.begin(), columns.end(), key) == columns.end())
                columns.push_back(key);
        runs.push_back(std::move(run));
    }
    if (runs.empty()) return "<p>No runs are on record.</p>";
    std::erase_if(columns, [&](const std::string& column) {
        return std::none_of(runs.begin(), runs.end(),
                            [&](const OrderedJson& run) { return run.contains(column); });
    });
    std::string html = "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>";
    for (const std::string& column : columns)
        html += fmt::format("<th scope=\"col\">{}</th>", escaped(words(column)));
    html += "</tr></thead>\n<tbody>\n";
    for (const OrderedJson& run : runs) {
        html += "<tr>";
        for (const std::string& column : columns)
            html += fmt::format("<td>{}</td>",
                                run.contains(column) ? escaped(cell_text(run[column])) : "");
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>";
}

} // namespace basin
