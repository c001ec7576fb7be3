#include "analysis/page/page_data.hpp"
#include "analysis/sweep/report.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <regex>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::stability_cells;
using tests::synthetic_cells;
using tests::text_axis;

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

TEST(PageData, SendsEveryCellOnceWithItsPlace) {
    const Cells product = synthetic_cells(
        {number_axis("beta", {1, 2, 3}), text_axis("similarity", {"dot", "cosine"})}, 2);
    const Cells cells = filtered(product, {true, false, true, true, false, true});

    const nlohmann::json data = nlohmann::json::parse(page_data(cells));

    EXPECT_EQ(data["columns"]["place"], nlohmann::json({0, 2, 1, 2})); // steps to places 0, 2, 3, 5
    EXPECT_EQ(data["measures"][0]["mean"].size(), 4u);
    EXPECT_EQ(data["axes"][0]["values"], nlohmann::json({1.0, 2.0, 3.0}));
}

TEST(PageData, WritesUndefinedNumbersAsNull) {
    Cells cells = synthetic_cells({number_axis("beta", {1, 2})}, 1);
    cells.measures[0].mean[1] = std::nan("");

    EXPECT_TRUE(nlohmann::json::parse(page_data(cells))["measures"][0]["mean"][1].is_null());
}

TEST(Fitted, KeepsWhatFits) {
    std::string note;

    EXPECT_EQ(fitted(stability_cells(), 10'000'000, note).rows(), stability_cells().rows());
    EXPECT_EQ(note, "");
}

TEST(Fitted, ThinsTheLongestAxisAndSaysSo) {
    std::string note;
    const Cells all = stability_cells();
    const std::size_t limit = page_data(all).size() * 2 / 3;

    const Cells some = fitted(all, limit, note);

    EXPECT_LE(page_data(some).size(), limit);
    EXPECT_NE(note.find("9 of the 17 values of β"), std::string::npos) << note;
}

TEST(SweepReport, IsOneFileThatAsksForNothing) {
    const std::string page = sweep_report(stability_cells(), {});

    EXPECT_NE(page.find("content=\"default-src 'none'; script-src 'unsafe-inline'; style-src "
                        "'unsafe-inline'; img-src data: blob:\""),
              std::string::npos);
    EXPECT_FALSE(std::regex_search(page.substr(0, page.find("<script")),
                                   std::regex("(src|href|action)=\"(?!data:|#)")));
    EXPECT_LT(page.size(), 5'000'000u);
    EXPECT_EQ(page, sweep_report(stability_cells(), {})) << "a function of the cells alone";
}

TEST(SweepReport, LetsNoTextBecomeMarkup) {
    const std::string attack = "</script><img src=x onerror=alert(1)>{{cells}}";
    Cells cells =
        synthetic_cells({text_axis("source", {attack, "b"}), number_axis("beta", {1, 2, 3})}, 2);
    const std::size_t scripts = times(sweep_report(cells, {}), "</script");
    cells.provenance["sweep_name"] = attack;
    cells.provenance["config_given"] = attack;
    cells.provenance[attack] = attack;

    const std::string page = sweep_report(cells, {attack, nlohmann::json{{attack, attack}}.dump()});

    EXPECT_EQ(page.find("<img src=x"), std::string::npos);
    EXPECT_EQ(times(page, "</script"), scripts) << "the page's own elements and no other";
}

TEST(SweepReport, CountsPointsByState) {
    Cells cells = stability_cells();
    cells.points = {5, 70000, 30, 7, 1, 2, 99};

    const std::string page = sweep_report(cells, {});

    EXPECT_NE(page.find("<b>70,045</b> points planned"), std::string::npos);
    EXPECT_NE(page.find("<b>70,000</b> done"), std::string::npos);
    EXPECT_NE(page.find("<b>10</b> failed"), std::string::npos);
    EXPECT_NE(page.find("<b>30</b> not applicable"), std::string::npos);
    EXPECT_NE(page.find("<b>5</b> not run"), std::string::npos);
}

TEST(SweepReport, ShowsSessionsAndConfig) {
    Cells cells = stability_cells();
    cells.provenance["config_given"] = "beta = 3 # <hot>";

    const std::string page = sweep_report(cells, {R"({"host":"node1","exit":0})", "torn line {"});

    EXPECT_NE(page.find("<td>node1</td>"), std::string::npos);
    EXPECT_NE(page.find("torn line {"), std::string::npos);
    EXPECT_NE(page.find("beta = 3 # &lt;hot&gt;"), std::string::npos);
}

TEST(SweepReport, ListsWhatAllBlocksHoldFixed) {
    Cells cells = stability_cells();
    cells.provenance["config_resolved"] =
        R"({"blocks":[{"axes":{"precision":["float32"],"dimension":[100],"tie":["keep"],"beta":[1]}},
                      {"axes":{"precision":["float32"],"dimension":[784],"beta":[1]}}]})";

    const std::string page = sweep_report(cells, {});
    const std::string header = page.substr(page.find("<header"), page.find("</header>"));

    EXPECT_NE(header.find("precision <span>float32"), std::string::npos);
    EXPECT_EQ(header.find("dimension N <span>100"), std::string::npos) << "differs between blocks";
    EXPECT_EQ(header.find("tie <span>keep"), std::string::npos) << "set by one block only";
    EXPECT_EQ(header.find("β <span>1<"), std::string::npos) << "an axis of the cube";
}

TEST(SweepReport, CarriesTheLicencesOfItsScripts) {
    const std::string page = sweep_report(stability_cells(), {});

    EXPECT_NE(page.find("University of Washington Interactive Data Lab"), std::string::npos);
    EXPECT_NE(page.find("Mike Bostock"), std::string::npos);
}

TEST(SweepReport, WorksForNoCells) {
    EXPECT_NE(sweep_report(Cells{}, {}).find("No cell is done yet."), std::string::npos);
}

} // namespace
} // namespace basin
