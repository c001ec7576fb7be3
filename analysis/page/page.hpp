#pragma once
// The page that all kinds of report share: head, findings, figures, tables, provenance; scripts and
// data inlined, strict CSP, no network.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/rerun.hpp"
#include "analysis/charts/chart.hpp"
#include "analysis/figures/figures.hpp"
#include "analysis/figures/gallery.hpp"
#include "analysis/figures/separability.hpp"
#include "analysis/page/page_data.hpp"
#include "analysis/page/table.hpp"
#include "sweeps/config/criterion.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// Bytes of data of cells and charts: with the scripts (0.83 MB) and tables the page stays below 5
/// MB.
inline constexpr std::size_t page_data_limit = 3'200'000;

/// Bytes that a chart has in any case.
inline constexpr std::size_t chart_data_least = 60'000;

/// A table of a page, with a button that saves it.
struct PageTable {
    std::string id;      ///< for anchors and file names
    std::string heading; ///< or "" for the first
    std::string text;    ///< HTML above the table: what it shows
    Table table;
    std::string without_rows; ///< HTML in its place where it has none; or ""
};

/// What a kind of report has of its own.
struct PageContent {
    std::string kind;           ///< "sweep report"
    std::string findings_title; ///< "What the sweep shows"
    std::vector<std::string> findings;
    Cells shown; ///< that figures over cells draw, and that can be saved; none: no such figures
    std::vector<Figure> figures;
    std::vector<Overlay> overlays; ///< of the cells shown
    std::string figures_note;      ///< a sentence after the caption of every figure, or ""
    std::vector<Chart> charts;     ///< below the figures; they bring their numbers with them
    std::string gallery;           ///< a section below the charts, or ""
    std::vector<PageTable> tables;
};

/// What a report is made from.
struct ReportInput {
    Cells cells;                        ///< with the replicates that the kind asks for
    std::vector<std::string> sessions;  ///< lines of sessions.jsonl, JSON objects; may be empty
    Gallery gallery;                    ///< computed once more, if the kind shows it
    SceneSeparability separability;     ///< likewise
    std::optional<Criterion> criterion; ///< of capacity; none: that of the config
    RunSources sources; ///< of each store, if there are several; none: the cells' provenance
};

/// The page.
std::string page(const PageContent& content, const ReportInput& input);

} // namespace basin
