#include "harness/coverage.hpp"
#include "harness/stored_plan.hpp"
#include "harness/verb.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

Exit status(const OptionValues& values) {
    if (!values.count("store")) throw UsageError("status needs a store folder DIR");
    const auto folder = values["store"].as<std::vector<std::string>>()[0];
    const Plan plan = plan_of_store(folder);
    const Inventory inventory = Store::existing(folder, plan).inventory(plan);
    const Coverage covered = coverage(plan, Applicability(plan), inventory);
    if (values["json"].as<bool>()) {
        std::cout << nlohmann::json{{"name", plan.config().name},
                                    {"seed", plan.config().seed},
                                    {"planned", covered.planned},
                                    {"done", covered.done},
                                    {"failed", covered.failed},
                                    {"not_applicable", covered.not_applicable},
                                    {"missing", covered.missing()},
                                    {"journals", inventory.journals.size()},
                                    {"damaged_bytes", inventory.damaged_bytes},
                                    {"records_of_other_plans", inventory.elsewhere}}
                         .dump(2)
                  << "\n";
        return Exit::done;
    }
    fmt::print("sweep           {} (seed {})\nplanned         {}\n", plan.config().name,
               plan.config().seed, covered.planned);
    fmt::print("done            {}\nfailed          {}\nmissing         {}\nnot applicable  {}\n",
               covered.done, covered.failed, covered.missing(), covered.not_applicable);
    fmt::print("journals        {}\n", inventory.journals.size());
    if (inventory.damaged_bytes > 0)
        fmt::print("damaged bytes   {} (skipped; the points in them count as missing)\n",
                   inventory.damaged_bytes);
    if (inventory.elsewhere > 0)
        fmt::print("other points    {} records are kept that this plan does not ask for\n",
                   inventory.elsewhere);
    return Exit::done;
}

} // namespace

Verb status_verb() {
    po::options_description options("options");
    add_json_option(options);
    return {"status", "DIR", "count a store's points by state", options, {"store"}, status};
}

} // namespace basin
