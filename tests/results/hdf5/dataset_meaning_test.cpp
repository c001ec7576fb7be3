// What netCDF, MATLAB, Octave, h5py and PyTables write beside the numbers of a dataset: honoured,
// or refused with the place and the remedy.

#include "results/hdf5/hdf5_dataset_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "support/hdf5_files.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using tests::put_attribute;

class DatasetOf : public testing::Test {
protected:
    using Attributes = std::function<void(hid_t dataset)>;

    /// Writes 2 patterns of 3 units.
    template <class Number>
    void write(const std::vector<Number>& values, const Attributes& attributes,
               const char* name = "x") const {
        tests::write_hdf5(path_, name,
                          {.type = tests::hdf5_type<Number>(),
                           .shape = {2, 3},
                           .values = values.data(),
                           .finish = attributes});
    }
    PatternBank read(const std::string& name = "x") const { return read_hdf5_bank(path_, name); }
    std::string refusal() const {
        return tests::refusal_of([](const std::string& path) { return read_hdf5_bank(path, "x"); },
                                 path_);
    }

    tests::TempFolder folder_;
    std::string path_ = (folder_ / "a.h5").string();
};

using Values = xt::xtensor<float, 2>;

// Packed numbers ----------------------------------------------------------------------------------

TEST_F(DatasetOf, PackedIntegersAreUnpacked) {
    write<short>({0, 1, 2, 3, 4, -8}, [](hid_t x) {
        put_attribute<double>(x, "scale_factor", {0.25});
        put_attribute<double>(x, "add_offset", {10});
    });
    const PatternBank bank = read();
    EXPECT_EQ(bank.values, (Values{{10, 10.25, 10.5}, {10.75, 11, 8}}));
    EXPECT_EQ(bank.range, (ValueRange{8.0, 11.0}));
    EXPECT_EQ(bank.basis, RangeBasis::whole_file);
    EXPECT_THAT(bank.description, HasSubstr("integers of 2 bytes, unpacked"));
}

TEST_F(DatasetOf, PackedBytesHaveTheRangeOfTheirTypeUnpacked) {
    const std::vector<unsigned char> bytes{0, 1, 2, 3, 4, 255};
    write(bytes, [](hid_t x) { put_attribute<double>(x, "scale_factor", {-2}); });
    EXPECT_EQ(read().range, (ValueRange{-510.0, 0.0}));
    EXPECT_EQ(read().basis, RangeBasis::element_type);
    write(bytes, [](hid_t x) { put_attribute<float>(x, "add_offset", {1}); });
    EXPECT_EQ(read().range, (ValueRange{1.0, 256.0}));
}

TEST_F(DatasetOf, PackingThatIsNoneIsRefused) {
    write<short>({0, 1, 2, 3, 4, 5},
                 [](hid_t x) { put_attribute<double>(x, "scale_factor", {0}); });
    EXPECT_THAT(refusal(), AllOf(HasSubstr("a.h5: dataset 'x': has scale_factor = 0")));
    write<short>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<double>(x, "add_offset", {1, 2});
    });
    EXPECT_THAT(refusal(), HasSubstr("attribute add_offset"));
    write<short>({0, 1, 2, 3, 4, 5}, [](hid_t x) { put_attribute(x, "add_offset", "2"); });
    EXPECT_THAT(refusal(), HasSubstr("attribute add_offset, which is not numeric"));
    write<short>({0, 1, 2, 3, 4, 5}, [](hid_t x) { put_attribute(x, "_Unsigned", "true"); });
    EXPECT_THAT(refusal(), HasSubstr("write it as unsigned integers"));
}

// Missing and invalid values ----------------------------------------------------------------------

TEST_F(DatasetOf, MissingValuesAreRefusedWithTheirPlace) {
    for (const char* name : {"_FillValue", "missing_value"}) {
        write<short>({0, 1, 2, 3, -999, 5},
                     [&](hid_t x) { put_attribute<short>(x, name, {-999}); });
        EXPECT_THAT(refusal(), AllOf(HasSubstr("a.h5: dataset 'x': value 1 of pattern 1 "
                                               "(both counted from 0) is -999, which stands for"),
                                     HasSubstr(name)));
        write<short>({0, 1, 2, 3, 4, 5}, [&](hid_t x) { put_attribute<short>(x, name, {-999}); });
        EXPECT_EQ(refusal(), "accepted");
    }
    write<short>({0, 1, 2, 3, 7, 5}, [](hid_t x) {
        put_attribute<short>(x, "missing_value", {-1, 7});
    });
    EXPECT_THAT(refusal(), HasSubstr("value 1 of pattern 1"));
}

TEST_F(DatasetOf, MissingValuesAreComparedAsTheyAreStored) {
    // 1e20 has another nearest float32; a packed number is compared before it is unpacked.
    write<float>({0, 1, 1e20F, 3, 4, 5},
                 [](hid_t x) { put_attribute<double>(x, "missing_value", {1e20}); });
    EXPECT_THAT(refusal(), HasSubstr("value 2 of pattern 0"));
    write<short>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<double>(x, "add_offset", {5});
        put_attribute<short>(x, "_FillValue", {9});
    });
    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(DatasetOf, NetcdfsOwnFillValueIsMissingUnlessOfBytes) {
    const auto with_fill = [&](hid_t type, const void* values, const void* fill) {
        tests::write_hdf5(
            path_, "x",
            {.type = type, .shape = {2, 3}, .values = values, .prepare = [&](hid_t creation) {
                 H5Pset_fill_value(creation, type, fill);
             }});
        const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        put_attribute(file, "_NCProperties", "version=2");
        H5Fclose(file);
    };
    const std::vector<float> values{0, 1, 2, 3, 4, 9.96921e36F};
    with_fill(H5T_NATIVE_FLOAT, values.data(), &values[5]);
    EXPECT_THAT(refusal(), AllOf(HasSubstr("value 2 of pattern 1"), HasSubstr("netCDF's fill")));
    const std::vector<unsigned char> white{0, 1, 2, 3, 4, 255};
    with_fill(H5T_NATIVE_UCHAR, white.data(), &white[5]);
    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(DatasetOf, NanIsRefusedWithItsPlace) {
    write<float>({0, 1, 2, std::numeric_limits<float>::quiet_NaN(), 4, 5}, {});
    EXPECT_THAT(refusal(), AllOf(HasSubstr("HDF5 dataset x"), HasSubstr("value 0 of pattern 1")));
}

TEST_F(DatasetOf, AValidRangeIsTheBanksAndWhatLiesOutsideIsRefused) {
    write<float>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<float>(x, "valid_range", {-1, 8});
    });
    EXPECT_EQ(read().range, (ValueRange{-1.0, 8.0}));
    EXPECT_EQ(read().basis, RangeBasis::attributes);
    EXPECT_EQ(read().extent, (ValueRange{0.0, 5.0}));
    write<float>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<float>(x, "valid_range", {0, 4});
    });
    EXPECT_THAT(refusal(), AllOf(HasSubstr("value 2 of pattern 1 (both counted from 0) is 5"),
                                 HasSubstr("valid are 0 to 4")));
    write<float>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<float>(x, "valid_range", {4, 0});
    });
    EXPECT_THAT(refusal(), HasSubstr("declares valid values from 4 to 0, which is no range"));
    write<double>({0, 1, 2, 3, 4, 5}, [](hid_t x) {
        put_attribute<double>(x, "valid_range", {-1e308, 1e308});
    });
    EXPECT_THAT(refusal(), HasSubstr("too wide a range"));
}

TEST_F(DatasetOf, AnEndThatIsLeftOpenIsOfTheTypeOrOfTheValues) {
    write<float>({0, 1, 2, 3, 4, 5}, [](hid_t x) { put_attribute<float>(x, "valid_min", {-2}); });
    EXPECT_EQ(read().range, (ValueRange{-2.0, 5.0}));
    write<float>({0, 1, 2, 3, 4, 5}, [](hid_t x) { put_attribute<float>(x, "valid_max", {4}); });
    EXPECT_THAT(refusal(), HasSubstr("valid are any to 4"));
    write<unsigned char>({0, 1, 2, 3, 4, 5},
                         [](hid_t x) { put_attribute<unsigned char>(x, "valid_max", {100}); });
    EXPECT_EQ(read().range, (ValueRange{0.0, 100.0}));
}

TEST_F(DatasetOf, LimitsOfPackedNumbersAreStoredUnlessTheyAreReals) {
    const auto range_with = [&](double scale, const std::function<void(hid_t)>& limits) {
        write<short>({0, 1, 2, 3, 4, 5}, [&](hid_t x) {
            put_attribute<double>(x, "scale_factor", {scale});
            limits(x);
        });
        return read().range;
    };
    EXPECT_EQ(range_with(0.5,
                         [](hid_t x) {
                             put_attribute<short>(x, "valid_range", {0, 10});
                         }),
              (ValueRange{0.0, 5.0}));
    EXPECT_EQ(range_with(-0.5,
                         [](hid_t x) {
                             put_attribute<short>(x, "valid_range", {0, 10});
                         }),
              (ValueRange{-5.0, 0.0}));
    EXPECT_EQ(range_with(-0.5, [](hid_t x) { put_attribute<short>(x, "valid_max", {10}); }),
              (ValueRange{-5.0, 0.0}));
    EXPECT_EQ(range_with(0.5,
                         [](hid_t x) {
                             put_attribute<double>(x, "valid_range", {0, 10});
                         }),
              (ValueRange{0.0, 10.0}));
}

// Truth values ------------------------------------------------------------------------------------

TEST_F(DatasetOf, TruthValuesAreZeroOrOne) {
    const std::vector<unsigned char> bytes{0, 1, 1, 0, 0, 1};
    const hid_t type = tests::truth_type();
    for (const hid_t of : {type, H5T_NATIVE_B8}) { // h5py's and PyTables'
        tests::write_hdf5(path_, "x", {.type = of, .shape = {2, 3}, .values = bytes.data()});
        const PatternBank bank = read();
        EXPECT_EQ(bank.values, (Values{{0, 1, 1}, {0, 0, 1}}));
        EXPECT_EQ(bank.range, (ValueRange{0.0, 1.0}));
        EXPECT_EQ(bank.basis, RangeBasis::element_type);
    }
    const std::vector<unsigned char> odd{0, 1, 2, 0, 0, 1};
    tests::write_hdf5(path_, "x", {.type = type, .shape = {2, 3}, .values = odd.data()});
    EXPECT_THAT(refusal(), HasSubstr("value 2 of pattern 0 (both counted from 0) is 2"));
    H5Tclose(type);
}

TEST_F(DatasetOf, AnotherEnumerationIsNotNumeric) {
    const hid_t type = H5Tenum_create(H5T_NATIVE_SCHAR);
    for (signed char value = 0; value < 2; ++value)
        H5Tenum_insert(type, value == 0 ? "TRUE" : "FALSE", &value);
    const std::vector<unsigned char> bytes{0, 1, 1, 0, 0, 1};
    tests::write_hdf5(path_, "x", {.type = type, .shape = {2, 3}, .values = bytes.data()});
    H5Tclose(type);
    EXPECT_THAT(refusal(), HasSubstr("is not numeric: it holds names (an enumeration)"));
}

// MATLAB and Octave -------------------------------------------------------------------------------

TEST_F(DatasetOf, MatlabsAxesAreReversed) {
    // MATLAB's 3 x 2 array [1 2; 3 4; 5 6]: the first axis is the fastest in the file.
    write<double>({1, 3, 5, 2, 4, 6}, [](hid_t x) { put_attribute(x, "MATLAB_class", "double"); });
    const PatternBank bank = read();
    EXPECT_EQ(bank.values, (Values{{1, 2}, {3, 4}, {5, 6}}));
    EXPECT_THAT(bank.description, AllOf(HasSubstr("3 x 2 reals"), HasSubstr("as MATLAB has them")));
}

TEST_F(DatasetOf, MatlabsImagesKeepTheirRowsAndColumns) {
    // Array a(p, row, column) = 100 p + 10 row + column of 2 patterns with 3 rows, 4 columns.
    std::vector<double> stored;
    for (int column = 0; column < 4; ++column)
        for (int row = 0; row < 3; ++row)
            for (int p = 0; p < 2; ++p)
                stored.push_back(100 * p + 10 * row + column);
    tests::write_hdf5(path_, "x",
                      {.type = H5T_NATIVE_DOUBLE,
                       .shape = {4, 3, 2},
                       .values = stored.data(),
                       .finish = [](hid_t x) { put_attribute(x, "MATLAB_class", "double"); }});
    const PatternBank bank = read();
    EXPECT_EQ(bank.image, (ImageShape{3, 4, 1, true}));
    for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t column = 0; column < 4; ++column)
                EXPECT_EQ(bank.values(p, 4 * row + column),
                          static_cast<float>(100 * p + 10 * row + column));
}

TEST_F(DatasetOf, MatlabsPlacesAreThoseOfItsPatterns) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    write<float>({1, 3, 5, 2, nan, 6}, [](hid_t x) { put_attribute(x, "MATLAB_class", "single"); });
    EXPECT_THAT(refusal(), HasSubstr("value 1 of pattern 1"));
}

TEST_F(DatasetOf, MatlabsOtherClassesAreRefusedAndItsTruthValuesAreRead) {
    write<unsigned char>({0, 1, 1, 0, 0, 1},
                         [](hid_t x) { put_attribute(x, "MATLAB_class", "logical"); });
    EXPECT_EQ(read().range, (ValueRange{0.0, 1.0}));
    write<short>({65, 66, 67, 68, 69, 70},
                 [](hid_t x) { put_attribute(x, "MATLAB_class", "char"); });
    EXPECT_THAT(refusal(), HasSubstr("is of MATLAB's class 'char'"));
    write<double>({0, 0, 0, 0, 0, 0}, [](hid_t x) {
        put_attribute(x, "MATLAB_class", "double");
        put_attribute<unsigned char>(x, "MATLAB_empty", {1});
    });
    EXPECT_THAT(refusal(), HasSubstr("an empty array of MATLAB's"));
}

TEST_F(DatasetOf, OctavesAxesAreReversed) {
    write<double>({1, 3, 5, 2, 4, 6}, {}, "P/value");
    EXPECT_EQ(read("P/value").values.shape(0), 2U);
    const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t group = H5Gopen2(file, "P", H5P_DEFAULT);
    put_attribute<unsigned char>(group, "OCTAVE_NEW_FORMAT", {1});
    H5Gclose(group);
    H5Fclose(file);
    EXPECT_EQ(read("P/value").values, (Values{{1, 2}, {3, 4}, {5, 6}}));
}

} // namespace
} // namespace basin
