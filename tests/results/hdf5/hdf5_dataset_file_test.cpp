#include "models/base/errors.hpp"
#include "results/hdf5/hdf5_dataset_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <limits>
#include <vector>

#include "support/hdf5_files.hpp"
#include "support/temp_folder.hpp"

namespace basin {

namespace {

void write_dataset(const std::string& path, const char* name, hid_t type,
                   const std::vector<hsize_t>& shape, const void* values) {
    tests::write_hdf5(path, name, {.type = type, .shape = shape, .values = values});
}

std::string failure(const std::string& path, const std::string& dataset) {
    try {
        read_hdf5_bank(path, dataset);
    } catch (const InputError& error) {
        return error.what();
    }
    return "it could be read";
}

} // namespace

using testing::AllOf;
using testing::HasSubstr;

TEST(Hdf5Bank, FlattensAllButTheFirstAxis) {
    const tests::TempFolder folder;
    const std::vector<double> values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    write_dataset((folder / "a.h5").string(), "images/train", H5T_NATIVE_DOUBLE, {3, 2, 2},
                  values.data());

    const PatternBank bank = read_hdf5_bank((folder / "a.h5").string(), "images/train");

    ASSERT_EQ(bank.values.shape(0), 3U);
    ASSERT_EQ(bank.values.shape(1), 4U);
    EXPECT_EQ(bank.values(1, 0), 4.0F);
    EXPECT_EQ(bank.values(2, 3), 11.0F);
    EXPECT_EQ(bank.digest, bank_digest(bank.values, bank.range));
    EXPECT_EQ(bank.image, (ImageShape{2, 2, 1, true}));
    EXPECT_THAT(bank.description,
                AllOf(HasSubstr("a.h5"), HasSubstr("images/train"), HasSubstr("3 x 2 x 2")));
}

TEST(Hdf5Bank, ReadsBigEndianIntegers) {
    const tests::TempFolder folder;
    const std::vector<unsigned char> bytes{0, 7, 0xFF, 0xFE}; // 7 and -2
    write_dataset((folder / "a.h5").string(), "x", H5T_STD_I16BE, {2, 1}, bytes.data());

    const PatternBank bank = read_hdf5_bank((folder / "a.h5").string(), "x");

    EXPECT_EQ(bank.values(0, 0), 7.0F);
    EXPECT_EQ(bank.values(1, 0), -2.0F);
}

TEST(Hdf5Bank, OfUnsignedBytesHasTheirRange) {
    const tests::TempFolder folder;
    const std::vector<unsigned char> bytes{3, 200};
    write_dataset((folder / "u.h5").string(), "x", H5T_STD_U8LE, {2, 1}, bytes.data());
    write_dataset((folder / "i.h5").string(), "x", H5T_STD_I8LE, {2, 1}, bytes.data());

    const PatternBank bank = read_hdf5_bank((folder / "u.h5").string(), "x");
    EXPECT_EQ(bank.range, (ValueRange{0.0, 255.0}));
    EXPECT_EQ(bank.basis, RangeBasis::element_type);
    const PatternBank other = read_hdf5_bank((folder / "i.h5").string(), "x");
    EXPECT_EQ(other.range, (ValueRange{-56.0, 3.0}));
    EXPECT_EQ(other.basis, RangeBasis::whole_file);
}

TEST(Hdf5Bank, NamesTheDatasetsThatThereAre) {
    const tests::TempFolder folder;
    const double value = 1;
    write_dataset((folder / "a.h5").string(), "images/train", H5T_NATIVE_DOUBLE, {1}, &value);

    EXPECT_THAT(failure((folder / "a.h5").string(), "images/test"),
                AllOf(HasSubstr("images/test"), HasSubstr("it has images/train")));
    EXPECT_THAT(failure((folder / "a.h5").string(), "images"), HasSubstr("it has images/train"));
    EXPECT_THAT(failure((folder / "a.h5").string(), ""), HasSubstr("it has images/train"));
}

TEST(Hdf5Bank, RefusesWhatIsNoArrayOfNumbers) {
    const tests::TempFolder folder;
    const std::vector<double> values{1.0, std::numeric_limits<double>::infinity()};
    const hid_t text = H5Tcopy(H5T_C_S1);
    write_dataset((folder / "text.h5").string(), "x", text, {1}, "a");
    H5Tclose(text);
    write_dataset((folder / "scalar.h5").string(), "x", H5T_NATIVE_DOUBLE, {}, values.data());
    write_dataset((folder / "empty.h5").string(), "x", H5T_NATIVE_DOUBLE, {0, 5}, nullptr);
    write_dataset((folder / "infinite.h5").string(), "x", H5T_NATIVE_DOUBLE, {1, 2}, values.data());

    EXPECT_THAT(failure((folder / "text.h5").string(), "x"), HasSubstr("not numeric"));
    EXPECT_THAT(failure((folder / "scalar.h5").string(), "x"), HasSubstr("single number"));
    EXPECT_THAT(failure((folder / "empty.h5").string(), "x"),
                HasSubstr("empty: its shape is 0 x 5"));
    EXPECT_THAT(failure((folder / "infinite.h5").string(), "x"), HasSubstr("finite"));
}

TEST(Hdf5Bank, NamesAFileThatIsNoHdf5) {
    const tests::TempFolder folder;
    folder.write("a.h5", "text");

    EXPECT_THAT(failure((folder / "a.h5").string(), "x"), HasSubstr((folder / "a.h5").string()));
    EXPECT_THAT(failure((folder / "missing.h5").string(), "x"), HasSubstr("missing.h5"));
}

TEST(Hdf5Targets, AreAListOfRowNumbers) {
    const tests::TempFolder folder;
    const std::string path = (folder / "t.h5").string();
    const auto read = [&](hid_t type, const std::vector<hsize_t>& shape, const void* values) {
        write_dataset(path, "a/rows", type, shape, values);
        return read_hdf5_targets(path, "a/rows");
    };
    const std::vector<std::int64_t> whole{16'777'217, 0};
    const std::vector<double> reals{2, 5};
    EXPECT_EQ(read(H5T_NATIVE_INT64, {2}, whole.data()).rows,
              (std::vector<std::uint32_t>{16'777'217, 0}));
    EXPECT_EQ(read(H5T_NATIVE_DOUBLE, {1, 2}, reals.data()).rows,
              (std::vector<std::uint32_t>{2, 5}));
    EXPECT_THAT(read(H5T_NATIVE_DOUBLE, {2, 1}, reals.data()).description,
                HasSubstr("t.h5: HDF5 dataset a/rows, 2 x 1 reals"));

    const auto refused = [&](const std::vector<hsize_t>& shape, const std::vector<double>& values,
                             const std::string& name = "a/rows") -> std::string {
        write_dataset(path, "a/rows", H5T_NATIVE_DOUBLE, shape, values.data());
        try {
            read_hdf5_targets(path, name);
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_THAT(refused({2, 2}, {0, 1, 2, 3}), HasSubstr("targets are a list of numbers"));
    EXPECT_THAT(refused({2}, {0, -1}), HasSubstr("target 1 (counted from 0) is -1"));
    EXPECT_THAT(refused({2}, {0, std::numeric_limits<double>::quiet_NaN()}),
                HasSubstr("target 1 (counted from 0) is nan"));
    EXPECT_THAT(refused({2}, {0, 1}, ""), HasSubstr("it has a/rows"));
}

} // namespace basin
