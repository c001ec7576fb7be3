// Charts in a real browser: opened from a file, without network, under the page's CSP.

#include "analysis/charts/chart_table.hpp"
#include "analysis/page/page.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "support/browser.hpp"
#include "support/synthetic_charts.hpp"

namespace basin {
namespace {

std::string page_of(std::vector<Chart> charts) {
    PageContent content;
    content.kind = "capacity report";
    content.findings_title = "What the searches found";
    content.charts = std::move(charts);
    return page(content, {});
}

/// For each chart: what is drawn, the CSV, and every value of every control in turn: whether the
/// drawing changed, and its marks.
constexpr const char* turn_controls = R"js(
  const text = (values) => JSON.stringify(values);
  for (const chart of window.basinCharts) {
    const figure = document.getElementById(chart.id);
    const image = () => figure.querySelector("canvas").toDataURL();
    const result = { marks: countMarks(chart.view), csv: chart.csv(), controls: {} };
    result.saved = (await savedBy(figure.querySelector("[data-save-chart]"))) === result.csv;
    const named = (name) => figure.querySelector(`select[name="${name}"]`);
    // Facets change which controls there are: they come last.
    const names = [...figure.querySelectorAll("select")].map((select) => select.name);
    const isFacet = (name) => name === "panels" || name === "colours";
    for (const name of [...names.filter((each) => !isFacet(each)), ...names.filter(isFacet)]) {
      const initial = named(name).selectedIndex;
      const turns = [];
      for (let i = 0; i < named(name).options.length; ++i) {
        const before = image();
        const here = named(name).selectedIndex === i;
        named(name).selectedIndex = i;
        named(name).dispatchEvent(new Event("change", { bubbles: true }));
        await chart.ready;
        const others = [...figure.querySelectorAll("select")].map((select) => select.name);
        turns.push({ option: named(name).options[i].text, changed: here || image() !== before, marks: countMarks(chart.view), others });
      }
      result.controls[name] = turns;
      named(name).selectedIndex = initial;
      named(name).dispatchEvent(new Event("change", { bubbles: true }));
      await chart.ready;
    }
    answer[chart.id] = result;
  }
)js";

class ChartsInBrowser : public tests::InBrowser {};

TEST_F(ChartsInBrowser, DrawEveryMarkAndObeyEveryControl) {
    const nlohmann::json answer = looked_at(page_of(tests::synthetic_charts()), turn_controls);

    ASSERT_EQ(answer["figures"], "ready");
    EXPECT_EQ(answer.size(), 1u + 6u) << "the absent one is a sentence";
    for (const auto& [id, chart] : answer.items()) {
        if (id == "figures") continue;
        for (const auto& [control, turns] : chart["controls"].items())
            for (const nlohmann::json& turn : turns) {
                EXPECT_TRUE(turn["changed"]) << id << ": " << control << " " << turn["option"];
                EXPECT_GT(turn["marks"].size(), 1u) << id << ": " << control << turn["option"];
            }
    }
}

TEST_F(ChartsInBrowser, HaveTheMarksOfTheirNumbers) {
    const nlohmann::json answer = looked_at(page_of(tests::synthetic_charts()), turn_controls);

    ASSERT_EQ(answer["figures"], "ready");
    // 2 panels of 3 similarities: 5 points and 2 lines of 5 points; feelers over all of them.
    const nlohmann::json& capacity = answer["capacity"];
    const int legends = 3 + 3;
    EXPECT_EQ(capacity["marks"]["line"], 2 * 3 * 2 * 5);
    EXPECT_EQ(capacity["marks"]["symbol"], 2 * 3 * 5 + 2 * 3 * 3 * 5 + legends);
    EXPECT_EQ(capacity["controls"]["panels"].size(), 4u) << "none, or one of three facets";
    const nlohmann::json& by_dimension = capacity["controls"]["panels"][3];
    EXPECT_EQ(by_dimension["option"], "dimension N");
    EXPECT_EQ(by_dimension["marks"]["line"], 4 * 3 * 2 * 5);
    EXPECT_EQ(by_dimension["others"],
              nlohmann::json({"panels", "colours", "formulation", "y axis"}));
    const nlohmann::json& swapped = capacity["controls"]["panels"][1];
    EXPECT_EQ(swapped["option"], "similarity");
    EXPECT_EQ(swapped["others"], nlohmann::json({"panels", "colours", "dimension N", "y axis"}))
        << "what made panels makes colours";

    // A band of 13 points each, as many steps, a line of them and a bracket of 2; one rule each
    // way.
    const nlohmann::json& recall = answer["recall-curves"]["marks"];
    EXPECT_EQ(recall["area"], 4 * 13);
    EXPECT_EQ(recall["line"], 4 * (13 + 13 + 2));
    EXPECT_EQ(recall["text"].get<int>() >= 4, true) << "rules with their halos";

    const nlohmann::json& map = answer["share-map"];
    EXPECT_EQ(map["marks"]["rect"], 2 * 30 + 1) << "a tile each, and the legend";
    EXPECT_EQ(map["marks"]["rule"], 2 * 3 * 4) << "three strokes across four";
    EXPECT_EQ(map["marks"]["symbol"], 2 * (1 + 1 + 4) + 1) << "signs, feelers, legend";
    EXPECT_EQ(map["marks"]["line"], 2 * 2 * 4) << "with a white casing";
    EXPECT_FALSE(map["controls"].contains("colours"));
    EXPECT_EQ(answer["difference-map"]["marks"]["rect"], 12 + 1);

    const nlohmann::json& ranking = answer["ranking"]["marks"];
    EXPECT_EQ(ranking["rule"], 3 + 1) << "intervals and the rule";
    EXPECT_EQ(ranking["symbol"], 4 + 4);
    EXPECT_EQ(answer["plain"]["marks"]["symbol"], 61 - 1) << "feelers only";
}

TEST_F(ChartsInBrowser, SaveTheNumbersThatTheProgramWrites) {
    const std::vector<Chart> charts = tests::synthetic_charts();

    const nlohmann::json answer = looked_at(page_of(charts), turn_controls);

    for (const Chart& chart : charts) {
        if (!chart.left_out.empty()) continue;
        EXPECT_EQ(answer[chart.id]["csv"], chart_csv(chart));
        EXPECT_EQ(answer[chart.id]["saved"], true);
    }
}

TEST_F(ChartsInBrowser, ZoomOnceTheyAreClickedInto) {
    const nlohmann::json answer =
        looked_at(page_of({tests::capacity_chart(), tests::plain_chart()}), R"js(
  const settled = async (view) => {
    await new Promise((done) => setTimeout(done, 50));
    await view.runAsync();
  };
  for (const chart of window.basinCharts) {
    const canvas = document.querySelector(`#${chart.id} canvas`);
    canvas.scrollIntoView();
    const box = canvas.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, view: window, clientX: box.x + 220, clientY: box.y + 220 };
    const domains = () => [chart.view.scale("x").domain(), chart.view.scale("y").domain()];
    const wheel = async () => {
      const event = new WheelEvent("wheel", { ...at, deltaY: -200 });
      canvas.dispatchEvent(event);
      await settled(chart.view);
      return event.defaultPrevented;
    };
    const point = (type, dx = 0) => new PointerEvent(type, { ...at, clientX: at.clientX + dx });
    for (const type of ["pointermove", "mousemove"]) canvas.dispatchEvent(point(type));
    const result = { before: domains() };
    result.taken = await wheel();
    result.untouched = domains();
    canvas.dispatchEvent(point("pointerdown"));
    canvas.dispatchEvent(point("pointerup"));
    result.taken_then = await wheel();
    result.zoomed = domains();
    for (const [type, dx] of [["pointerdown", 0], ["pointermove", 40], ["pointermove", 60], ["pointerup", 60]])
      (type === "pointerdown" ? canvas : window).dispatchEvent(point(type, dx));
    await settled(chart.view);
    result.moved = domains();
    canvas.dispatchEvent(new MouseEvent("dblclick", at));
    await settled(chart.view);
    result.again = domains();
    answer[chart.id] = result;
  }
)js");

    for (const char* id : {"capacity", "plain"}) {
        const nlohmann::json& chart = answer[id];
        EXPECT_EQ(chart["untouched"], chart["before"]) << "the page scrolls";
        EXPECT_EQ(chart["taken"], false);
        EXPECT_EQ(chart["taken_then"], true);
        for (const std::size_t axis : {0u, 1u}) {
            EXPECT_GT(chart["zoomed"][axis][0], chart["before"][axis][0]) << id << axis;
            EXPECT_LT(chart["zoomed"][axis][1], chart["before"][axis][1]) << id << axis;
        }
        EXPECT_LT(chart["moved"][0][0], chart["zoomed"][0][0]);
        EXPECT_EQ(chart["again"], chart["before"]);
    }
}

TEST_F(ChartsInBrowser, AreSavedAsSvgAndPng) {
    const nlohmann::json answer = looked_at(page_of(tests::synthetic_charts()), R"js(
  for (const chart of window.basinCharts) {
    const svg = await chart.view.toSVG();
    const png = await chart.view.toImageURL("png");
    const menu = [...document.querySelectorAll(`#${chart.id} .vega-actions a`)].map((item) => item.textContent);
    answer[chart.id] = { svg, png: png.slice(0, 22), bytes: png.length, menu };
  }
)js");

    for (const auto& [id, saved] : answer.items()) {
        if (id == "figures") continue;
        const auto svg = saved["svg"].get<std::string>();
        EXPECT_EQ(svg.rfind("<svg", 0), 0u) << id;
        EXPECT_NE(svg.find("<path"), std::string::npos);
        EXPECT_EQ(saved["png"], "data:image/png;base64,");
        EXPECT_GT(saved["bytes"], 5000);
        EXPECT_EQ(saved["menu"], nlohmann::json({"Save as SVG", "Save as PNG"}));
    }
    EXPECT_NE(answer["share-map"]["svg"].get<std::string>().find("largest term leaves the range"),
              std::string::npos)
        << "the legend is part of it";
}

TEST_F(ChartsInBrowser, TellWhatIsUnderThePointer) {
    const nlohmann::json answer =
        looked_at(page_of({tests::capacity_chart(), tests::share_map()}), R"js(
  for (const chart of window.basinCharts) {
    const tips = [];
    const find = (item) => {
      if (item.tooltip !== undefined && item.tooltip !== null) tips.push(chart.tip(item.tooltip));
      for (const child of item.items || []) find(child);
    };
    find(chart.view.scenegraph().root);
    answer[chart.id] = tips;
  }
  const canvas = document.querySelector("#share-map canvas");
  canvas.scrollIntoView();
  const box = canvas.getBoundingClientRect();
  const [x, y] = window.basinCharts[1].view.origin();
  for (const type of ["pointermove", "mousemove"])
    canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, view: window, clientX: box.x + x + 45, clientY: box.y + y + 75 }));
  await new Promise((done) => setTimeout(done, 50));
  answer.hover = document.getElementById("vg-tooltip-element").innerText;
)js");

    EXPECT_TRUE(
        std::ranges::count(answer["capacity"], nlohmann::json{{"similarity", "dot"},
                                                              {"formulation", "original"},
                                                              {"dimension N", "100"},
                                                              {"kind", "measured"},
                                                              {"interaction vertex n", "3"},
                                                              {"critical pattern count K", "333.3"},
                                                              {"interval", "266.7 … 433.3"},
                                                              {"note", "8 scenes"}}))
        << answer["capacity"][0];
    EXPECT_TRUE(
        std::ranges::count(answer["share-map"], nlohmann::json{{"precision", "float64"},
                                                               {"formulation", "original"},
                                                               {"interaction vertex n", "2"},
                                                               {"β", "0.01"},
                                                               {"state", "failed"},
                                                               {"note", "out of memory"}}))
        << answer["share-map"][0];
    EXPECT_EQ(std::ranges::count_if(
                  answer["capacity"],
                  [](const nlohmann::json& tip) { return tip.value("interval", "") == "0 … ∞"; }),
              2)
        << "a panel each";
    const auto hover = answer["hover"].get<std::string>();
    EXPECT_NE(hover.find("float32"), std::string::npos) << hover;
    EXPECT_NE(hover.find("exact recall"), std::string::npos) << hover;
}

TEST_F(ChartsInBrowser, SurviveHostileText) {
    const std::string attack = "</script><script>alert(1)</script>'\"\\`${x}";
    Chart chart = tests::capacity_chart();
    chart.title = chart.caption = chart.alt = attack;
    chart.facets[0].values[0] = chart.facets[1].title = attack;
    chart.x.title = chart.y.title = chart.rules[0].text = attack;
    for (ChartSeries& series : chart.series)
        if (series.kind == "theory") series.kind = attack;
    Chart map = tests::share_map();
    map.x.categories[0] = map.tile_colors.title = map.tiles[0].note = attack;

    const nlohmann::json answer = looked_at(page_of({chart, map}), turn_controls);

    EXPECT_EQ(answer["figures"], "ready");
    EXPECT_EQ(answer["capacity"]["csv"], chart_csv(chart));
    EXPECT_EQ(answer["share-map"]["csv"], chart_csv(map));
}

} // namespace
} // namespace basin
