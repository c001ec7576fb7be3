#include "analysis/page/provenance_html.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

Cells cells_of(std::map<std::string, std::string> facts) {
    Cells cells;
    cells.provenance.insert(facts.begin(), facts.end());
    return cells;
}

TEST(AgainHtml, NamesTheCommandsOfASweep) {
    const std::string html = again_html(cells_of({{"sweep_name", "stability"},
                                                  {"config_given", "[sweep]"},
                                                  {"config_resolved", "{\"blocks\":[]}"}}),
                                        "stability");

    EXPECT_NE(html.find("<pre>basin run stability.toml --store DIR\n"
                        "basin report stability DIR</pre>"),
              std::string::npos)
        << html;
}

TEST(AgainHtml, NamesTheCommandsOfASearch) {
    const std::string html = again_html(
        cells_of({{"config_given", "[capacity]"}, {"config_resolved", "{\"capacity\":{}}"}}),
        "capacity");

    EXPECT_NE(html.find("basin capacity sweep.toml --store DIR\nbasin report capacity DIR"),
              std::string::npos)
        << html;
}

TEST(AgainHtml, QuotesWhatAShellWouldRead) {
    const std::string html = again_html(cells_of({{"sweep_name", "it's $HOME"},
                                                  {"config_given", "[sweep]"},
                                                  {"overrides", "beta=[1, 2]\nseed=3"}}),
                                        "sweep");

    EXPECT_NE(html.find("basin run &#39;it&#39;\\&#39;&#39;s $HOME.toml&#39; --store DIR "
                        "--set &#39;beta=[1, 2]&#39; --set seed=3\n"),
              std::string::npos)
        << html;
}

TEST(AgainHtml, ASweepNamedLikeAnOptionIsNotTakenForOne) {
    const std::string html =
        again_html(cells_of({{"sweep_name", "--help"}, {"config_given", "[sweep]"}}), "sweep");

    EXPECT_NE(html.find("basin run ./--help.toml --store DIR\n"), std::string::npos) << html;
    EXPECT_NE(html.find("<code>--help.toml</code>"), std::string::npos) << html;
}

TEST(AgainHtml, SaysNothingWithoutAConfig) {
    EXPECT_EQ(again_html({}, "sweep"), "");
}

} // namespace
} // namespace basin
