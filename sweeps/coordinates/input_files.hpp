#pragma once
// The files that a sweep reads: which they are, where they are, and what was in them.
//
// A file is identified by its content, not by its name: in point keys and draws a digest of what
// was read stands in place of path and dataset. A file that is moved, or named otherwise, is
// therefore the same file; one with another content at the same path is refused
// (harness/run/pattern_files.hpp, results/store/store.hpp).
//
// To add a parameter that names a file: one FileRole in input_files.cpp, and its reader in
// harness/run/pattern_files.cpp. Look-up, digests in the store, refusals and identities follow.

#include "models/base/key.hpp"
#include "models/data/images.hpp"
#include "models/draws/patterns.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// What a file is read as: cues are read like patterns, and once where they are in the same file.
enum class FileUse : std::uint8_t { patterns, embeddings, targets };

/// As the store's table and plans name it.
std::string_view name_of(FileUse use);

/// A file as the config names it; path is "" where none is read. That of targets may end in
/// ":dataset" (targets_of).
struct BankRequest {
    Choice<PatternSources> source;
    std::string path;
    std::string dataset;     ///< within an HDF5 file
    std::string value_range; ///< of its numbers, as range_text.hpp writes it; "": as declared
    FileUse use = FileUse::patterns;
    auto operator<=>(const BankRequest&) const = default;
};

/// What was read from a file.
struct FileFacts {
    Key content;             ///< content_digest() of it
    std::uint64_t count = 0; ///< patterns, or targets
    std::uint64_t units = 0; ///< values of each, as the file has them
    bool is_rounded = false; ///< PatternBank::is_rounded()
    ImageShape image;
    std::string description; ///< PatternBank::description
    std::string values;      ///< the range of its values and what says so, in words; "": none
    std::string place;       ///< absolute path where it was read; no part of any identity
};

/// Units of the file's patterns with their channels in this form.
std::uint32_t dimension_of(const FileFacts& facts, Choice<ChannelForms> channels);

/// Of its numbers while they are in memory.
std::size_t bytes_of(const FileFacts& facts);

/// A file of cue targets.
struct TargetPlace {
    std::string path;
    std::string dataset; ///< within an HDF5 file
    auto operator<=>(const TargetPlace&) const = default;
};

/// What follows the last colon is a dataset, unless the whole names a file that is there or an
/// array of an archive (models/files/npz_file.hpp).
TargetPlace targets_of(const std::string& text);

/// The file itself at a place that find_file() tells.
std::string file_at(const std::string& place, FileUse use);

using FileTable = std::map<BankRequest, FileFacts>;

/// The files of a config.
struct InputFiles {
    std::vector<std::string> folders{""}; ///< relative paths are looked up in them, in this order;
                                          ///< "": the working folder
    FileTable known{};                    ///< what is known of them, and maybe of others
    bool recorded = false; ///< the config of a store: files are looked up first where they were
                           ///< read, and need not be there
};

/// A use that scenes make of a file.
struct FileRole {
    std::string_view name;                      ///< of the content in identities
    std::vector<std::string_view> depends_on;   ///< parameters that the request is made from
    std::vector<std::string_view> named_by;     ///< those of them that name the file, path first
    BankRequest (*request)(const Coordinates&); ///< its path is "" if no file is needed
};

/// All uses.
std::span<const FileRole> file_roles();

/// Indices in parameters() of all that requests are made from, ascending.
std::span<const std::size_t> file_parameters();

/// Whether the parameter names a file, so that identities have the file's content in its place.
bool names_file(std::size_t parameter);

/// What identities say of the files of these coordinates: "content=<digest>;" for each. A file
/// that is not in `known` is identified by its name.
std::string files_identity(const Coordinates& coordinates, const FileTable& known);

/// A file that a point reads, and what was in it.
struct FileOfPoint {
    const FileRole& role;
    BankRequest request;
    const FileFacts& facts;
};

/// Those of these coordinates that are in `known`, which must outlive them.
std::vector<FileOfPoint> files_of_point(const Coordinates& coordinates, const FileTable& known);

/// Where the file is; nothing if it is nowhere.
std::optional<std::string> find_file(const InputFiles& files, const BankRequest& request);

/// Where it was looked for, to follow "no such file": "" for an absolute path.
std::string searched_places(const InputFiles& files, const BankRequest& request);

/// Why `now` must not stand beside `known`: a file of the same name or at the same place had
/// another content. "" if nothing is against it. Messages go on with content_remedy.
std::string content_conflict(const FileTable& known, const BankRequest& request,
                             const FileFacts& now);
inline constexpr std::string_view content_remedy =
    "results of both are not mixed; restore the file, or use another --store folder";

/// The table as JSON text: [{"source", "path", "dataset", "value_range", "use", "content", ...}].
std::string to_json_text(const FileTable& files, bool with_places);

/// The table of that text. Throws std::invalid_argument for any other.
FileTable file_table_of(std::string_view json_text);

} // namespace basin
