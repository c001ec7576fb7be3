#include "results/hdf5/chunk_codec.hpp"
#include "results/hdf5/hdf5_create.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "support/temp_folder.hpp"

namespace basin {

namespace {

using Bytes = std::vector<std::uint8_t>;

hid_t type_of_size(std::size_t size) {
    switch (size) {
    case 1:
        return H5T_STD_U8LE;
    case 2:
        return H5T_STD_U16LE;
    case 4:
        return H5T_STD_U32LE;
    default:
        return H5T_IEEE_F64LE;
    }
}

/// Values in runs, as results have them, or without any order.
Bytes any_values(std::size_t value_size) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 300);
    const auto run = *rc::gen::inRange<std::size_t>(1, 40);
    const auto random =
        *rc::gen::container<Bytes>(count * value_size, rc::gen::arbitrary<std::uint8_t>());
    Bytes values;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t byte = 0; byte < value_size; ++byte)
            values.push_back(random[i / run * value_size + byte]);
    return values;
}

/// A new file with a dataset of one chunk.
struct OneChunk {
    OneChunk(const std::filesystem::path& path, std::size_t value_size, std::size_t count)
        : type(type_of_size(value_size)), file(create_hdf5(path, failure)),
          dataset(create_dataset(file, "values", type, {{count}, {count}}, nullptr)) {}
    hid_t type;
    WriteFailure failure;
    Hdf5Handle file;
    Hdf5Handle dataset;
    hsize_t origin = 0;
};

} // namespace

RC_GTEST_PROP(ChunkCodec, Hdf5ReadsWhatWasEncoded, ()) {
    const tests::TempFolder folder;
    const auto size = *rc::gen::element<std::size_t>(1, 2, 4, 8);
    const Bytes values = any_values(size);
    const OneChunk chunk(folder / "chunk.h5", size, values.size() / size);
    ChunkEncoder encoder;
    const Bytes& stored = encoder.encode(values, size).stored;
    checked(
        H5Dwrite_chunk(chunk.dataset, H5P_DEFAULT, 0, &chunk.origin, stored.size(), stored.data()),
        "write", "a chunk");

    Bytes found(values.size());
    checked(H5Dread(chunk.dataset, chunk.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, found.data()), "read",
            "values");

    RC_ASSERT(found == values);
}

RC_GTEST_PROP(ChunkCodec, DecodesWhatHdf5Stored, ()) {
    const tests::TempFolder folder;
    const auto size = *rc::gen::element<std::size_t>(1, 2, 4, 8);
    const Bytes values = any_values(size);
    const OneChunk chunk(folder / "chunk.h5", size, values.size() / size);
    checked(H5Dwrite(chunk.dataset, chunk.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            "write", "values");
    hsize_t length = 0;
    checked(H5Dget_chunk_storage_size(chunk.dataset, &chunk.origin, &length), "find", "a chunk");
    Bytes stored(length);
    std::uint32_t left_out = 0;
    checked(H5Dread_chunk(chunk.dataset, H5P_DEFAULT, &chunk.origin, &left_out, stored.data()),
            "read", "a chunk");
    RC_PRE(left_out == 0); // HDF5 leaves out deflate where it gains nothing

    RC_ASSERT(decode_chunk(stored, size, values.size()) == values);
}

TEST(ChunkCodec, TheSameValuesGiveTheSameBytes) {
    Bytes ramp(8000);
    std::iota(ramp.begin(), ramp.end(), std::uint8_t{0});
    const Bytes zeros(8000);
    ChunkEncoder encoder;
    const Bytes first = encoder.encode(ramp, 8).stored;
    const Bytes other = encoder.encode(zeros, 8).stored;
    EXPECT_NE(first, other);
    EXPECT_EQ(encoder.encode(ramp, 8).stored, first);
    EXPECT_EQ(ChunkEncoder().encode(ramp, 8).stored, first);
    EXPECT_NE(encoder.encode(ramp, 2).stored, first); // shuffled otherwise
}

TEST(ChunkCodec, EveryTurnedBitOfAStoredChunkIsFound) {
    Bytes values(4096);
    std::iota(values.begin(), values.end(), std::uint8_t{0});
    Bytes stored = ChunkEncoder().encode(values, 8).stored;
    ASSERT_EQ(decode_chunk(stored, 8, values.size()), values);
    for (std::size_t bit = 0; bit < 8 * stored.size(); ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        stored[bit / 8] ^= mask;
        EXPECT_EQ(decode_chunk(stored, 8, values.size()), std::nullopt) << "bit " << bit;
        stored[bit / 8] ^= mask;
    }
}

TEST(ChunkCodec, AChunkOfAnotherLengthIsNone) {
    const Bytes stored = ChunkEncoder().encode(Bytes(800), 8).stored;
    EXPECT_EQ(decode_chunk(stored, 8, 792), std::nullopt);
    EXPECT_EQ(decode_chunk(stored, 8, 808), std::nullopt);
    EXPECT_EQ(decode_chunk({}, 8, 800), std::nullopt);
}

} // namespace basin
