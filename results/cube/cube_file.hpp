#pragma once
// A result file being written: the axes of a layout, variables over them, and provenance. It
// appears under its name when it is whole and checked, or not at all.

#include "results/cube/cube_check.hpp"
#include "results/cube/cube_layout.hpp"
#include "results/files/atomic_file.hpp"
#include "results/hdf5/chunk_codec.hpp"
#include "results/hdf5/hdf5_create.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// What a variable runs over: combinations of the dimensions' values, or cells (with replicate).
enum class Over : std::uint8_t { combinations, cells };

struct VariableText {
    std::string name;
    std::string unit;
    std::string long_name;
    std::string cell_methods;        ///< CF: how the values came about ("replicate: mean")
    std::string ancillary_variables; ///< CF: names of the variables that qualify this one
};

/// Codes or masks of an integer variable, and their names in the same order.
template <class Number>
struct Meanings {
    const char* attribute = nullptr; ///< "flag_values" or "flag_masks"
    std::vector<Number> values;
    std::string words; ///< blank-separated
};

class CubeFile {
public:
    /// Begins a file that is to be called `file`. Throws Hdf5Error or StoreError(io), as all
    /// members do. What is not published is removed.
    CubeFile(const std::filesystem::path& file, CubeLayout layout, const std::string& title);

    /// Adds a variable of doubles; what is not written is NaN. Returns its number.
    std::size_t add(const VariableText& text, Over over);

    /// Adds a variable of integers; what is not written is 0. Returns its number.
    template <class Number>
    std::size_t add_integers(const VariableText& text, Over over);
    template <class Number>
    std::size_t add_codes(const VariableText& text, Over over, const Meanings<Number>& meanings);

    /// Writes a block of a variable, values in C order. A block that equals what an unwritten one
    /// reads as is left out.
    template <class Number>
    void write(std::size_t variable, const Block& block, std::span<const Number> values);

    /// Adds the group /provenance of one text each.
    void add_provenance(const std::vector<std::pair<std::string, std::string>>& texts);

    /// Ends the file: seals it, compares it with what was written, makes it durable and gives it
    /// its name.
    void publish();

private:
    struct Variable {
        WrittenVariable written;
        Over over;
        Hdf5Handle dataset;
    };

    void add_axis(const Dimension& dimension);
    void add_twin(const std::string& axis, const std::vector<std::string>& labels);
    template <class Number>
    void add_twin_of(const std::string& axis, const std::vector<std::string>& labels);
    template <class Number>
    void add_scale(const VariableText& text, std::span<const Number> values);
    DatasetShape shape(Over over) const;
    template <class Number>
    void write_chunk(Variable& target, const std::vector<hsize_t>& start,
                     std::span<const Number> values);
    std::size_t add_variable(const VariableText& text, Over over, hid_t type, const void* fill);
    void close_datasets();
    void require_written() const;

    CubeLayout layout_;
    PartFile part_;
    WriteFailure failure_;
    Hdf5Handle handle_;
    std::vector<Hdf5Handle> scales_; ///< [dimension], replicate last
    std::vector<Variable> variables_;
    ChunkEncoder encoder_;
    std::vector<std::uint8_t> padded_; ///< the values of a chunk that a block does not fill
};

} // namespace basin
