#include "harness/commands/command.hpp"
#include "harness/run/plan_from_store.hpp"
#include "models/metrics/metrics.hpp"
#include "results/export/npy_export.hpp"
#include "results/export/table_export.hpp"
#include "results/files/output_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <sstream>
#include <unistd.h>

namespace basin {

namespace po = boost::program_options;

namespace {

/// Indices of the metrics in "a,b". Throws UsageError for a name that is none.
std::vector<std::size_t> chosen_metrics(const OptionValues& values) {
    if (!values.count("metrics")) {
        std::vector<std::size_t> all(metrics().size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }
    std::vector<std::size_t> chosen;
    std::istringstream names(values["metrics"].as<std::string>());
    for (std::string name; std::getline(names, name, ',');) {
        const auto found = std::ranges::find(metrics(), std::string_view(name), &Metric::name);
        if (found == metrics().end())
            throw UsageError(
                fmt::format("unknown metric '{}'; `basin list metric` lists them", name));
        chosen.push_back(static_cast<std::size_t>(found - metrics().begin()));
    }
    return chosen;
}

/// Writes the table to standard output for "-", else to a file that appears when it is whole.
std::uint64_t write_table(const Plan& plan, const Inventory& inventory,
                          const std::vector<std::size_t>& chosen, TableFormat format,
                          const std::string& out) {
    if (out == "-") {
        ByteSink sink(STDOUT_FILENO, "standard output");
        return export_table(plan, inventory, chosen, format, sink);
    }
    OutputFile file(out);
    ByteSink sink(file.descriptor(), out);
    const std::uint64_t rows = export_table(plan, inventory, chosen, format, sink);
    file.publish();
    return rows;
}

Exit export_store(const OptionValues& values) {
    if (!values.count("store")) throw UsageError("export needs a store folder DIR");
    const std::string format = values["format"].as<std::string>();
    if (format != "csv" && format != "jsonl" && format != "npy")
        throw UsageError(fmt::format("unknown format '{}'; known: csv, jsonl, npy", format));
    const std::string out = values["out"].as<std::string>();
    if (out == "-" && format == "npy")
        throw UsageError("--format npy writes several files; give their folder with --out");
    if (out == "-" && values["json"].as<bool>())
        throw UsageError("--json tells what was written where; give --out PATH");
    const std::vector<std::size_t> chosen = chosen_metrics(values);

    // From the journals, not results.h5: they are what the store knows, a run that was stopped may
    // not have written the file yet, and record by record needs no array in memory.
    const std::string folder = values["store"].as<std::vector<std::string>>()[0];
    const Plan plan = plan_of_store(folder);
    const Inventory inventory = Store::existing(folder, plan).inventory(plan);
    nlohmann::json told = {{"out", out}, {"format", format}};
    if (format == "npy")
        export_npy(plan, inventory, chosen, out);
    else
        told["rows"] = write_table(plan, inventory, chosen,
                                   format == "csv" ? TableFormat::csv : TableFormat::jsonl, out);
    if (values["json"].as<bool>())
        std::cout << told.dump(2) << "\n";
    else if (out != "-")
        fmt::print("written  {}\n", out);
    return Exit::done;
}

} // namespace

Verb export_verb() {
    po::options_description options("options");
    options.add_options()("format",
                          po::value<std::string>()->required()->value_name("csv|jsonl|npy"),
                          "csv, jsonl: one row a planned cell; npy: one array a metric");
    options.add_options()("out", po::value<std::string>()->default_value("-")->value_name("PATH"),
                          "file, or folder for npy; -: standard output");
    options.add_options()("metrics", po::value<std::string>()->value_name("NAME,NAME"),
                          "metrics to write; all if not given");
    add_json_option(options);
    return {"export",
            "DIR --format csv|jsonl|npy",
            "write the numbers for other programs",
            options,
            {"store"},
            export_store};
}

} // namespace basin
