#include "analysis/findings.hpp"
#include "analysis/report.hpp"
#include "harness/verb.hpp"
#include "results/hypercube.hpp"
#include "results/journal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

void write_whole(const std::filesystem::path& path, const std::string& text) {
    // Beside the target and then renamed: a reader never sees half a page.
    const std::filesystem::path part = path.string() + ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code renamed;
    if (out) std::filesystem::rename(part, path, renamed);
    if (!out || renamed)
        throw StoreError(StoreError::Kind::io, fmt::format("cannot write {}", path.string()));
}

Exit report(const OptionValues& values) {
    const auto arguments = values.count("what") ? values["what"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (arguments.size() != 2) throw UsageError("report needs a KIND and one store folder DIR");
    if (arguments[0] != "sweep")
        throw UsageError(fmt::format("unknown report '{}'; known: sweep", arguments[0]));
    const std::filesystem::path folder = arguments[1];
    const std::filesystem::path out = values.count("out")
                                          ? std::filesystem::path(values["out"].as<std::string>())
                                          : folder / "report.html";
    write_whole(out, sweep_report({folder / "results.h5", lines_of(folder / "sessions.jsonl")}));

    const std::vector<std::string> sentences = findings(Hypercube(folder / "results.h5"));
    if (values["json"].as<bool>()) {
        std::cout << nlohmann::json{{"report", out.string()}, {"findings", sentences}}.dump(2)
                  << "\n";
        return Exit::done;
    }
    for (const std::string& sentence : sentences)
        fmt::print("- {}\n", sentence);
    fmt::print("report   {}\n", out.string());
    return Exit::done;
}

} // namespace

Verb report_verb() {
    po::options_description options("options");
    options.add_options()("out", po::value<std::string>()->value_name("FILE"),
                          "the page; DIR/report.html if not given");
    add_json_option(options);
    return {"report",
            "sweep DIR [--out FILE]",
            "one offline HTML page; prints what was found",
            options,
            {"what..."},
            report};
}

} // namespace basin
