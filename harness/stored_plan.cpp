#include "harness/stored_plan.hpp"

#include <sstream>
#include <vector>

namespace basin {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

Plan plan_of_store(const std::filesystem::path& folder) {
    const StoreIdentity identity = read_identity(folder);
    return Plan(parse_config(identity.config_text, identity.config_source, identity.overrides));
}

Plan plan_of_results(const std::map<std::string, std::string>& provenance) {
    const auto text = [&](const char* name) {
        const auto found = provenance.find(name);
        return found == provenance.end() ? "" : found->second;
    };
    return Plan(parse_config(text("config_given"), "results.h5", lines_of(text("overrides"))));
}

} // namespace basin
