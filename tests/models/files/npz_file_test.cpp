// Arrays in .npz archives, made here as NumPy makes them and in ways that it does not.

#include "models/files/dataset_files.hpp"
#include "models/files/npz_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/npy_bytes.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"
#include "support/zip_bytes.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using tests::npy_bytes;
using tests::zip_bytes;
using tests::ZipSource;

class NpzFile : public testing::Test {
protected:
    std::string write(const std::vector<ZipSource>& members) const {
        return folder_.write("a.npz", zip_bytes(members));
    }
    std::string refusal(const std::string& bytes) const {
        return tests::refusal_of(read_npy, folder_.write("a.npz", bytes));
    }

    tests::TempFolder folder_;
    const std::string x_ = npy_bytes({{1, 2}, {3, 4}});
    const std::string y_ = npy_bytes({{5}, {6}, {7}});
};

TEST_F(NpzFile, IsReadStoredAndDeflated) {
    for (const bool deflated : {false, true})
        for (const bool large : {false, true}) {
            const PatternBank bank = read_npy(write({{"x.npy", x_, deflated, large}}));
            EXPECT_EQ(bank.values, (xt::xtensor<float, 2>{{1, 2}, {3, 4}}));
            EXPECT_EQ(bank.description, "a.npz:x: npy, 2 x 2 float32");
            EXPECT_EQ(bank.digest, read_npy(folder_.write("x.npy", x_)).digest);
        }
}

TEST_F(NpzFile, IsToldByItsContentAndMayHaveAComment) {
    const std::vector<ZipSource> members{{"x.npy", x_, true}};
    EXPECT_EQ(read_npy(folder_.write("x.npy", zip_bytes(members))).values(1, 1), 4.0F);
    EXPECT_EQ(
        read_npy(folder_.write("b.npz", zip_bytes(members, "PK\x05\x06 is no end"))).values(0, 1),
        2.0F);
    EXPECT_EQ(read_npy(folder_.write("c.npz", zip_bytes(members, "", true))).values(0, 1), 2.0F);
}

TEST_F(NpzFile, OfSeveralArraysNeedsAName) {
    const std::string path = write({{"x.npy", x_}, {"y.npy", y_, true}, {"notes.txt", "text"}});

    EXPECT_EQ(read_npy(path + ":x").values(1, 0), 3.0F);
    EXPECT_EQ(read_npy(path + ":y").values(2, 0), 7.0F);
    EXPECT_THAT(tests::refusal_of(read_npy, path),
                AllOf(StartsWith(path), HasSubstr("holds the arrays x, y; say which one, as in "
                                                  "path = \"a.npz:x\"")));
    EXPECT_THAT(tests::refusal_of(read_npy, path + ":z"),
                HasSubstr("a.npz: holds no array z; it has x, y"));
    EXPECT_THAT(tests::refusal_of(read_npy, folder_.path().string() + "/absent.npz:x"),
                HasSubstr("absent.npz: cannot be opened: No such file"));
    EXPECT_EQ(npz_place("a.npz").file, "a.npz");
    EXPECT_EQ(npz_place("a.npz:x:y").array, "x:y");
    EXPECT_EQ(npz_place(folder_.write("b.npz:c", "a file of that name")).array, "");
}

TEST_F(NpzFile, RefusesWhatItCannotUnpackAndSaysWhy) {
    EXPECT_THAT(refusal(zip_bytes({})), HasSubstr("holds no arrays (*.npy)"));
    EXPECT_THAT(refusal(zip_bytes({{"a.txt", "text"}})), HasSubstr("holds no arrays"));
    EXPECT_THAT(refusal(zip_bytes({{"x.npy", x_, false, false, 14}})),
                HasSubstr("x.npy: is compressed by method 14"));
    EXPECT_THAT(refusal(zip_bytes({{"x.npy", x_, false, false, 0, 1}})),
                HasSubstr("x.npy: is encrypted"));
    EXPECT_THAT(refusal(zip_bytes({{"x.npy", "text"}})), HasSubstr("a.npz:x: truncated"));
    EXPECT_THAT(refusal(zip_bytes({{"x.npy", x_ + "x"}})), HasSubstr("a.npz:x: trailing bytes"));
}

TEST_F(NpzFile, CutAnywhereOrChangedAnywhereIsRefusedOrReadAsItWas) {
    for (const bool deflated : {false, true}) {
        const std::string whole = zip_bytes({{"x.npy", x_, deflated}});
        const PatternBank bank = read_npy(folder_.write("a.npz", whole));
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_NE(refusal(whole.substr(0, size)), "accepted") << size << " bytes";
        for (std::size_t place = 0; place < whole.size(); ++place) {
            std::string changed = whole;
            changed[place] = static_cast<char>(changed[place] ^ 0x41);
            if (refusal(changed) != "accepted") continue;
            EXPECT_EQ(read_npy((folder_ / "a.npz").string()).values, bank.values)
                << "byte " << place;
        }
    }
}

TEST_F(NpzFile, ThatAnnouncesMoreThanItHoldsAsksForNoMemory) {
    std::string bytes = zip_bytes({{"x.npy", x_, true, true}});
    // The size in the zip64 field of the central directory, the last one of the file.
    bytes.replace(bytes.rfind(tests::little(x_.size(), 8)), 8, tests::little(1ULL << 40U, 8));
    EXPECT_THAT(refusal(bytes), HasSubstr("x.npy: damaged: 1099511627776 bytes cannot be packed"));
}

TEST_F(NpzFile, OtherFormatsAreToldWithTheirRemedy) {
    const auto npy = [&](const std::string& bytes) {
        return tests::refusal_of(read_npy, folder_.write("a", bytes));
    };
    EXPECT_THAT(npy("\x89HDF\r\n\x1a\n"), HasSubstr("it is an HDF5 file: source = \"hdf5\""));
    EXPECT_THAT(npy("\x80\x04\x95 a pickle"),
                HasSubstr("a Python pickle: write its array by numpy.save"));
    EXPECT_THAT(npy("MATLAB 5.0 MAT-file"), HasSubstr("save it with -v7.3"));
    EXPECT_THAT(tests::refusal_of(read_idx, folder_.write("a", x_)),
                HasSubstr("it is a NumPy array: source = \"npy\" reads it"));
    EXPECT_THAT(npy("just a text"), testing::EndsWith("NUMPY is expected"));
}

} // namespace
} // namespace basin
