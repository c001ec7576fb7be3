#include "analysis/figures/chart_vega.hpp"
#include "analysis/page/chart_html.hpp"
#include "analysis/page/map_key.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/synthetic_charts.hpp"

namespace basin {
namespace {

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

TEST(ChartJson, SendsEveryNumberOnce) {
    Chart chart = tests::capacity_chart();
    chart.series[0].points[0].y = 123.456;

    const std::string json = chart_json(chart);
    const nlohmann::json data = nlohmann::json::parse(json);

    EXPECT_EQ(times(json, "123.456"), 1u);
    EXPECT_EQ(data["points"]["y"].size(), 3 * 2 * 4 * 3 * 5);
    EXPECT_EQ(data["xs"], nlohmann::json({2, 3, 4, 5, 6})) << "x by index";
    EXPECT_EQ(data["series"][0], nlohmann::json({0, "points", 0, 5, 0, 0, 0}));
    EXPECT_EQ(
        data["kinds"][1],
        nlohmann::json({{"name", "theory"}, {"mark", "line"}, {"dash", {7, 4}}, {"wide", false}}));
    EXPECT_EQ(data["notes"], nlohmann::json({"8 scenes", ""}));
}

TEST(ChartJson, LeavesColumnsOutThatSayNothing) {
    const nlohmann::json data = nlohmann::json::parse(chart_json(tests::plain_chart()));

    for (const char* column : {"low", "high", "sign", "note"})
        EXPECT_FALSE(data["points"].contains(column)) << column;
    EXPECT_FALSE(data["tiles"].contains("state"));
}

TEST(ChartJson, KeepsWhatJsonHasNoNumberFor) {
    const nlohmann::json y = nlohmann::json::parse(chart_json(tests::plain_chart()))["points"]["y"];

    EXPECT_TRUE(y[33].is_null()) << "NaN";
    EXPECT_EQ(y.back(), "inf");
}

TEST(ChartJson, HasLayersForWhatOccurs) {
    const auto layers = [](const Chart& chart) {
        return nlohmann::json::parse(chart_json(chart))["unit"]["layer"].size();
    };
    Chart map = tests::share_map();
    const std::size_t all = layers(map);
    for (ChartTile& tile : map.tiles)
        tile.hatched = false;

    EXPECT_EQ(all - layers(map), 3u) << "three strokes";
    map.series.clear();
    EXPECT_EQ(all - layers(map), 4u);
}

TEST(ChartJson, ZoomsAxesOfNumbersOnly) {
    const auto zoomed = [](const Chart& chart) {
        const nlohmann::json layers =
            nlohmann::json::parse(chart_json(chart))["unit"]["layer"].back()["layer"];
        const nlohmann::json& feeler = layers.back();
        return feeler.contains("params") ? feeler["params"][0]["select"]["encodings"]
                                         : nlohmann::json();
    };

    EXPECT_EQ(zoomed(tests::capacity_chart()), nlohmann::json({"x", "y"}));
    EXPECT_EQ(zoomed(tests::ranking_chart()), nlohmann::json({"x"}));
    EXPECT_EQ(zoomed(tests::share_map()), nlohmann::json());
}

TEST(FacetColors, AreInSequenceForNumbers) {
    const auto colors = [](std::vector<std::string> values) {
        return nlohmann::json::parse(facet_colors({"facet", "facet", std::move(values), 0}));
    };

    EXPECT_EQ(colors({"50", "100", "1e3"})["scheme"]["name"], "viridis");
    EXPECT_EQ(colors({"dot", "cosine"})["range"], nlohmann::json({"#0072b2", "#d55e00"}));
    EXPECT_EQ(colors({"50", "100"})["range"].size(), 2u) << "two are told apart more easily so";
    EXPECT_EQ(colors({"a", "b", "c", "d", "e", "f", "g", "h"})["scheme"]["name"], "viridis");
}

TEST(ChartsHtml, SaysWhatIsLeftOutAndWhy) {
    const std::string html = charts_html({tests::absent_chart()});

    EXPECT_NE(html.find("<p>No search has found a &lt;crossing&gt;.</p>"), std::string::npos);
    EXPECT_EQ(html.find("<figure"), std::string::npos);
    EXPECT_EQ(charts_json({tests::absent_chart()}), "[]");
}

TEST(ChartsHtml, TellsThoseWhoDoNotSeeIt) {
    Chart chart = tests::plain_chart();
    chart.alt = "Energy \"rises\"";

    EXPECT_NE(charts_html({chart}).find(
                  "role=\"img\" aria-label=\"Energy &quot;rises&quot;\" tabindex=\"0\""),
              std::string::npos);
}

TEST(MapKey, NamesTheSignsThatOccur) {
    const std::string all = key_html(map_key(tests::share_map()));
    const std::string some = key_html(map_key(tests::difference_map()));

    for (const char* text : {"overflowed", "failed", "not run yet", "not applicable"})
        EXPECT_NE(all.find(text), std::string::npos) << text;
    EXPECT_NE(some.find("overflowed"), std::string::npos);
    EXPECT_EQ(times(some, "<li>"), 1u);
    EXPECT_EQ(key_html(map_key(tests::plain_chart())), "");
}

} // namespace
} // namespace basin
