#pragma once
// The page that all kinds of report share: head, findings, figures, tables, provenance; scripts and
// data inlined, strict CSP, no network.

#include "analysis/cells.hpp"
#include "analysis/figures.hpp"
#include "analysis/page_data.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace basin {

/// Bytes of cell data: with the scripts (0.83 MB) and tables the page stays below 5 MB.
inline constexpr std::size_t page_data_limit = 3'600'000;

/// What a kind of report has of its own.
struct PageContent {
    std::string kind;           ///< "sweep report"
    std::string findings_title; ///< "What the sweep shows"
    std::vector<std::string> findings;
    std::vector<Figure> figures;
    std::vector<Overlay> overlays; ///< of the cells shown
    std::string figures_note;      ///< a sentence after every caption, or ""
    std::string gallery;           ///< a section below the figures, or ""
    std::string tables;            ///< HTML below the heading "Table"
};

/// The page of all `cells`; its figures draw those that are `shown`.
std::string page(const PageContent& content, const Cells& cells, const Cells& shown,
                 const std::vector<std::string>& sessions);

} // namespace basin
