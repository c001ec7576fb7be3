#include "harness/commands/run_options.hpp"

#include "harness/commands/option_values.hpp"
#include "harness/process/memory.hpp"
#include "models/data/dataset_memory.hpp"

#include <fmt/format.h>

namespace basin {

namespace po = boost::program_options;

void add_run_options(po::options_description& options) {
    options.add_options()("store", po::value<std::string>()->required()->value_name("DIR"),
                          "folder of the results; created if it is not there");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "OpenMP threads; 0: as many as the process may use");
    options.add_options()("memory",
                          po::value<std::string>()->default_value("available")->value_name("SIZE"),
                          "refuse to start if more is needed: bytes, or a number and K, M, G or T "
                          "(powers of 1024), such as 512M; `available`: what the machine, or the "
                          "process's control group, has left");
    options.add_options()("retry", po::value<std::string>()->value_name("CLASSES"),
                          "compute again what is failed, timed_out, crashed (all: any of these) or "
                          "lacking (metrics that did not exist); separated by commas");
    options.add_options()("sync", po::value<std::string>()->default_value("1")->value_name("WHEN"),
                          "make records durable: each, none, or in groups of so many seconds");
    options.add_options()("timeout", po::value<double>()->value_name("SECONDS"),
                          "of computing that a point may take; one that takes longer is timed_out");
    options.add_options()("max-failures", po::value<std::string>()->value_name("N"),
                          "begin no more points after N failures");
    options.add_options()("fail-fast", po::bool_switch(), "the same with N = 1");
    options.add_options()("only", po::bool_switch(),
                          "results.h5 shows the points of this config alone; without it, it goes "
                          "on to show what earlier runs on the store asked for");
    options.add_options()("in-process", po::bool_switch(),
                          "no process of its own for the computing: a crash ends the run");
    options.add_options()("quiet,q", po::bool_switch(), "no progress and no summary");
}

RunRequest request_of(const OptionValues& values) {
    RunRequest request;
    request.folder = values["store"].as<std::string>();
    const std::string memory = values["memory"].as<std::string>();
    request.most_memory = memory == "available" ? available_memory() : memory_size(memory);
    pattern_room = request.most_memory;
    request.shows_progress = !values["quiet"].as<bool>() && !values["json"].as<bool>();
    if (values.count("retry")) request.retry = parse_retry(values["retry"].as<std::string>());
    if (values.count("timeout")) {
        request.timeout_s = values["timeout"].as<double>();
        if (!(*request.timeout_s > 0)) throw UsageError("--timeout takes seconds, more than 0");
    }
    if (values.count("max-failures"))
        request.most_failures = whole_number(values, "max-failures", 1);
    try {
        request.sync = parse_sync_policy(values["sync"].as<std::string>());
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("--sync: {}", error.what()));
    }
    request.only = values["only"].as<bool>();
    if (values["fail-fast"].as<bool>()) request.most_failures = 1;
    return request;
}

} // namespace basin
