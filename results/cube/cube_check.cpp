#include "results/cube/cube_check.hpp"

#include "models/base/stop_request.hpp"
#include "results/hdf5/hdf5_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

namespace basin {

namespace {

/// Decodes stored chunks; those alike once.
class Decoder {
public:
    /// Digest of the values that a stored chunk stands for; nothing if it stands for none.
    std::optional<ChunkDigest> digest(std::span<const std::uint8_t> stored,
                                      const WrittenVariable& variable) {
        const ChunkDigest key = chunk_digest(stored, variable.value_size);
        if (const auto met = met_.find(key); met != met_.end()) return met->second;
        const auto values = decode_chunk(stored, variable.value_size, variable.chunk_size);
        if (!values) return std::nullopt;
        return met_[key] = chunk_digest(*values, variable.value_size);
    }

private:
    std::map<ChunkDigest, ChunkDigest> met_; ///< by digest of the stored bytes
};

[[noreturn]] void throw_other(const std::string& name) {
    throw Hdf5Error(fmt::format("{} did not come back from the file as it was written", name));
}

void check_scalar(hid_t dataset, const WrittenVariable& variable) {
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", variable.name);
    std::vector<std::uint8_t> value(variable.value_size);
    for (const WrittenChunk& chunk : variable.chunks) {
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value.data()), "read",
                variable.name);
        if (chunk_digest(value, variable.value_size) != chunk.digest) throw_other(variable.name);
    }
}

void check_chunks(hid_t dataset, const WrittenVariable& variable, Decoder& decoder) {
    hsize_t count = 0;
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "get the dataspace of", variable.name);
    checked(H5Dget_num_chunks(dataset, space, &count), "count the chunks of", variable.name);
    if (count != variable.chunks.size()) throw_other(variable.name);
    std::vector<std::uint8_t> stored;
    for (const WrittenChunk& chunk : variable.chunks) {
        heed_stop();
        hsize_t size = 0;
        checked(H5Dget_chunk_storage_size(dataset, chunk.start.data(), &size), "find a chunk of",
                variable.name);
        stored.resize(size);
        std::uint32_t filters_left_out = 0;
        checked(H5Dread_chunk(dataset, H5P_DEFAULT, chunk.start.data(), &filters_left_out,
                              stored.data()),
                "read a chunk of", variable.name);
        if (filters_left_out != 0 || decoder.digest(stored, variable) != chunk.digest)
            throw_other(variable.name);
    }
}

/// A dataset that is not compared: reading it checks its checksums, if it has any.
void read_dataset(hid_t group, const std::string& name) {
    const Hdf5Handle dataset = open_dataset(group, name);
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "get the type of", name);
    if (H5Tget_class(type) == H5T_STRING) {
        read_texts(dataset);
        return;
    }
    std::vector<std::uint8_t> values(H5Tget_size(type) * size_of(dataset));
    checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read", name);
}

} // namespace

void check_cube(const std::filesystem::path& file, std::span<const WrittenVariable> variables) {
    const Hdf5Handle handle = open_hdf5(file);
    Decoder decoder;
    for (const WrittenVariable& variable : variables) {
        const Hdf5Handle dataset = open_dataset(handle, variable.name);
        if (shape_of(dataset).empty())
            check_scalar(dataset, variable);
        else
            check_chunks(dataset, variable, decoder);
    }
    std::vector<std::string> groups{"/"};
    while (!groups.empty()) {
        const std::string path = groups.back();
        groups.pop_back();
        const Hdf5Handle group = open_group(handle, path);
        for (const std::string& name : link_names(group)) {
            if (!is_dataset(group, name))
                groups.push_back(path + name + "/");
            else if (path != "/" ||
                     std::ranges::find(variables, name, &WrittenVariable::name) == variables.end())
                read_dataset(group, name);
        }
    }
}

} // namespace basin
