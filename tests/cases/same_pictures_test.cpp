// The same numbers from every format that can hold them.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "cases/outcomes.hpp"
#include "support/hdf5_files.hpp"
#include "support/npy_bytes.hpp"
#include "support/png_bytes.hpp"
#include "support/temp_folder.hpp"
#include "support/zip_bytes.hpp"

namespace basin {
namespace {

using tests::outcomes_of;
using tests::value_of;

/// 3 pictures of 2 x 4 bytes.
const std::vector<std::string> pictures{
    {'\0', '\x10', '\x20', '\x30', '\x7f', '\x40', '\x05', '\x66'},
    {'\x7f', '\x01', '\x02', '\x03', '\x04', '\x05', '\x06', '\x07'},
    {'\x33', '\x44', '\x55', '\x66', '\x77', '\x08', '\x19', '\x2a'}};

std::string all_bytes() {
    return pictures[0] + pictures[1] + pictures[2];
}

std::string npy_header(const std::string& type, const std::string& shape) {
    std::string header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}\n";
    return std::string("\x93NUMPY\x01\0", 8) + tests::little(header.size(), 2) + header;
}

class SamePictures : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    /// One cue a memory, each recalled to a blend of all: the order of the draw changes nothing but
    /// the order of sums.
    static std::string config(const std::string& patterns) {
        return "[patterns]\n" + patterns +
               "pattern_count = 3\nbinarize = \"none\"\n"
               "[cue]\ncorruption = \"none\"\nprobe_count = -1\n"
               "[model]\nformulation = \"softmax\"\nprecision = \"float64\"\nbeta = 1e-4\n"
               "[recall]\nfixed_steps = 1\n";
    }

    static std::string source(const std::string& name, const std::string& file) {
        return "source = \"" + name + "\"\npath = \"" + file + "\"\n";
    }

    /// Every value of the one outcome, within what the order of three sums may change.
    static void expect_same(const std::string& a, const std::string& b) {
        const Outcome of_a = outcomes_of(config(a)).at(0);
        const Outcome of_b = outcomes_of(config(b)).at(0);
        for (std::size_t m = 0; m < of_a.values.size(); ++m) {
            const double x = of_a.values[m];
            const double y = of_b.values[m];
            if (std::isnan(x) && std::isnan(y)) continue;
            EXPECT_NEAR(x, y, 1e-12 * std::max(1.0, std::abs(x))) << metrics()[m].name << "\n"
                                                                  << a << b;
        }
        EXPECT_GT(value_of(of_a, "mean_squared_error"), 0.0);
    }

    tests::TempFolder folder_;
};

TEST_F(SamePictures, OfBytesFromNpyIdxHdf5PngAndFloats) {
    folder_.write("a.npy", npy_header("|u1", "(3, 2, 4)") + all_bytes());
    folder_.write("a.idx",
                  std::string("\0\0\x08\x03\0\0\0\x03\0\0\0\x02\0\0\0\x04", 16) + all_bytes());
    tests::write_hdf5(path("a.h5"), "x",
                      {.type = H5T_NATIVE_UCHAR, .shape = {3, 2, 4}, .values = all_bytes().data()});
    folder_.write(
        "a.npz", tests::zip_bytes({{"x.npy", npy_header("|u1", "(3, 2, 4)") + all_bytes(), true}}));
    std::filesystem::create_directories(folder_ / "png" / "b");
    folder_.write("png/0.png", tests::grey_png(2, 4, pictures[0]));
    folder_.write("png/1.png", tests::grey_png(2, 4, pictures[1]));
    folder_.write("png/b/0.png", tests::grey_png(2, 4, pictures[2]));
    std::string floats = npy_header("<f4", "(3, 2, 4)");
    for (const char byte : all_bytes())
        for (unsigned b = 0; b < 4; ++b)
            floats += static_cast<char>(std::bit_cast<std::uint32_t>(
                                            static_cast<float>(static_cast<unsigned char>(byte))) >>
                                        (8 * b));
    folder_.write("f.npy", floats);

    for (const char* const range : {"as_stored", "unit", "byte"}) {
        const std::string more = std::string("pixel_range = \"") + range + "\"\n";
        const std::string npy = source("npy", path("a.npy")) + more;
        expect_same(npy, source("idx", path("a.idx")) + more);
        expect_same(npy, source("hdf5", path("a.h5")) + "dataset = \"x\"\n" + more);
        expect_same(npy, source("image_folder", path("png")) + more);
        expect_same(npy, source("npy", path("a.npz")) + more);
        expect_same(npy, source("npy", path("a.npz:x")) + more);
        expect_same(npy, source("npy", path("f.npy")) + "value_range = \"0 to 255\"\n" + more);
    }
}

TEST_F(SamePictures, OfPackedNumbers) {
    const std::vector<short> packed{0, 4, 8, 2, 1, 3};
    tests::write_hdf5(
        path("p.nc"), "x",
        {.type = H5T_NATIVE_SHORT, .shape = {3, 2}, .values = packed.data(), .finish = [](hid_t x) {
             tests::put_attribute<double>(x, "scale_factor", {0.25});
             tests::put_attribute<double>(x, "add_offset", {-1.0});
         }});
    folder_.write("u.npy", tests::npy_bytes({{-1, 0}, {1, -0.5}, {-0.75, -0.25}}));
    expect_same(source("npy", path("u.npy")), source("hdf5", path("p.nc")) + "dataset = \"x\"\n");
}

TEST_F(SamePictures, OfMatlabsArraysAndOfTruthValues) {
    // MATLAB's 3 x 2 array [1 2; 3 5; 8 13].
    const std::vector<double> stored{1, 3, 8, 2, 5, 13};
    tests::write_hdf5(
        path("m.mat"), "P",
        {.type = H5T_NATIVE_DOUBLE,
         .shape = {2, 3},
         .values = stored.data(),
         .finish = [](hid_t x) { tests::put_attribute(x, "MATLAB_class", "double"); }});
    folder_.write("m.npy", tests::npy_bytes({{1, 2}, {3, 5}, {8, 13}}));
    expect_same(source("npy", path("m.npy")), source("hdf5", path("m.mat")) + "dataset = \"P\"\n");

    const std::string truth("\0\1\1\1\0\0", 6);
    const hid_t type = tests::truth_type();
    tests::write_hdf5(path("b.h5"), "b", {.type = type, .shape = {3, 2}, .values = truth.data()});
    H5Tclose(type);
    folder_.write("b.npy", npy_header("|b1", "(3, 2)") + truth);
    expect_same(source("npy", path("b.npy")), source("hdf5", path("b.h5")) + "dataset = \"b\"\n");
}

TEST_F(SamePictures, ThatNobodyCanKnowAreRefused) {
    std::filesystem::create_directory(folder_ / "clear");
    tests::PngSource clear;
    clear.width = 2;
    clear.colour_type = PNG_COLOR_TYPE_GRAY_ALPHA;
    clear.rows = std::string("\0\xff\0\0", 4);
    folder_.write("clear/a.png", tests::png_bytes(clear));
    EXPECT_NE(
        tests::refusal_of_config(config(source("image_folder", path("clear")))).find("alpha 0"),
        std::string::npos);

    tests::write_hdf5(path("v.h5"), "x",
                      {.type = H5T_NATIVE_DOUBLE, .shape = {3, 2}, .prepare = [](hid_t creation) {
                           const std::vector<hsize_t> shape{3, 2};
                           const hid_t space = H5Screate_simple(2, shape.data(), nullptr);
                           H5Pset_virtual(creation, space, "absent.h5", "x", space);
                           H5Sclose(space);
                       }});
    EXPECT_NE(tests::refusal_of_config(config(source("hdf5", path("v.h5")) + "dataset = \"x\"\n"))
                  .find("is virtual"),
              std::string::npos);
}

} // namespace
} // namespace basin
