#include "sweeps/coordinates/input_files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "support/config_text.hpp"
#include "support/plan_points.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

BankRequest npy(const std::string& path) {
    BankRequest request;
    request.source = Choice<PatternSources>::named("npy").value();
    request.path = path;
    return request;
}

FileFacts holding(std::uint64_t content, const std::string& place = "") {
    FileFacts facts;
    facts.content = {1, content};
    facts.count = 3;
    facts.units = 12;
    facts.image = {2, 2, 3, false};
    facts.description = "a: npy, 3 x 12";
    facts.values = "0 to 255, declared";
    facts.place = place;
    return facts;
}

/// The points of a sweep over files whose content is known.
std::multiset<std::string> points(const std::string& paths, const FileTable& known) {
    const std::string text = "[patterns]\nsource = \"npy\"\npath = " + paths + "\n";
    return tests::points_of(Plan(parse_config(text, "test", {}, {.known = known})));
}

TEST(InputFiles, IdentifyPointsByWhatTheyHold) {
    const FileTable known{{npy("a"), holding(1)}, {npy("b"), holding(2)}, {npy("c"), holding(1)}};
    const std::string first = "00000000000000010000000000000001";
    const std::string second = "00000000000000010000000000000002";
    const auto point = [](const std::string& content) {
        return "dimension=0;source=npy;content=" + content + ";replicate=0;seed=1;";
    };
    EXPECT_EQ(points("\"a\"", known), std::multiset<std::string>{point(first)});
    EXPECT_EQ(points("\"a\"", known), points("\"c\"", known));
    EXPECT_EQ(points("[\"b\", \"a\"]", known),
              (std::multiset<std::string>{point(first), point(second)}));
}

TEST(InputFiles, OfAnotherContentGiveAPlanAnotherDigest) {
    const auto digest = [](const std::string& paths, std::uint64_t content) {
        const std::string text = "[patterns]\nsource = \"npy\"\npath = " + paths + "\n";
        const FileTable known{{npy("a"), holding(content)}, {npy("b"), holding(9)}};
        return Plan(parse_config(text, "test", {}, {.known = known})).digest();
    };
    EXPECT_EQ(digest("\"a\"", 1), digest("\"a\"", 1));
    EXPECT_NE(digest("\"a\"", 1), digest("\"a\"", 2));
    EXPECT_NE(digest("[\"a\", \"b\"]", 1), digest("[\"a\", \"b\"]", 2));
}

TEST(InputFiles, AreLookedUpInEachFolderInTurn) {
    const tests::TempFolder folder;
    std::filesystem::create_directory(folder / "first");
    std::filesystem::create_directory(folder / "second");
    const InputFiles files{.folders = {(folder / "first").string(), (folder / "second").string()}};
    EXPECT_EQ(find_file(files, npy("a")), std::nullopt);
    EXPECT_EQ(searched_places(files, npy("a")),
              " in " + (folder / "first").string() + " or in " + (folder / "second").string());
    folder.write("second/a", "x");
    EXPECT_EQ(find_file(files, npy("a")), (folder / "second/a").string());
    folder.write("first/a", "x");
    EXPECT_EQ(find_file(files, npy("a")), (folder / "first/a").string());
    EXPECT_EQ(find_file(files, npy((folder / "second/a").string())),
              (folder / "second/a").string());
    EXPECT_EQ(searched_places(files, npy("/no/such")), "");
}

TEST(InputFiles, OfARecordedConfigAreFirstLookedUpWhereTheyWereRead) {
    const tests::TempFolder folder;
    const std::string before = folder.write("before", "x");
    folder.write("a", "x");
    InputFiles files{.folders = {folder.path().string()},
                     .known = {{npy("a"), holding(1, before)}}};
    EXPECT_EQ(find_file(files, npy("a")), (folder / "a").string());
    files.recorded = true;
    EXPECT_EQ(find_file(files, npy("a")), before);
    std::filesystem::remove(before);
    EXPECT_EQ(find_file(files, npy("a")), (folder / "a").string());
    EXPECT_EQ(searched_places(files, npy("a")),
              " at " + before + " or in " + folder.path().string());
}

TEST(InputFiles, ConflictByNameAndByPlace) {
    const FileTable known{{npy("data/a"), holding(1, "/x/data/a")}};
    EXPECT_EQ(content_conflict(known, npy("data/a"), holding(1, "/y")), "");
    EXPECT_EQ(content_conflict(known, npy("b"), holding(2, "/x/b")), "");
    EXPECT_NE(content_conflict(known, npy("data/a"), holding(2, "/y")), "");
    EXPECT_NE(content_conflict(known, npy("./data/../data/a"), holding(2, "/y")), "");
    EXPECT_NE(content_conflict(known, npy("b"), holding(2, "/x/data/a")), "");
    BankRequest embeddings = npy("data/a");
    embeddings.use = FileUse::embeddings;
    EXPECT_EQ(content_conflict(known, embeddings, holding(2, "/x/data/a")), "");
}

TEST(InputFiles, TheirTableComesBackFromItsText) {
    BankRequest dataset = npy("b \"quoted\"");
    dataset.dataset = "x/y";
    dataset.value_range = "0 to 1";
    dataset.use = FileUse::embeddings;
    const FileTable files{{npy("a"), holding(1, "/x")}, {dataset, holding(0xFFFF'FFFF'FFFF'FFFF)}};
    const FileTable again = file_table_of(to_json_text(files, true));
    ASSERT_EQ(again.size(), 2U);
    for (const auto& [request, facts] : files) {
        const FileFacts& other = again.at(request);
        EXPECT_EQ(other.content, facts.content);
        EXPECT_EQ(other.count, facts.count);
        EXPECT_EQ(other.units, facts.units);
        EXPECT_EQ(other.image, facts.image);
        EXPECT_EQ(other.description, facts.description);
        EXPECT_EQ(other.values, facts.values);
        EXPECT_EQ(other.place, facts.place);
    }
    EXPECT_EQ(file_table_of(to_json_text(files, false)).at(npy("a")).place, "");
}

TEST(InputFiles, ATableOfAnotherFormIsRefused) {
    const std::string whole = to_json_text({{npy("a"), holding(1, "/x")}}, true);
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string text = whole;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    EXPECT_NO_THROW(file_table_of(whole));
    for (const std::string& text :
         {std::string("{"), std::string("{}"), std::string("null"), std::string("[1]"),
          std::string("[{}]"), changed("\"content\":\"0", "\"content\":\"g"),
          changed("\"content\":\"0", "\"content\":\""), changed("\"units\":12", "\"units\":-1"),
          changed("\"height\":2", "\"height\":4294967296"),
          changed("\"source\":\"npy\"", "\"source\":\"else\""),
          changed("\"use\":\"patterns\"", "\"use\":\"else\"")})
        EXPECT_THROW(file_table_of(text), std::invalid_argument) << text;
}

} // namespace
} // namespace basin
