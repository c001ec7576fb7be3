// Writes a few small valid files for each fuzz target: seeds FOLDER makes FOLDER/<target>/*.

#include "results/journal/journal.hpp"

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "support/cifar10_bytes.hpp"
#include "support/npy_bytes.hpp"
#include "support/png_bytes.hpp"
#include "support/zip_bytes.hpp"

namespace {

using namespace basin;

std::filesystem::path made(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return folder;
}

void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file.exceptions(std::ios::failbit | std::ios::badbit);
    file << bytes;
}

void write_journals(const std::filesystem::path& folder) {
    for (const std::uint32_t count : {0U, 1U, 3U}) {
        Journal journal(folder, {.kernel_version = 1,
                                 .plan_digest = {.high = 1, .low = 2},
                                 .sweep_name = "seed",
                                 .seed = 1,
                                 .metrics = {"recall_error", "exact_recall"},
                                 .host = "seed",
                                 .process = count});
        std::vector<Record> records(count);
        for (Record& record : records) {
            record.outcome.status = Status::done;
            record.outcome.values = {0.5, std::numeric_limits<double>::quiet_NaN()};
        }
        if (count > 1) records.back().outcome.message = "failed";
        journal.append(records);
    }
}

/// Two patterns of two by one: bytes, and two numbers.
void write_idx(const std::filesystem::path& folder) {
    using namespace std::string_view_literals;
    write(folder / "bytes", "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x01\x01\x02\x03\x04"sv);
    write(folder / "floats", "\0\0\x0d\x01\0\0\0\x02\x3f\x80\0\0\0\0\0\0"sv);
}

void write_npy(const std::filesystem::path& folder) {
    using namespace std::string_view_literals;
    const auto npy = [](std::string_view header, std::string_view values) {
        std::string text("\x93NUMPY\x01\0"sv);
        text += static_cast<char>(header.size());
        text += '\0';
        return text.append(header).append(values);
    };
    write(folder / "bytes",
          npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }\n", "\x01\x02\x03\x04"));
    write(folder / "fortran",
          npy("{'descr': '>i2', 'fortran_order': True, 'shape': (1, 2, 1)}", "\x01\x02\x03\x04"));
    write(folder / "halves",
          npy("{'descr': '<f2', 'fortran_order': False, 'shape': (2,)}", "\x01\x02\x03\x04"));
}

void write_npz(const std::filesystem::path& folder) {
    const std::string array = tests::npy_bytes({{1, 2}, {3, 4}});
    write(folder / "deflated", tests::zip_bytes({{"x.npy", array, true}, {"y.npy", array}}));
    write(folder / "large", tests::zip_bytes({{"x.npy", array, false, true}}, "comment", true));
    write(folder / "array", "\x01" + array);
}

/// Bytes that hdf5_fuzz.cpp makes a dataset of: 2 x 3 reals, and 2 x 2 x 2 bytes in chunks.
void write_hdf5(const std::filesystem::path& folder) {
    using namespace std::string_view_literals;
    const std::string no_attributes(11, '\1');
    write(folder / "reals", std::string("\0\2\2\3\0\0"sv) + no_attributes + "123456");
    write(folder / "bytes", std::string("\2\3\2\2\2\3\0"sv) + no_attributes + "1234567812345678");
    write(folder / "packed", std::string("\3\2\2\2\2\0\0\x09\x09\x08\x10\x08"sv) + "123123123");
}

/// Row numbers as npy, idx and text.
void write_targets(const std::filesystem::path& folder) {
    using namespace std::string_view_literals;
    write_idx(folder);
    write_npy(folder);
    write(folder / "bytes", "\0\0\x08\x01\0\0\0\x03\x03\x01\x00"sv);
    write(folder / "text", "# rows\n3, 1\n0.0e0 2\n"sv);
}

void write_cifar10(const std::filesystem::path& folder) {
    write(folder / "record", tests::cifar10_record(9, 0));
}

/// One of each type of pixel, and what else changes the way through libpng.
void write_png(const std::filesystem::path& folder) {
    const std::string pixels(64, 'x');
    write(folder / "grey", tests::grey_png(2, 3, pixels.substr(0, 6)));
    write(folder / "rgb", tests::rgb_png(2, 2, pixels.substr(0, 12)));
    tests::PngSource source;
    source.height = 2;
    source.width = 4;
    source.rows = pixels.substr(0, 2);
    source.bit_depth = 2;
    source.colour_type = PNG_COLOR_TYPE_PALETTE;
    source.palette = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
    source.palette_alpha = "ab";
    write(folder / "palette", tests::png_bytes(source));
    source.palette.clear();
    source.palette_alpha.clear();
    source.rows = pixels;
    source.bit_depth = 16;
    source.colour_type = PNG_COLOR_TYPE_RGB_ALPHA;
    source.interlaced = true;
    source.gamma = 0.5;
    write(folder / "interlaced", tests::png_bytes(source));
}

/// A config alone, and configs with an override after a zero byte.
void write_toml(const std::filesystem::path& folder) {
    using namespace std::string_view_literals;
    write(folder / "blocks", R"toml([sweep]
zip = [["dimension", "pattern_count"]]
replicates = {min = 2, max = 8, half_width = 0.01}
[patterns]
dimension = [10, 20]
pattern_count = "range(1, 2, 1)"
[[when]]
parameter = "beta"
if = {interaction = "exponential"}
[[exclude]]
dimension = "> 10"
similarity = ["dot", "cosine"]
[[block]]
[block.model]
beta = "log(0.01, 100, 5) + 3"
interaction = ["exponential", "polynomial"]
[[block]]
[block.cue]
cue_level = "lin(0, 1, 3)"
)toml"sv);
    write(folder / "override", "[model]\nbeta = 1.0\n\0beta=log(0.01, 100, 5) + [0.5, 3]"sv);
    write(folder / "name", "\0name=caf\xC3\xA9"sv);
}

void write_identity(const std::filesystem::path& folder) {
    write(folder / "store", R"json({"schema_version": 1, "sweep_name": "seed", "seed": 1,
"kernel_version": 1, "config_source": "a.toml", "config_text": "", "overrides": ["beta=2"]})json");
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::filesystem::path folder = arguments[1];
    write_journals(made(folder / "journal"));
    write_idx(made(folder / "idx"));
    write_npy(made(folder / "npy"));
    write_npz(made(folder / "npz"));
    write_hdf5(made(folder / "hdf5"));
    write_targets(made(folder / "targets"));
    write_cifar10(made(folder / "cifar10"));
    write_png(made(folder / "png"));
    write_toml(made(folder / "toml"));
    write_identity(made(folder / "identity"));
    return 0;
}
