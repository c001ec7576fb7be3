// `basin diff` of results that read files: the same data are the same points, whatever a file is
// called.

#include "results/hdf5/checksum_trailer.hpp"
#include "results/hdf5/hdf5_create.hpp"
#include "results/hdf5/hdf5_text.hpp"

#include <optional>

#include "support/input_program.hpp"

namespace basin {
namespace {

using nlohmann::json;

class DiffOfFiles : public tests::InputFilesRun {
protected:
    void SetUp() override {
        folder_.write("c.toml", tests::sweep_of_files);
        folder_.write("p.npy", tests::numbers(0));
        run();
        folder_.write("q.npy", tests::numbers(0));
        run({"--set", "path=\"q.npy\""}, "renamed");
        folder_.write("p.npy", tests::numbers(1));
        run({}, "replaced");
    }

    tests::ProgramResult diff(const std::string& store) const {
        return basin({"diff", "s", store, "--json"});
    }

    /// Puts another text in the place of the results' table of input files, or none.
    void replace_file_table(const std::string& store, const std::optional<std::string>& text) {
        const std::filesystem::path results = folder_ / store / "results.h5";
        std::filesystem::resize_file(results, std::filesystem::file_size(results) - seal_size);
        {
            const Hdf5Handle file(H5Fopen(results.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose,
                                  "open", results.string());
            const Hdf5Handle group(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose, "open",
                                   "provenance");
            ASSERT_GE(H5Ldelete(group, "files", H5P_DEFAULT), 0);
            if (text) {
                const Hdf5Handle table = create_dataset(group, "files", text_type(), {}, nullptr);
                write_texts(table, std::span(&*text, 1));
            }
        }
        seal(results);
    }

    static constexpr std::uintmax_t seal_size = 32; ///< results/hdf5/checksum_trailer.hpp
};

TEST_F(DiffOfFiles, TheSameDataUnderAnotherNameAreTheSamePoints) {
    const auto result = diff("renamed");
    EXPECT_EQ(result.exit, 0) << result.out << result.err;
    EXPECT_EQ(json::parse(result.out)["equal"], 2);
}

TEST_F(DiffOfFiles, OtherDataUnderTheSameNameAreOtherPoints) {
    const auto result = diff("replaced");
    EXPECT_EQ(result.exit, 6) << result.out << result.err;
    const json found = json::parse(result.out);
    EXPECT_EQ(found["equal"], 0);
    EXPECT_EQ(found["only_a"].size(), 2U);
    EXPECT_EQ(found["only_b"].size(), 2U);
}

TEST_F(DiffOfFiles, ResultsThatDoNotSayWhatTheirFilesHeldAreComparedByName) {
    replace_file_table("renamed", std::nullopt);
    const auto renamed = diff("renamed");
    EXPECT_EQ(renamed.exit, 6) << renamed.out << renamed.err;
    EXPECT_EQ(json::parse(renamed.out)["only_a"].size(), 2U);

    replace_file_table("replaced", std::nullopt);
    const json replaced = json::parse(diff("replaced").out);
    EXPECT_EQ(replaced["only_a"].size(), 0U);
    EXPECT_EQ(replaced["equal"].get<std::size_t>() + replaced["different"].size(), 2U);
}

TEST_F(DiffOfFiles, AWrongTableOfFilesIsDamageWithARemedy) {
    for (const char* text : {"[{\"path\": 3}]", "no json", "{}"}) {
        replace_file_table("renamed", text);
        const auto result = diff("renamed");
        EXPECT_EQ(result.exit, 5) << text << result.out << result.err;
        EXPECT_NE(result.err.find("table of input files"), std::string::npos) << result.err;
        EXPECT_NE(result.err.find("run command"), std::string::npos) << result.err;
    }
}

} // namespace
} // namespace basin
