// Datasets whose values are not all there, or not in the file: HDF5 gives zeros for them.

#include "results/hdf5/hdf5_dataset_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/hdf5_files.hpp"
#include "support/refusal.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using tests::DatasetSource;
using tests::write_hdf5;

class DatasetIn : public testing::Test {
protected:
    DatasetSource source(std::function<void(hid_t)> prepare = {}) const {
        return {.type = H5T_NATIVE_DOUBLE,
                .shape = {2, 3},
                .values = values_.data(),
                .prepare = std::move(prepare)};
    }
    std::string refusal(const std::string& name = "x") const {
        return tests::refusal_of(
            [&](const std::string& path) { return read_hdf5_bank(path, name); }, path_);
    }

    tests::TempFolder folder_;
    std::string path_ = (folder_ / "a.h5").string();
    std::vector<double> values_{1, 2, 3, 4, 5, 6};
};

void in_chunks(hid_t creation) {
    const std::vector<hsize_t> chunk{1, 2};
    H5Pset_chunk(creation, 2, chunk.data());
}

TEST_F(DatasetIn, ChunksAndWithGzipIsRead) {
    write_hdf5(path_, "x", source([](hid_t creation) {
                   in_chunks(creation);
                   H5Pset_shuffle(creation);
                   H5Pset_deflate(creation, 9);
                   H5Pset_fletcher32(creation);
               }));
    EXPECT_EQ(refusal(), "accepted");
    write_hdf5(path_, "x", source([](hid_t creation) { H5Pset_layout(creation, H5D_COMPACT); }));
    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(DatasetIn, AVirtualDatasetIsRefused) {
    for (const char* from : {"absent.h5", "."}) {
        write_hdf5(path_, "x",
                   {.type = H5T_NATIVE_DOUBLE, .shape = {2, 3}, .prepare = [&](hid_t creation) {
                        const std::vector<hsize_t> shape{2, 3};
                        const hid_t space = H5Screate_simple(2, shape.data(), nullptr);
                        H5Pset_virtual(creation, space, from, "y", space);
                        H5Sclose(space);
                    }});
        EXPECT_THAT(refusal(), AllOf(StartsWith(path_ + ": dataset 'x': is virtual"),
                                     HasSubstr(from), HasSubstr("copy the values")));
    }
}

TEST_F(DatasetIn, ExternalStorageIsRefused) {
    const std::string other = (folder_ / "values.bin").string();
    write_hdf5(path_, "x", source([&](hid_t creation) {
                   H5Pset_external(creation, other.c_str(), 0, H5F_UNLIMITED);
               }));
    EXPECT_THAT(refusal(), AllOf(HasSubstr("keeps its values outside of this file, in"),
                                 HasSubstr("values.bin"), HasSubstr("h5repack")));
}

TEST_F(DatasetIn, AnotherFileBehindALinkIsRefusedAndNotOpened) {
    write_hdf5((folder_ / "b.h5").string(), "y", source());
    write_hdf5(path_, "own", source());
    const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Lcreate_external("b.h5", "y", file, "x", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external("b.h5", "/", file, "group", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("own", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("nowhere", file, "dangling", H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);

    for (const char* name : {"x", "group/y"})
        EXPECT_THAT(refusal(name), AllOf(HasSubstr("behind a link to another file, 'b.h5'"),
                                         HasSubstr("name that file as path")));
    EXPECT_EQ(refusal("soft"), "accepted");
    EXPECT_THAT(refusal("dangling"), HasSubstr("is not in this file; it has own"));
}

TEST_F(DatasetIn, AFilterThatIsNotThereIsNamedWithTheRemedy) {
    // What h5py's lzf is to a program without it: an optional filter, so that it can be written.
    struct Lzf {
        static std::size_t pass(unsigned, std::size_t, const unsigned*, std::size_t bytes,
                                std::size_t*, void**) {
            return bytes;
        }
    };
    const H5Z_class2_t lzf{H5Z_CLASS_T_VERS, 32000, 1, 1, "lzf", nullptr, nullptr, Lzf::pass};
    H5Zregister(&lzf);
    write_hdf5(path_, "x", source([](hid_t creation) {
                   in_chunks(creation);
                   H5Pset_filter(creation, 32000, H5Z_FLAG_OPTIONAL, 0, nullptr);
               }));
    H5Zunregister(32000);
    EXPECT_THAT(refusal(), AllOf(StartsWith(path_), HasSubstr("the filter lzf (number 32000)"),
                                 HasSubstr("compression='gzip'")));
}

TEST_F(DatasetIn, ValuesThatWereNeverWrittenAreRefused) {
    DatasetSource none = source();
    none.values = nullptr;
    write_hdf5(path_, "x", none);
    EXPECT_THAT(refusal(), HasSubstr("its values were never written"));

    DatasetSource part = source(in_chunks);
    part.values = nullptr;
    part.finish = [&](hid_t dataset) {
        const std::vector<hsize_t> start{0, 0};
        const std::vector<hsize_t> count{1, 3};
        const hid_t space = H5Dget_space(dataset);
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        const hid_t memory = H5Screate_simple(2, count.data(), nullptr);
        H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values_.data());
        H5Sclose(memory);
        H5Sclose(space);
    };
    write_hdf5(path_, "x", part);
    EXPECT_THAT(refusal(), HasSubstr("was written in part: 2 of its 4 chunks are there"));
}

TEST_F(DatasetIn, MoreValuesThanTheFileHoldsAskForNoMemory) {
    write_hdf5(
        path_, "x",
        {.type = H5T_NATIVE_UCHAR, .shape = {1U << 20U, 1U << 20U}, .prepare = [](hid_t creation) {
             const std::vector<hsize_t> chunk{1U << 10U, 1U << 10U};
             H5Pset_chunk(creation, 2, chunk.data());
             H5Pset_deflate(creation, 9);
         }});
    EXPECT_THAT(refusal(), HasSubstr("announces 1099511627776 values, more than the file's"));
}

} // namespace
} // namespace basin
