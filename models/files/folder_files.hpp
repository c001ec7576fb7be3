#pragma once
// The files of a folder that a reader asks for.

#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Paths of what lies in the folder itself, is no folder and has a name that `is_wanted`, in the
/// order of the bytes of their names. Throws InputError if the folder cannot be listed, or if one
/// of them is not a file.
std::vector<std::string> files_in(const std::string& folder, bool (*is_wanted)(std::string_view));

/// Paths of the folders in a folder, links to some included, in the order of the bytes of their
/// names; those that begin with a dot are left out. Throws InputError if it cannot be listed.
std::vector<std::string> folders_in(const std::string& folder);

/// The last name of a path, with or without a slash behind it.
std::string last_name(const std::string& path);

} // namespace basin
