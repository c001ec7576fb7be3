// CIFAR files made here, and the real ones where they are at hand.

#include "models/draws/patterns.hpp"
#include "models/files/cifar_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "support/cifar10_bytes.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using tests::cifar10_record;
using tests::refusal_of;

class Cifar10Files : public testing::Test {
protected:
    std::string write(const std::string& bytes, const std::string& name = "a.bin") const {
        return folder_.write(name, bytes);
    }
    std::string refusal(const std::string& bytes) const {
        return refusal_of(read_cifar10, write(bytes));
    }
    std::string folder() const { return folder_.path().string(); }

    tests::TempFolder folder_;
};

TEST_F(Cifar10Files, HoldPlanesOfRowsBehindALabel) {
    const PatternBank bank = read_cifar10(write(cifar10_record(9, 0) + cifar10_record(0, 100)));

    ASSERT_EQ(bank.values.shape(0), 2U);
    ASSERT_EQ(bank.values.shape(1), 3072U);
    EXPECT_EQ(bank.image, (ImageShape{32, 32, 3, true}));
    for (std::size_t i = 0; i < 3072; ++i) {
        ASSERT_EQ(bank.values(0, i), static_cast<float>(i % 251)) << i;
        ASSERT_EQ(bank.values(1, i), static_cast<float>((i + 100) % 251)) << i;
    }
    EXPECT_EQ(bank.description, "a.bin: CIFAR-10, 2 x 3 x 32 x 32 uint8");
    EXPECT_EQ(bank.digest, bank_digest(bank.values, bank.range));
}

TEST_F(Cifar10Files, MayBeGzipped) {
    const std::string bytes = cifar10_record(3, 7) + cifar10_record(4, 8);
    const std::string path = (folder_ / "a.bin.gz").string();
    const gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);

    EXPECT_EQ(read_cifar10(path).digest, read_cifar10(write(bytes)).digest);

    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    EXPECT_THAT(refusal_of(read_cifar10, path), AllOf(StartsWith(path), HasSubstr("gzip data")));
}

TEST_F(Cifar10Files, OfAFolderAreItsTrainingBatchesByName) {
    write(cifar10_record(0, 2), "data_batch_2.bin");
    write(cifar10_record(0, 1), "data_batch_1.bin");
    write(cifar10_record(0, 10) + cifar10_record(0, 11), "data_batch_10.bin");
    write(cifar10_record(0, 5), "test_batch.bin");
    write("airplane\n", "batches.meta.txt");
    std::filesystem::create_directory(folder_ / "data_batch_0.bin");

    const PatternBank bank = read_cifar10(folder() + "/");

    ASSERT_EQ(bank.values.shape(0), 4U);
    for (const auto& [row, first] : {std::pair{0, 1}, {1, 10}, {2, 11}, {3, 2}})
        EXPECT_EQ(bank.values(row, 0), static_cast<float>(first)) << row;
    EXPECT_EQ(bank.description,
              folder_.path().filename().string() + ": CIFAR-10 of 3 files, 4 x 3 x 32 x 32 uint8");
}

TEST_F(Cifar10Files, CutAnywhereAreRefused) {
    const std::string two = cifar10_record(1, 0) + cifar10_record(2, 0);
    for (const std::size_t size : {1U, 2U, 3072U, 3074U, 3075U, 6145U})
        EXPECT_THAT(
            refusal(two.substr(0, size)),
            AllOf(StartsWith(folder()), HasSubstr("a.bin: truncated"),
                  HasSubstr("its " + std::to_string(size) + " bytes are no multiple of 3073"),
                  HasSubstr("fetch it again")));
    EXPECT_EQ(refusal(two.substr(0, 3073)), "accepted");
    EXPECT_THAT(refusal(two + "x"), HasSubstr("6147 bytes are no multiple"));
    EXPECT_THAT(refusal(""), HasSubstr("a.bin: empty"));
}

TEST_F(Cifar10Files, LabelsAboveNineAreRefusedAndPlaced) {
    EXPECT_THAT(refusal(cifar10_record(9, 0) + cifar10_record(10, 0)),
                AllOf(HasSubstr("a.bin: record 1 (counted from 0, at byte 3073) has the label 10"),
                      HasSubstr("0 to 9")));
}

TEST_F(Cifar10Files, DamageInAFolderIsThatOfTheFile) {
    write(cifar10_record(0, 1), "data_batch_1.bin");
    write("", "data_batch_2.bin");

    EXPECT_THAT(refusal_of(read_cifar10, folder()), HasSubstr("data_batch_2.bin: empty"));
}

TEST_F(Cifar10Files, WithoutBatchesOrAtAllAreRefused) {
    write(cifar10_record(0, 5), "test_batch.bin");

    EXPECT_THAT(refusal_of(read_cifar10, folder()),
                AllOf(StartsWith(folder()), HasSubstr("holds no data_batch_*.bin")));
    EXPECT_THAT(refusal_of(read_cifar10, folder() + "/absent"), HasSubstr("cannot be opened"));
    std::filesystem::create_symlink("nowhere", folder_ / "data_batch_1.bin");
    EXPECT_THAT(refusal_of(read_cifar10, folder()), HasSubstr("data_batch_1.bin: not a file"));
}

TEST_F(Cifar10Files, Of100ClassesHaveTwoLabels) {
    const auto record = [](int coarse, int fine, int first) {
        return std::string(1, static_cast<char>(coarse)) + cifar10_record(fine, first);
    };
    const PatternBank bank = read_cifar100(write(record(19, 99, 0) + record(0, 0, 100)));

    ASSERT_EQ(bank.values.shape(0), 2U);
    for (std::size_t i = 0; i < 3072; ++i) {
        ASSERT_EQ(bank.values(0, i), static_cast<float>(i % 251)) << i;
        ASSERT_EQ(bank.values(1, i), static_cast<float>((i + 100) % 251)) << i;
    }
    EXPECT_EQ(bank.image, (ImageShape{32, 32, 3, true}));
    EXPECT_EQ(bank.range, (ValueRange{0.0, 255.0}));
    EXPECT_EQ(bank.description, "a.bin: CIFAR-100, 2 x 3 x 32 x 32 uint8");

    const auto refused = [&](const std::string& bytes) {
        return refusal_of(read_cifar100, write(bytes));
    };
    EXPECT_THAT(refused(record(20, 0, 0)), HasSubstr("has the coarse label 20, but CIFAR-100 has"));
    EXPECT_THAT(refused(record(0, 0, 0) + record(0, 100, 0)),
                HasSubstr("record 1 (counted from 0, at byte 3074) has the fine label 100"));
    EXPECT_THAT(refused(cifar10_record(0, 0)), HasSubstr("are no multiple of 3074, two labels"));
}

TEST_F(Cifar10Files, Of100ClassesInAFolderAreItsTrainingFile) {
    write(std::string(2, '\0') + std::string(3072, '7'), "train.bin");
    write(std::string(2, '\0') + std::string(3072, '8'), "test.bin");
    write(cifar10_record(0, 1), "data_batch_1.bin");

    EXPECT_EQ(read_cifar100(folder()).values(0, 0), static_cast<float>('7'));
    std::filesystem::remove(folder_ / "train.bin");
    EXPECT_THAT(refusal_of(read_cifar100, folder()), HasSubstr("holds no train.bin of CIFAR-100"));
}

// The real data -----------------------------------------------------------------------------------

/// A folder with the development subset of 2000 images, 200 of each class.
const std::string real_file = std::string(BASIN_DATA) + "/cifar10/cifar10-dev-2000.bin";

TEST(RealCifar10, HasDistinctImagesOfManyLevels) {
    if (!std::filesystem::exists(real_file)) GTEST_SKIP() << real_file << " is not there";

    const PatternBank bank = read_cifar10(real_file);

    ASSERT_EQ(bank.values.shape(0), 2000U);
    EXPECT_EQ(std::ranges::min(bank.values), 0.0F);
    EXPECT_EQ(std::ranges::max(bank.values), 255.0F);
    // Neighbours in a picture are alike. Rows and planes that were mixed up would not be.
    double along_rows = 0;
    double along_columns = 0;
    double far = 0;
    for (std::size_t r = 0; r < 2000; ++r)
        for (std::size_t i = 0; i + 512 < 1024; ++i) {
            along_rows += std::abs(bank.values(r, i) - bank.values(r, i + 1));
            along_columns += std::abs(bank.values(r, i) - bank.values(r, i + 32));
            far += std::abs(bank.values(r, i) - bank.values(r, i + 512));
        }
    EXPECT_LT(3 * along_rows, far);
    EXPECT_LT(3 * along_columns, far);

    PatternSpec spec;
    spec.source = Choice<PatternSources>::of<Cifar10Source>();
    spec.pattern_count = 2000;
    spec.channels = Choice<ChannelForms>::of<ChannelsGrey>();
    spec.binarize = Choice<Binarizations>::of<BinarizeMedian>();
    spec.key = key_of("a scene");
    const BitMatrix patterns = draw_patterns(spec, &bank);
    EXPECT_EQ(patterns.columns, 1024U);
    EXPECT_EQ(count_duplicates(patterns), 0U);
}

} // namespace
} // namespace basin
