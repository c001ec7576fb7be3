#include "models/draws/cue_targets.hpp"

#include "models/base/errors.hpp"
#include "models/files/byte_file.hpp"
#include "models/files/dataset_files.hpp"
#include "models/files/npz_file.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <system_error>

namespace basin {

namespace {

/// Unpacked, if it is compressed by gzip.
std::vector<std::uint8_t> beginning(const std::string& path) {
    return ByteFile(path).take_up_to(8);
}

bool begins_with(std::span<const std::uint8_t> bytes, std::string_view magic) {
    return bytes.size() >= magic.size() &&
           std::equal(magic.begin(), magic.end(), bytes.begin(),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

/// The beginning of the word, with a ? for whatever a terminal might obey.
std::string printable(std::string_view word) {
    constexpr std::size_t most = 40;
    std::string text(word.substr(0, most));
    std::ranges::replace_if(
        text, [](char c) { return c < ' ' || c > '~'; }, '?');
    return text + (word.size() > most ? "..." : "");
}

constexpr std::string_view separators = " \t\r\n,;";

/// The numbers of a text. Throws InputError at the line of a word that is none.
std::vector<double> numbers_in(std::string_view text, ByteFile& file) {
    std::vector<double> numbers;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view rest = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        rest = rest.substr(0, rest.find('#'));
        while (true) {
            rest.remove_prefix(std::min(rest.find_first_not_of(separators), rest.size()));
            if (rest.empty()) break;
            const std::string_view word = rest.substr(0, rest.find_first_of(separators));
            rest.remove_prefix(word.size());
            double number = 0.0;
            const auto [stop, error] =
                std::from_chars(word.data(), word.data() + word.size(), number);
            if (error != std::errc{} || stop != word.data() + word.size())
                file.fail(fmt::format("line {} holds {}, which is no number; targets are an npy, "
                                      "idx or HDF5 file, or a text of row numbers",
                                      line, printable(word)));
            numbers.push_back(number);
        }
    }
    return numbers;
}

CueTargets read_text(const std::string& path) {
    ByteFile file(path);
    constexpr std::size_t step = std::size_t{1} << 20U;
    constexpr std::size_t most_text = std::size_t{1} << 30U;
    std::string text;
    while (true) {
        const auto bytes = file.take_up_to(step);
        text.append(bytes.begin(), bytes.end());
        if (bytes.size() < step) break;
        if (text.size() > most_text) file.fail("a text of targets has less than 2^30 bytes");
    }
    file.expect_end();
    return make_targets(numbers_in(text, file),
                        std::filesystem::path(path).filename().string() + ": text");
}

} // namespace

CueTargets make_targets(std::span<const double> numbers, std::string description) {
    constexpr double most = std::numeric_limits<std::int32_t>::max();
    if (numbers.empty())
        throw InputError(
            fmt::format("{}: holds no targets; one row number a cue is needed", description));
    CueTargets targets;
    targets.rows.reserve(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double number = numbers[i];
        if (!(number >= 0 && number <= most && number == std::floor(number)))
            throw InputError(fmt::format("{}: target {} (counted from 0) is {}; targets are whole "
                                         "numbers: rows of the pattern file, counted from 0. Take "
                                         "cues without a target out of both files",
                                         description, i, number));
        targets.rows.push_back(static_cast<std::uint32_t>(number));
    }
    targets.description = std::move(description);
    const XXH128_hash_t hash =
        XXH3_128bits(targets.rows.data(), targets.rows.size() * sizeof(targets.rows.front()));
    targets.digest = {.high = hash.high64, .low = hash.low64};
    return targets;
}

bool looks_like_hdf5(const std::string& path) {
    return begins_with(beginning(path), "\x89HDF\r\n\x1a\n");
}

CueTargets read_targets(const std::string& path) {
    const NpzPlace place = npz_place(path);
    const std::vector<std::uint8_t> first = beginning(place.file);
    const bool is_npy =
        begins_with(first, "\x93NUMPY") || begins_with(first, "PK\x03\x04") || !place.array.empty();
    // No text begins with a zero byte.
    const bool is_idx = !first.empty() && first[0] == 0;
    if (!is_npy && !is_idx) return read_text(path);
    const NumberList list = is_npy ? read_npy_numbers(path) : read_idx_numbers(path);
    return make_targets(list.values, list.description);
}

} // namespace basin
