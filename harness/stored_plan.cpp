#include "harness/stored_plan.hpp"

namespace basin {

Plan plan_of_store(const std::filesystem::path& folder) {
    const StoreIdentity identity = read_identity(folder);
    return Plan(parse_config(identity.config_text, identity.config_source, identity.overrides));
}

} // namespace basin
