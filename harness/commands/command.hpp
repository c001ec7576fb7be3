#pragma once
// The verbs of the command line. To add one: a function that makes it, and its line in verbs().

#include "harness/process/exit_codes.hpp"
#include "harness/process/usage_error.hpp"

#include <boost/program_options.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

using OptionValues = boost::program_options::variables_map;

struct Verb {
    std::string_view name;
    std::string_view arguments; ///< as shown in usage: "FILE --store DIR"
    std::string_view help;      ///< one sentence
    boost::program_options::options_description options;
    /// Positional arguments, in order; the last one may repeat if its name ends in "...".
    std::vector<std::string> positional;
    std::function<Exit(const OptionValues&)> run;
    std::vector<std::string> words{}; ///< that a positional argument may be, for completion
};

std::span<const Verb> verbs();

/// Options that several verbs share.
void add_json_option(boost::program_options::options_description& options);
void add_config_options(boost::program_options::options_description& options);

Verb run_verb();
Verb plan_verb();
Verb capacity_verb();
Verb status_verb();
Verb report_verb();
Verb list_verb();
Verb show_verb();
Verb verify_verb();
Verb merge_verb();
Verb diff_verb();
Verb export_verb();
Verb separability_verb();
Verb completion_verb();

} // namespace basin
