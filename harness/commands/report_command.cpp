#include "analysis/capacity/capacity_curves.hpp"
#include "analysis/cells/joined_cells.hpp"
#include "analysis/cells/timing.hpp"
#include "analysis/print/cell_charts.hpp"
#include "analysis/report_kinds.hpp"
#include "harness/commands/command.hpp"
#include "harness/commands/static_figures.hpp"
#include "harness/recompute/image_examples.hpp"
#include "harness/recompute/separability.hpp"
#include "results/cube/result_cube.hpp"
#include "results/files/file.hpp"
#include "results/files/output_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <stdexcept>

namespace basin {

namespace po = boost::program_options;

namespace {

std::string kind_names() {
    std::string names;
    for (const ReportKind& kind : report_kinds())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", kind.name);
    return names;
}

const ReportKind& find_kind(const std::string& name) {
    const auto found = std::ranges::find(report_kinds(), std::string_view(name), &ReportKind::name);
    if (found == report_kinds().end())
        throw UsageError(fmt::format("unknown report '{}'; known: {}", name, kind_names()));
    return *found;
}

/// The figures of a page as files: those that it draws from cells, and its charts.
StaticFigures printed_report(const std::filesystem::path& folder, const PageContent& content,
                             const ReportInput& input) {
    std::vector<Chart> charts = printed_figures(content, input);
    charts.insert(charts.end(), content.charts.begin(), content.charts.end());
    return write_static_figures(folder, charts, content.tables);
}

Criterion criterion_given(const std::string& text) {
    try {
        return read_criterion(text);
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("--{}", error.what()));
    }
}

/// What a capacity report on all of `folders` seeks: what they were searched for, where they agree.
Criterion common_criterion(const std::vector<std::filesystem::path>& folders) {
    std::vector<Criterion> sought;
    sought.reserve(folders.size());
    for (const std::filesystem::path& folder : folders)
        sought.push_back(criterion_of(provenance_of(folder / "results.h5")));
    const bool same = std::ranges::all_of(
        sought, [&](const Criterion& criterion) { return criterion == sought.front(); });
    return same ? sought.front() : Criterion{};
}

void refuse_twice(const std::vector<std::filesystem::path>& folders) {
    for (std::size_t i = 0; i < folders.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            std::error_code unknown;
            if (std::filesystem::equivalent(folders[i], folders[j], unknown))
                throw UsageError(fmt::format("{} and {} are the same store: a comparison needs two",
                                             folders[j].string(), folders[i].string()));
        }
}

struct StoreFolder {
    NamedCells named;
    std::optional<RunSource> source;
};

StoreFolder read_store(const std::filesystem::path& folder, const ReportKind& kind,
                       const Criterion& sought) {
    const Hypercube cube(folder / "results.h5");
    StoreFolder store{{folder.lexically_normal().string(), {}}, std::nullopt};
    store.named.cells = read_cells(cube, kind.metrics(sought));
    store.source = run_source(cube.provenance());
    require_regular(folder / "timing.h5");
    if (kind.with_times && std::filesystem::exists(folder / "timing.h5"))
        add_timing(store.named.cells, Hypercube(folder / "timing.h5"));
    return store;
}

ReportInput read_input(const std::vector<std::filesystem::path>& folders, const ReportKind& kind,
                       std::optional<Criterion> criterion) {
    ReportInput input;
    refuse_twice(folders);
    // One for all: every store is read for the metric that the page judges by.
    input.criterion = criterion ? std::move(criterion) : common_criterion(folders);
    std::vector<NamedCells> named;
    for (const std::filesystem::path& folder : folders) {
        StoreFolder store = read_store(folder, kind, *input.criterion);
        named.push_back(std::move(store.named));
        input.sources.push_back(std::move(store.source));
        for (std::string& line : lines_of(folder / "sessions.jsonl"))
            input.sessions.push_back(std::move(line));
    }
    input.cells = joined_cells(named);
    if (kind.with_scenes && folders.size() == 1) {
        input.gallery = recalled_gallery(input.cells, folders.front());
        input.separability = chosen_separability(input.cells, folders.front());
    }
    return input;
}

Exit report(const OptionValues& values) {
    const auto arguments = values.count("what") ? values["what"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (arguments.size() < 2)
        throw UsageError(
            fmt::format("report needs a KIND ({}) and store folders DIR...", kind_names()));
    if (values.count("static") && values["static"].as<std::string>().empty())
        throw UsageError("--static needs a folder");
    const ReportKind& kind = find_kind(arguments[0]);
    const std::vector<std::filesystem::path> folders(arguments.begin() + 1, arguments.end());
    if (folders.size() > 1 && !values.count("out"))
        throw UsageError("a report on several stores needs --out FILE: it belongs to none of them");
    const std::filesystem::path out = values.count("out")
                                          ? std::filesystem::path(values["out"].as<std::string>())
                                          : folders.front() / kind.file;
    std::optional<Criterion> criterion;
    if (values.count("criterion"))
        criterion = criterion_given(values["criterion"].as<std::string>());
    const ReportInput input = read_input(folders, kind, std::move(criterion));
    const PageContent content = kind.content(input);
    write_output(out, page(content, input));
    const std::string printed =
        values.count("static") ? values["static"].as<std::string>() : std::string();
    StaticFigures files;
    if (!printed.empty()) files = printed_report(printed, content, input);

    const std::vector<std::string>& sentences = content.findings;
    if (values["json"].as<bool>()) {
        nlohmann::json told{{"report", out.string()}, {"findings", sentences}};
        if (!printed.empty())
            told["static"] = {
                {"folder", printed}, {"figures", files.figures}, {"tables", files.tables}};
        std::cout << told.dump(2) << "\n";
        return Exit::done;
    }
    for (const std::string& sentence : sentences)
        fmt::print("- {}\n", sentence);
    fmt::print("report   {}\n", out.string());
    if (!printed.empty())
        fmt::print("static   {} ({} figure{}, {} table{})\n", printed, files.figures,
                   files.figures == 1 ? "" : "s", files.tables, files.tables == 1 ? "" : "s");
    return Exit::done;
}

} // namespace

Verb report_verb() {
    po::options_description options("options");
    options.add_options()("out", po::value<std::string>()->value_name("FILE"),
                          "the page; in DIR if not given")(
        "criterion", po::value<std::string>()->value_name("RULE"),
        "of capacity, such as \"recall_error <= 0.01\"; if not given that of the config, else "
        "exact_recall >= 0.5")(
        "static", po::value<std::string>()->value_name("DIR"),
        "also every figure as SVG, PDF and PNG with its gnuplot script and CSV, and the tables as "
        "CSV");
    add_json_option(options);
    static const std::string help =
        fmt::format("one offline HTML page; prints what was found. KIND: {}", kind_names());
    std::vector<std::string> kinds;
    for (const ReportKind& kind : report_kinds())
        kinds.emplace_back(kind.name);
    return {"report",
            "KIND DIR... [--out FILE] [--static DIR]",
            help,
            options,
            {"what..."},
            report,
            std::move(kinds)};
}

} // namespace basin
