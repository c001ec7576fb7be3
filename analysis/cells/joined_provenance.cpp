#include "analysis/cells/joined_provenance.hpp"

#include "analysis/cells/joined_cells.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace basin {
namespace {

using Json = nlohmann::json;

constexpr const char* config_fact = "config_resolved";
constexpr const char* seeds_fact = "store_seeds"; ///< only where they differ

/// The config of the parameters that are no axis, as RowSettings reads it.
std::string common_config(const std::vector<JoinedStore>& stores, const Cells& joined) {
    std::set<std::string> named;
    for (const JoinedStore& store : stores) {
        const auto config = store.cells->provenance.find(config_fact);
        if (config == store.cells->provenance.end()) continue;
        const Json resolved = Json::parse(config->second); // RowSettings has read it
        for (const auto& [name, values] : resolved.at("blocks").at(0).at("axes").items())
            named.insert(name);
    }
    Json axes = Json::object();
    const auto any =
        std::ranges::find_if(stores, [](const JoinedStore& store) { return !store.fixed.empty(); });
    for (const std::string& name : named)
        if (const auto p = parameter_index(name); p && any != stores.end() && !joined.axis(name))
            std::visit([&](const auto& value) { axes[name] = Json::array({value}); },
                       any->fixed[*p]);
    return Json{{"blocks", Json::array({{{"axes", axes}}})}}.dump();
}

std::string fact_of(const JoinedStore& store, const std::string& name) {
    const auto found = store.cells->provenance.find(name);
    return found == store.cells->provenance.end() ? "" : found->second;
}

/// "first: 1; second: 2"; texts of several lines one below the other.
std::string told_apart(const std::vector<JoinedStore>& stores, const std::string& name) {
    std::string text;
    const bool long_text = std::ranges::any_of(stores, [&](const JoinedStore& store) {
        return fact_of(store, name).find('\n') != std::string::npos;
    });
    for (const JoinedStore& store : stores) {
        if (!text.empty()) text += long_text ? "\n" : "; ";
        text += fmt::format(fmt::runtime(long_text ? "# {}\n{}" : "{}: {}"), store.name,
                            fact_of(store, name));
    }
    return text;
}

} // namespace

std::map<std::string, std::string> joined_provenance(const std::vector<JoinedStore>& stores,
                                                     const Cells& joined) {
    std::set<std::string> names;
    for (const JoinedStore& store : stores)
        for (const auto& [name, text] : store.cells->provenance)
            names.insert(name);
    std::map<std::string, std::string> facts;
    for (const std::string& name : names) {
        const std::string first = fact_of(stores.front(), name);
        const bool same = std::ranges::all_of(
            stores, [&](const JoinedStore& store) { return fact_of(store, name) == first; });
        facts[name] = same ? first : told_apart(stores, name);
        if (name == "seed" && !same) {
            Json seeds = Json::array();
            for (const JoinedStore& store : stores)
                seeds.push_back(fact_of(store, name));
            facts[seeds_fact] = seeds.dump();
        }
    }
    facts[config_fact] = common_config(stores, joined);
    return facts;
}

bool paired_stores(const Cells& cells, std::size_t first, std::size_t second) {
    const auto seeds = cells.provenance.find(seeds_fact);
    if (seeds == cells.provenance.end()) return true;
    const Json all = Json::parse(seeds->second);
    return all.at(first) == all.at(second);
}

bool paired_stores(const Cells& cells) {
    return !cells.provenance.contains(seeds_fact);
}

} // namespace basin
