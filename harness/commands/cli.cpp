#include "harness/commands/cli.hpp"

#include "harness/commands/command.hpp"
#include "harness/process/environment.hpp"
#include "harness/process/provenance.hpp"
#include "harness/process/standard_streams.hpp"
#include "harness/process/stop_signal.hpp"
#include "models/base/errors.hpp"
#include "models/base/stop_request.hpp"
#include "results/journal/journal.hpp"
#include "sweeps/parameters/diagnostics.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <system_error>
#include <vector>

namespace basin {

namespace po = boost::program_options;

namespace {

std::string overview() {
    std::string text = "Sweeps of associative memories: how well they recall, what they recall "
                       "instead,\nand whether the memory or the arithmetic failed.\n\n"
                       "usage: basin VERB [arguments]\n\n";
    for (const Verb& verb : verbs())
        text += fmt::format("  basin {:<12} {:<34} {}\n", verb.name, verb.arguments, verb.help);
    text += "\n`basin VERB --help` shows a verb's options. Exit codes: 0 done, 1 internal error,\n"
            "2 usage or config, 3 done with failed points, 4 stopped by the user (resumable),\n"
            "5 store damaged, 6 verify or diff found a difference, 7 store of another sweep or\n"
            "kernel, 74 I/O error, no space or no memory.\n";
    return text;
}

std::string verb_help(const Verb& verb) {
    return fmt::format("usage: basin {} {}\n{}\n\n{}", verb.name, verb.arguments, verb.help,
                       fmt::streamed(verb.options));
}

const Verb& find_verb(const std::string& name) {
    const auto all = verbs();
    const auto found = std::ranges::find(all, std::string_view(name), &Verb::name);
    if (found != all.end()) return *found;
    std::vector<std::string_view> names;
    for (const Verb& verb : all)
        names.push_back(verb.name);
    const std::string near = nearest_name(name, names);
    throw UsageError(fmt::format("unknown verb '{}'{}; `basin --help` lists the verbs", name,
                                 near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near)));
}

OptionValues parse(const Verb& verb, const std::vector<std::string>& arguments) {
    po::options_description all;
    all.add(verb.options).add_options()("help,h", "show this help");
    po::options_description positional_options;
    po::positional_options_description positional;
    for (std::string name : verb.positional) {
        const bool repeats = name.ends_with("...");
        if (repeats) name.resize(name.size() - 3);
        const auto value = po::value<std::vector<std::string>>();
        positional_options.add_options()(name.c_str(), value);
        positional.add(name.c_str(), repeats ? -1 : 1);
    }
    all.add(positional_options);

    // No abbreviations: a script must not change its meaning when an option is added.
    constexpr int style =
        po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    OptionValues values;
    po::store(
        po::command_line_parser(arguments).options(all).positional(positional).style(style).run(),
        values);
    if (!values.count("help")) po::notify(values);
    return values;
}

/// Paths and texts are kept as JSON, which is UTF-8. An empty word is a variable of a script that
/// was not set.
void check_arguments(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].empty())
            throw UsageError(fmt::format("argument {} is empty; give a path or a value", i + 1));
        if (!is_utf8(arguments[i]))
            throw UsageError(
                fmt::format("argument {} is not UTF-8: '{}'; rename the file or folder, "
                            "or give the command in it",
                            i + 1, arguments[i]));
    }
}

Exit dispatch(const std::vector<std::string>& arguments) {
    if (arguments.empty()) {
        std::cerr << overview();
        return Exit::usage;
    }
    check_arguments(arguments);
    if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
        std::cout << (arguments.size() > 1 ? verb_help(find_verb(arguments[1])) : overview());
        return Exit::done;
    }
    if (arguments[0] == "--version") {
        std::cout << version_text();
        return Exit::done;
    }
    const Verb& verb = find_verb(arguments[0]);
    const OptionValues values = parse(verb, {arguments.begin() + 1, arguments.end()});
    if (values.count("help")) {
        std::cout << verb_help(verb);
        return Exit::done;
    }
    check_environment();
    return verb.run(values);
}

Exit exit_for(const StoreError& error) {
    switch (error.kind) {
    case StoreError::Kind::damaged:
        return Exit::damaged;
    case StoreError::Kind::foreign:
        return Exit::foreign;
    case StoreError::Kind::io:
        break;
    }
    return Exit::io;
}

Exit fail(Exit code, std::string_view message) {
    // Standard error is tied to this stream: what is said of a failure must not throw again.
    std::cout.exceptions(std::ios::goodbit);
    std::cerr << shown_plainly(message) << (message.ends_with('\n') ? "" : "\n");
    return code;
}

/// A reader that has seen enough and closed the pipe wants no message either.
Exit output_failed(int reason) {
    if (reason == EPIPE) return Exit::io;
    return fail(Exit::io, fmt::format("basin: cannot write to standard output: {}",
                                      std::generic_category().message(reason)));
}

Exit run_and_tell(const std::vector<std::string>& arguments) {
    try {
        const Exit exit = dispatch(arguments);
        const int failure = standard_output_failure();
        return failure == 0 ? exit : output_failed(failure);
    } catch (const ConfigError& error) {
        std::string text;
        for (const Diagnostic& diagnostic : error.diagnostics)
            text += to_string(diagnostic) + "\n";
        return fail(Exit::usage, text);
    } catch (const UsageError& error) {
        return fail(Exit::usage, fmt::format("basin: {}", error.what()));
    } catch (const po::error& error) {
        return fail(Exit::usage, fmt::format("basin: {}; see `basin VERB --help`", error.what()));
    } catch (const InputError& error) {
        return fail(Exit::usage, fmt::format("basin: {}", error.what()));
    } catch (const StoreError& error) {
        return fail(exit_for(error), fmt::format("basin: {}", error.what()));
    } catch (const Cancelled& stopped) {
        return fail(Exit::stopped, fmt::format("basin: {}", stopped.what()));
    } catch (const std::bad_alloc&) {
        return fail(Exit::io,
                    "basin: not enough memory; what was computed is kept, and the same "
                    "command goes on from there. Give fewer --threads, allow more memory "
                    "(ulimit -v), or make scenes smaller: `basin plan` tells what a sweep "
                    "needs");
    } catch (const std::filesystem::filesystem_error& error) {
        return fail(Exit::io, fmt::format("basin: cannot use {}: {}", error.path1().string(),
                                          error.code().message()));
    } catch (const std::system_error& error) { // also of a print that failed
        const int failure = standard_output_failure(&error);
        return failure == 0 ? fail(Exit::io, fmt::format("basin: {}", error.what()))
                            : output_failed(failure);
    } catch (const std::exception& error) {
        return fail(Exit::internal, fmt::format("basin: internal error: {}", error.what()));
    }
}

} // namespace

std::span<const Verb> verbs() {
    static const std::vector<Verb> all{
        run_verb(),    plan_verb(),         capacity_verb(),  status_verb(), report_verb(),
        list_verb(),   show_verb(),         verify_verb(),    merge_verb(),  diff_verb(),
        export_verb(), separability_verb(), completion_verb()};
    return all;
}

void add_json_option(po::options_description& options) {
    options.add_options()("json", po::bool_switch(), "print JSON on standard output");
}

void add_config_options(po::options_description& options) {
    options.add_options()("set", po::value<std::vector<std::string>>()->value_name("NAME=VALUES"),
                          "override a parameter, in the config's own grammar; repeatable");
}

int run_command_line(int argc, const char* const* argv) {
    prepare_standard_streams();
    const StopOnSignal guard;
    return static_cast<int>(run_and_tell({argv + 1, argv + argc}));
}

} // namespace basin
