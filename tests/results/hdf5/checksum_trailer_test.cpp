#include "results/hdf5/checksum_trailer.hpp"
#include "results/journal/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/temp_folder.hpp"

namespace basin {

namespace {

constexpr std::size_t seal_size = 32;

/// A sealed file of 100 bytes; returns all its bytes.
std::string sealed_bytes(const tests::TempFolder& folder) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += static_cast<char>(i);
    const std::string file = folder.write("sealed", text);
    seal(file);
    return tests::read_file(file);
}

} // namespace

TEST(Seal, LeavesTheBytesAndAppendsItself) {
    const tests::TempFolder folder;
    const std::string sealed = sealed_bytes(folder);
    ASSERT_EQ(sealed.size(), 100 + seal_size);
    EXPECT_EQ(sealed[99], 'c');
    EXPECT_TRUE(is_sealed(folder / "sealed"));
}

TEST(Seal, EveryTurnedBitBreaksIt) {
    const tests::TempFolder folder;
    const std::string sealed = sealed_bytes(folder);
    for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
        std::string bad = sealed;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
        ASSERT_FALSE(is_sealed(folder.write("bad", bad))) << "bit " << bit;
    }
}

TEST(Seal, EveryOtherLengthBreaksIt) {
    const tests::TempFolder folder;
    const std::string sealed = sealed_bytes(folder);
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        ASSERT_FALSE(is_sealed(folder.write("bad", sealed.substr(0, length)))) << length;
        const std::string bytes_with_seal =
            sealed.substr(0, length) + sealed.substr(sealed.size() - seal_size);
        const bool whole = length + seal_size == sealed.size();
        ASSERT_EQ(is_sealed(folder.write("bad", bytes_with_seal)), whole) << length;
    }
    EXPECT_FALSE(is_sealed(folder.write("bad", sealed + '\0')));
    EXPECT_FALSE(is_sealed(folder.write("bad", sealed + sealed)));
}

TEST(Seal, SaysWhatToDo) {
    const tests::TempFolder folder;
    const std::string file = folder.write("results.h5", std::string(100, 'x'));
    try {
        const SealedFile sealed(file);
        FAIL() << "it was taken";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::damaged);
        EXPECT_THAT(error.what(), testing::HasSubstr(file));
        EXPECT_THAT(error.what(), testing::HasSubstr("another program has changed"));
        EXPECT_THAT(error.what(), testing::HasSubstr("give the run command again"));
    }
}

TEST(Seal, OfNoFileThereIsNone) {
    const tests::TempFolder folder;
    EXPECT_FALSE(is_sealed(folder / "nothing"));
    try {
        const SealedFile sealed(folder / "nothing");
        FAIL() << "it was opened";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::io);
    }
}

TEST(Seal, LeadsToTheFileThatWasChecked) {
    const tests::TempFolder folder;
    const std::string bytes = sealed_bytes(folder);
    const SealedFile sealed(folder / "sealed");
    std::filesystem::rename(folder.write("other", "not sealed"), folder / "sealed");
    EXPECT_EQ(tests::read_file(sealed.path()), bytes);
}

} // namespace basin
