#pragma once
// The files of the front end, embedded in the program by harness/build/BasinWeb.cmake.

#include <string_view>

namespace basin {

/// The bytes of an embedded file: page.html, page.css, page.js, vega.js, vega-lite.js,
/// vega-embed.js, licences.txt. Throws std::out_of_range for any other name.
std::string_view web_file(std::string_view name);

} // namespace basin
