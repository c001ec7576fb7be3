// A store's numbers belong to what its files held.

#include "results/cube/result_cube.hpp"

#include "support/cifar10_bytes.hpp"
#include "support/input_program.hpp"
#include "support/png_bytes.hpp"

namespace basin {
namespace {

using tests::numbers;
using tests::read_file;

class FileContent : public tests::InputFilesRun {
protected:
    void SetUp() override {
        folder_.write("c.toml", tests::sweep_of_files);
        folder_.write("p.npy", numbers(0));
    }
};

TEST_F(FileContent, OfOneFileIsNotMixedWithThatOfAnotherAtItsPlace) {
    run();
    const std::string results = page("results.h5");
    folder_.write("p.npy", numbers(1));

    expect_refusal({"run", "c.toml", "--store", "s"});
    expect_refusal({"run", "c.toml", "--store", "s", "--set", "replicates=2"});
    expect_refusal({"plan", "c.toml", "--store", "s"});
    expect_refusal({"verify", "s", "--replay", "1"});
    EXPECT_EQ(page("results.h5"), results);

    folder_.write("p.npy", numbers(0));
    EXPECT_EQ(run({"--set", "replicates=2"})["computed"], 2);
}

TEST_F(FileContent, IsRefusedByWhatMakesScenesAgain) {
    folder_.write("c.toml", tests::continuous_sweep_of_files);
    run();
    const auto list = nlohmann::json::parse(basin({"show", "s", "--json"}).out);
    const std::string key = list["points"][0]["key"];
    ASSERT_EQ(basin({"show", "s", key, "--clusters"}).exit, 0);
    folder_.write("p.npy", numbers(1));

    expect_refusal({"show", "s", key, "--clusters"});
    expect_refusal({"separability", "s"});
    ASSERT_EQ(basin({"report", "sweep", "s"}).exit, 0);
    EXPECT_NE(page("report.html").find("p.npy holds something else"), std::string::npos);
}

TEST_F(FileContent, OfASearchIsNotMixedEither) {
    folder_.write("c.toml", R"(
[sweep]
name = "files"
[patterns]
source = "npy"
path = "p.npy"
[model]
formulation = "classical"
[capacity]
criterion = "exact_recall >= 0.5"
minimum = 1
maximum = 6
replicates = {min = 2, max = 4}
)");
    const auto searched = basin({"capacity", "c.toml", "--store", "s"});
    ASSERT_TRUE(searched.exit == 0 || searched.exit == 3) << searched.err;
    folder_.write("p.npy", numbers(1));

    expect_refusal({"capacity", "c.toml", "--store", "s"});
}

TEST_F(FileContent, IsTheSameAtAnotherTimePlaceAndName) {
    run();
    folder_.write("p.npy", numbers(0)); // another time
    EXPECT_EQ(run()["computed"], 0);
    EXPECT_EQ(run({"--set", "path=\"./p.npy\""})["computed"], 0);

    std::filesystem::create_directory(folder_ / "data");
    std::filesystem::rename(folder_ / "p.npy", folder_ / "data" / "q.npy");
    EXPECT_EQ(run({"--set", "path=\"data/q.npy\""})["computed"], 0);
    EXPECT_EQ(run({"--set", "path=\"" + (folder_ / "data/q.npy").string() + "\""})["computed"], 0);
}

TEST_F(FileContent, HasTheSameNumbersUnderAnotherName) {
    run();
    folder_.write("q.npy", numbers(0));
    run({"--set", "path=\"q.npy\""}, "other");

    EXPECT_EQ(basin({"diff", "s", "other"}).exit, 0) << basin({"diff", "s", "other"}).out;
}

TEST_F(FileContent, AtOnePlaceIsOneWhateverItsName) {
    run();
    folder_.write("p.npy", numbers(1));

    expect_refusal({"run", "c.toml", "--store", "s", "--set",
                    "path=\"" + (folder_ / "p.npy").string() + "\""});
}

TEST_F(FileContent, OfSeveralFilesIsKeptWhenAConfigNamesOthers) {
    run();
    folder_.write("q.npy", numbers(1));
    EXPECT_EQ(run({"--set", "path=[\"p.npy\", \"q.npy\"]"})["computed"], 2) << "q.npy alone is new";
    EXPECT_EQ(run({"--set", "path=\"q.npy\""})["computed"], 0);

    // The last config did not name it.
    folder_.write("p.npy", numbers(1));
    expect_refusal({"run", "c.toml", "--store", "s"});
}

TEST_F(FileContent, OfTwoFilesThatHoldTheSameIsOne) {
    folder_.write("q.npy", numbers(0));
    run();
    EXPECT_EQ(run({"--set", "path=[\"p.npy\", \"q.npy\"]"})["computed"], 0);
    EXPECT_EQ(basin({"verify", "s", "--replay", "4"}).exit, 0);
    const auto status = nlohmann::json::parse(basin({"status", "s", "--json"}).out);
    EXPECT_EQ(status["done"], 4);
    EXPECT_EQ(status["records_of_other_plans"], 0);
}

TEST_F(FileContent, OfEmbeddingsCounts) {
    folder_.write("e.npy", tests::npy_bytes(std::vector<std::vector<float>>(6, {1.0F, 2.0F})));
    run({"--set", "embeddings=\"e.npy\""});
    folder_.write("e.npy", tests::npy_bytes(std::vector<std::vector<float>>(6, {1.0F, 3.0F})));

    expect_refusal({"run", "c.toml", "--store", "s", "--set", "embeddings=\"e.npy\""}, "e.npy");
    EXPECT_EQ(run()["computed"], 2) << "without embeddings";
}

TEST_F(FileContent, OfOneImageOfAFolderCounts) {
    std::filesystem::create_directory(folder_ / "images");
    const auto picture = [&](char name, char value) {
        const std::string pixels{value, '\0', '\x7F', value, '\x10', '\x20', value, '\x05'};
        tests::PngSource source;
        source.height = 4;
        source.width = 2;
        source.rows = pixels;
        folder_.write(std::string("images/") + name + ".png", tests::png_bytes(source));
    };
    picture('a', 3);
    picture('b', 90);
    const std::vector<std::string> more{"--set", "source=image_folder", "--set", "path=\"images\"",
                                        "--set", "pattern_count=2"};
    EXPECT_EQ(run(more)["computed"], 1);
    picture('b', 91);

    std::vector<std::string> again{"run", "c.toml", "--store", "s"};
    again.insert(again.end(), more.begin(), more.end());
    expect_refusal(again, "images");
    picture('b', 90);
    EXPECT_EQ(run(more)["computed"], 0);
}

TEST_F(FileContent, OfABatchOfCifar10Counts) {
    std::filesystem::create_directory(folder_ / "cifar");
    folder_.write("cifar/data_batch_1.bin", tests::cifar10_record(0, 0));
    folder_.write("cifar/data_batch_2.bin", tests::cifar10_record(1, 90));
    const std::vector<std::string> more{"--set",          "source=cifar10", "--set",
                                        "path=\"cifar\"", "--set",          "pattern_count=2"};
    run(more);
    folder_.write("cifar/data_batch_2.bin", tests::cifar10_record(1, 91));

    std::vector<std::string> again{"run", "c.toml", "--store", "s"};
    again.insert(again.end(), more.begin(), more.end());
    expect_refusal(again, "cifar");
}

TEST_F(FileContent, OfAnotherDatasetInAnHdf5FileDoesNotCount) {
    // Result files are HDF5 files of numbers. With another seed only some of their datasets differ.
    const auto make = [&](const std::string& seed) {
        std::filesystem::remove_all(folder_ / "made");
        run({"--set", "cue_level=[0.2, 0.3, 0.4, 0.45]", "--set", "seed=" + seed}, "made");
        std::filesystem::rename(folder_ / "made/results.h5", folder_ / "p.h5");
    };
    const auto sweep_on = [](const std::string& dataset) {
        return std::vector<std::string>{
            "--set", "source=hdf5",     "--set", "path=\"p.h5\"",
            "--set", "pattern_count=2", "--set", "dataset=\"" + dataset + "\""};
    };
    make("3");
    run(sweep_on("recall_error"));
    run(sweep_on("status"));
    make("4");

    EXPECT_EQ(run(sweep_on("status"))["computed"], 0);
    std::vector<std::string> again{"run", "c.toml", "--store", "s"};
    const std::vector<std::string> more = sweep_on("recall_error");
    again.insert(again.end(), more.begin(), more.end());
    expect_refusal(again, "recall_error");
}

TEST_F(FileContent, IsInTheResultsAndInTheStoreBeforeAnythingIsComputed) {
    run();
    const auto files =
        nlohmann::json::parse(provenance_of(folder_ / "s" / "results.h5").at("files"));
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0]["path"], "p.npy");
    EXPECT_FALSE(files[0].contains("place")) << "result files do not depend on folders";
    const auto stored = nlohmann::json::parse(read_file(folder_ / "s" / "store.json"));
    EXPECT_EQ(stored["files"][0]["content"], files[0]["content"]);

    const auto list = nlohmann::json::parse(basin({"show", "s", "--json"}).out);
    const std::string key = list["points"][0]["key"];
    const auto shown = nlohmann::json::parse(basin({"show", "s", key, "--json"}).out);
    EXPECT_EQ(shown["files"]["content"]["digest"], files[0]["content"]);
    EXPECT_EQ(shown["files"]["content"]["values"], files[0]["values"]);
    EXPECT_NE(files[0]["values"].get<std::string>().find("0"), std::string::npos);
    EXPECT_NE(basin({"show", "s", key}).out.find(files[0]["content"].get<std::string>()),
              std::string::npos);

    // As a run leaves it that was killed before its first record.
    std::filesystem::remove_all(folder_ / "s" / "journals");
    std::filesystem::create_directory(folder_ / "s" / "journals");
    folder_.write("p.npy", numbers(1));
    expect_refusal({"run", "c.toml", "--store", "s"});
}

TEST_F(FileContent, OfStoresThatAreMergedIsTheSame) {
    run();
    folder_.write("p.npy", numbers(1));
    run({"--set", "replicates=2"}, "other");

    const auto merged = basin({"merge", "union", "s", "other"});
    EXPECT_EQ(merged.exit, 7) << merged.out;
    EXPECT_NE(merged.err.find("p.npy"), std::string::npos) << merged.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "union"));
}

TEST_F(FileContent, OfMergedStoresIsKnownToTheirUnion) {
    run();
    folder_.write("q.npy", numbers(1));
    run({"--set", "path=[\"q.npy\"]"}, "other");
    ASSERT_EQ(basin({"merge", "union", "s", "other"}).exit, 0);

    EXPECT_EQ(run({"--set", "path=[\"p.npy\", \"q.npy\"]"}, "union")["computed"], 0);
    folder_.write("q.npy", numbers(0));
    expect_refusal({"run", "c.toml", "--store", "union", "--set", "path=\"q.npy\""}, "q.npy");
}

} // namespace
} // namespace basin
