#include "harness/commands/static_figures.hpp"

#include "analysis/charts/chart_table.hpp"
#include "analysis/page/table_csv.hpp"
#include "analysis/print/chart_print.hpp"
#include "analysis/print/print_text.hpp"
#include "harness/process/gnuplot.hpp"
#include "results/files/file.hpp"
#include "results/files/output_file.hpp"
#include "results/journal/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace basin {
namespace {

constexpr const char* index_name = "index.txt";

/// Bytes. gnuplot reads a table once for every line that it draws: a larger one has only the
/// numbers of its figure, if it has but one.
constexpr std::size_t largest_read = 500'000;

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw StoreError(StoreError::Kind::io, fmt::format("cannot make folder {}: {}",
                                                           folder.string(), error.message()));
}

/// gnuplot's PDF library writes the time of day, whatever it is told: blanks in its place keep all
/// offsets of the file.
void remove_date(const std::filesystem::path& pdf) {
    std::string bytes = whole_text(pdf);
    const std::string_view key = "/CreationDate (";
    const std::size_t first = bytes.find(key);
    const std::size_t last = first == std::string::npos ? first : bytes.find(')', first);
    if (last == std::string::npos) return;
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(first),
              bytes.begin() + static_cast<std::ptrdiff_t>(last) + 1, ' ');
    replace_file(pdf, bytes);
}

/// A file name not taken yet, which then is.
std::string free_name(const std::string& wanted, std::set<std::string>& taken) {
    const std::string part = file_name_part(wanted).substr(0, 100);
    const std::string base =
        part.empty() || part.front() == '.' || part.front() == '-' ? "figure" + part : part;
    std::string name = base;
    for (int i = 2; !taken.insert(name).second; ++i)
        name = fmt::format("{}-{}", base, i);
    return name;
}

struct Writer {
    std::filesystem::path folder;
    StaticFigures written;
    std::string index;
    std::set<std::string> charts{"index"};
    std::set<std::string> tables;

    void chart(Chart drawn) {
        if (!drawn.left_out.empty()) {
            index += fmt::format("\n{}\n    no file: {}\n", drawn.title, drawn.left_out);
            return;
        }
        drawn.id = free_name(drawn.id, charts);
        drawn = printable(std::move(drawn));
        const PrintedFiles printed = printed_files(drawn);
        const std::string csv = drawn.id + ".csv";
        std::string numbers = chart_csv(drawn);
        if (printed.files.size() == 1 && numbers.size() > largest_read) {
            drawn = shown_in(std::move(drawn), printed.files.front());
            numbers = chart_csv(drawn);
        }
        write_output(folder / csv, numbers);
        index +=
            fmt::format("\n{}\n    {}\n    {}: its numbers\n", drawn.title, drawn.caption, csv);
        for (const PrintedFile& file : printed.files) {
            const std::string script = file.name + ".gp";
            std::string text = gnuplot_script(drawn, file, csv);
            if (!printed.left_out.empty()) text = fmt::format("# {}\n{}", printed.left_out, text);
            write_output(folder / script, text);
            write_output(folder / (file.name + ".txt"), printed_caption(drawn, file));
            run_gnuplot(folder, script);
            remove_date(folder / (file.name + ".pdf"));
            index += fmt::format("    {0}.svg, {0}.pdf, {0}.png, made by {0}.gp; caption: "
                                 "{0}.txt{1}{2}\n",
                                 file.name, file.said.empty() ? "" : ": ", file.said);
            ++written.figures;
        }
        if (printed.files.empty()) index += "    no file: it has nothing to draw\n";
        if (!printed.left_out.empty()) index += fmt::format("    {}\n", printed.left_out);
    }

    void table(const PageTable& each) {
        if (each.table.rows.empty()) return;
        const std::string name = free_name(each.id, tables) + ".csv";
        write_output(folder / "tables" / name, table_csv(each.table));
        index += fmt::format("    tables/{}{}{}\n", name, each.heading.empty() ? "" : ": ",
                             each.heading);
        ++written.tables;
    }
};

} // namespace

StaticFigures write_static_figures(const std::filesystem::path& folder,
                                   const std::vector<Chart>& charts,
                                   const std::vector<PageTable>& tables) {
    need_gnuplot();
    make_folder(folder);
    Writer writer;
    writer.folder = folder;
    writer.index =
        "What is in this folder. To change a figure, edit its .gp file, or the numbers in "
        "its .csv file,\nand run gnuplot on the .gp file in this folder.\n";
    for (const Chart& chart : charts)
        writer.chart(chart);
    if (!tables.empty()) {
        make_folder(folder / "tables");
        writer.index += "\nTables\n";
    }
    for (const PageTable& table : tables)
        writer.table(table);
    write_output(folder / index_name, writer.index);
    return writer.written;
}

} // namespace basin
