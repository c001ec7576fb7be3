#include "results/cube/cube_file.hpp"

#include "results/files/undefined.hpp"
#include "results/hdf5/checksum_trailer.hpp"
#include "results/hdf5/hdf5_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <type_traits>

namespace basin {

namespace {

void describe(hid_t dataset, const VariableText& text) {
    add_attribute(dataset, "long_name", text.long_name);
    add_attribute(dataset, "units", text.unit);
    add_attribute(dataset, "cell_methods", text.cell_methods);
    add_attribute(dataset, "ancillary_variables", text.ancillary_variables);
}

VariableText axis_text(const Dimension& dimension) {
    const Parameter& parameter = parameters()[dimension.parameter];
    return {std::string(parameter.name), std::string(parameter.unit), std::string(parameter.help),
            "", ""};
}

template <class Number>
bool says_nothing(Number value) {
    if constexpr (std::is_floating_point_v<Number>)
        return std::isnan(value);
    else
        return value == 0;
}

/// What an element reads as that was not written.
template <class Number>
constexpr std::array<std::uint8_t, sizeof(Number)> fill_bytes{};
template <>
constexpr auto
    fill_bytes<double> = std::bit_cast<std::array<std::uint8_t, sizeof(double)>>(undefined);

DatasetShape line(std::size_t size) {
    return {{size}, {std::min<hsize_t>(size, chunk_cells)}};
}

} // namespace

CubeFile::CubeFile(const std::filesystem::path& file, CubeLayout layout, const std::string& title)
    : layout_(std::move(layout)), part_(file), handle_(create_hdf5(part_.path(), failure_)) {
    add_attribute(handle_, "Conventions", "CF-1.10 Basin-1");
    add_attribute(handle_, "title", title);
    for (const Dimension& dimension : layout_.dimensions)
        add_axis(dimension);
    std::vector<std::uint32_t> replicates(layout_.replicates);
    std::iota(replicates.begin(), replicates.end(), 0U);
    add_scale<std::uint32_t>({"replicate", "1", "independent draw of memories and cues", "", ""},
                             replicates);
}

template <class Number>
void CubeFile::add_scale(const VariableText& text, std::span<const Number> values) {
    Hdf5Handle dataset =
        create_dataset(handle_, text.name, Hdf5Type<Number>::file(), line(values.size()), nullptr);
    checked(
        H5Dwrite(dataset, Hdf5Type<Number>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        "write", text.name);
    checked(H5DSset_scale(dataset, text.name.c_str()), "make a scale of", text.name);
    describe(dataset, text);
    scales_.push_back(std::move(dataset));
}

void CubeFile::add_axis(const Dimension& dimension) {
    const VariableText text = axis_text(dimension);
    const Kind kind = parameters()[dimension.parameter].kind;
    if (kind == Kind::integer) {
        std::vector<std::int64_t> values;
        for (const Value& value : dimension.values)
            values.push_back(std::get<std::int64_t>(value));
        add_scale<std::int64_t>(text, values);
        return;
    }
    if (kind == Kind::real) {
        std::vector<double> values;
        for (const Value& value : dimension.values)
            values.push_back(number_of(value));
        add_scale<double>(text, values);
        return;
    }
    std::vector<std::string> labels;
    for (const Value& value : dimension.values)
        labels.push_back(std::get<std::string>(value));
    Hdf5Handle dataset =
        create_dataset(handle_, text.name, text_type(), {{labels.size()}, {}}, nullptr);
    write_texts(dataset, labels);
    checked(H5DSset_scale(dataset, text.name.c_str()), "make a scale of", text.name);
    describe(dataset, text);
    scales_.push_back(std::move(dataset));
    add_twin(text.name, labels);
}

/// The axis that was added last as numbers, for readers without variable-length strings. One of
/// more labels than the numbers can count has no such twin.
void CubeFile::add_twin(const std::string& axis, const std::vector<std::string>& labels) {
    const auto fits = [&](auto largest) { return labels.size() - 1 <= largest; };
    if (fits(std::numeric_limits<std::uint8_t>::max()))
        add_twin_of<std::uint8_t>(axis, labels);
    else if (fits(std::numeric_limits<std::uint16_t>::max()))
        add_twin_of<std::uint16_t>(axis, labels);
}

template <class Number>
void CubeFile::add_twin_of(const std::string& axis, const std::vector<std::string>& labels) {
    const std::string name = axis + "_code";
    std::vector<Number> codes(labels.size());
    std::iota(codes.begin(), codes.end(), Number{0});
    std::vector<std::string> words;
    std::ranges::transform(labels, std::back_inserter(words), flag_word);
    const Hdf5Handle dataset =
        create_dataset(handle_, name, Hdf5Type<Number>::file(), line(codes.size()), nullptr);
    checked(
        H5Dwrite(dataset, Hdf5Type<Number>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, codes.data()),
        "write", name);
    checked(H5DSattach_scale(dataset, scales_.back(), 0), "attach an axis to", name);
    describe(dataset, {name, "1", axis + " as a number", "", ""});
    add_attribute<Number>(dataset, "flag_values", codes);
    add_attribute(dataset, "flag_meanings", fmt::format("{}", fmt::join(words, " ")));
}

DatasetShape CubeFile::shape(Over over) const {
    DatasetShape shape;
    for (std::size_t d = 0; d < layout_.dimensions.size(); ++d) {
        shape.sizes.push_back(layout_.dimensions[d].values.size());
        shape.chunk.push_back(layout_.chunk[d]);
    }
    if (over == Over::cells) {
        shape.sizes.push_back(layout_.replicates);
        shape.chunk.push_back(std::min(layout_.replicates, chunk_cells));
    }
    return shape;
}

std::size_t CubeFile::add_variable(const VariableText& text, Over over, hid_t type,
                                   const void* fill) {
    const DatasetShape extent = shape(over);
    Hdf5Handle dataset = create_dataset(handle_, text.name, type, extent, fill);
    for (unsigned d = 0; d < extent.sizes.size(); ++d)
        checked(H5DSattach_scale(dataset, scales_[d], d), "attach an axis to", text.name);
    describe(dataset, text);
    const std::size_t value_size = H5Tget_size(type);
    const std::size_t chunk_size =
        std::accumulate(extent.chunk.begin(), extent.chunk.end(), value_size, std::multiplies<>());
    variables_.push_back({{text.name, value_size, chunk_size, {}}, over, std::move(dataset)});
    return variables_.size() - 1;
}

std::size_t CubeFile::add(const VariableText& text, Over over) {
    const std::size_t variable = add_variable(text, over, Hdf5Type<double>::file(), &undefined);
    add_attribute<double>(variables_[variable].dataset, "_FillValue", std::span(&undefined, 1));
    return variable;
}

template <class Number>
std::size_t CubeFile::add_integers(const VariableText& text, Over over) {
    return add_variable(text, over, Hdf5Type<Number>::file(), nullptr);
}

template <class Number>
std::size_t CubeFile::add_codes(const VariableText& text, Over over,
                                const Meanings<Number>& meanings) {
    const std::size_t variable = add_integers<Number>(text, over);
    const hid_t dataset = variables_[variable].dataset;
    add_attribute<Number>(dataset, meanings.attribute, meanings.values);
    add_attribute(dataset, "flag_meanings", meanings.words);
    return variable;
}

template <class Number>
void CubeFile::write(std::size_t variable, const Block& block, std::span<const Number> values) {
    Variable& target = variables_[variable];
    std::vector<hsize_t> start(block.start.begin(), block.start.end());
    if (target.over == Over::cells) start.push_back(0);
    // A block is one chunk, or the beginning of one; only the replicates of one combination may
    // need several.
    const std::size_t room = target.written.chunk_size / sizeof(Number);
    for (; values.size() > room; values = values.subspan(room)) {
        write_chunk(target, start, values.first(room));
        start.back() += room;
    }
    write_chunk(target, start, values);
}

template <class Number>
void CubeFile::write_chunk(Variable& target, const std::vector<hsize_t>& start,
                           std::span<const Number> values) {
    if (std::ranges::all_of(values, says_nothing<Number>)) return;
    const std::string& name = target.written.name;
    std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(values.data()),
                                        values.size_bytes());
    if (start.empty()) {
        checked(H5Dwrite(target.dataset, Hdf5Type<Number>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                         values.data()),
                "write", name);
        target.written.chunks.push_back({start, chunk_digest(bytes, sizeof(Number))});
        return;
    }
    if (bytes.size() < target.written.chunk_size) {
        padded_.assign(bytes.begin(), bytes.end());
        while (padded_.size() < target.written.chunk_size)
            padded_.insert(padded_.end(), fill_bytes<Number>.begin(), fill_bytes<Number>.end());
        bytes = padded_;
    }
    const StoredChunk& chunk = encoder_.encode(bytes, sizeof(Number));
    checked(H5Dwrite_chunk(target.dataset, H5P_DEFAULT, 0, start.data(), chunk.stored.size(),
                           chunk.stored.data()),
            "write a chunk of", name);
    require_written();
    target.written.chunks.push_back({start, chunk.digest});
}

void CubeFile::add_provenance(const std::vector<std::pair<std::string, std::string>>& texts) {
    const Hdf5Handle group = create_group(handle_, "provenance");
    for (const auto& [name, text] : texts) {
        const Hdf5Handle dataset = create_dataset(group, name, text_type(), {}, nullptr);
        write_texts(dataset, std::span(&text, 1));
    }
}

void CubeFile::close_datasets() {
    for (Variable& variable : variables_)
        variable.dataset.close(variable.written.name);
    for (Hdf5Handle& scale : scales_)
        scale.close("an axis");
}

void CubeFile::require_written() const {
    if (failure_.reason == 0) return;
    errno = failure_.reason;
    throw_io("write to", part_.path());
}

void CubeFile::publish() {
    close_datasets();
    handle_.close("the file");
    require_written();
    seal(part_.path());
    std::vector<WrittenVariable> written;
    for (Variable& variable : variables_)
        written.push_back(std::move(variable.written));
    check_cube(SealedFile(part_.path()).path(), written);
    part_.publish();
}

template std::size_t CubeFile::add_integers<std::uint32_t>(const VariableText&, Over);
template std::size_t CubeFile::add_codes(const VariableText&, Over, const Meanings<std::uint8_t>&);
template std::size_t CubeFile::add_codes(const VariableText&, Over, const Meanings<std::uint16_t>&);
template void CubeFile::write(std::size_t, const Block&, std::span<const double>);
template void CubeFile::write(std::size_t, const Block&, std::span<const std::uint8_t>);
template void CubeFile::write(std::size_t, const Block&, std::span<const std::uint16_t>);
template void CubeFile::write(std::size_t, const Block&, std::span<const std::uint32_t>);

} // namespace basin
