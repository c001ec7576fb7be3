#pragma once
// Text made safe for the places of an HTML page.

#include <map>
#include <string>
#include <string_view>

namespace basin {

/// For element content and quoted attributes: & < > " ' become entities.
std::string escaped(std::string_view text);

/// For the content of a <script> element in JavaScript: no "</script" ends it early.
std::string inside_script(std::string_view script);

/// For the content of a <script> element in JSON: every < becomes \u003c.
std::string inside_json(std::string_view json);

/// A template with {{name}} replaced by values[name], once and without looking into the values.
/// Throws std::out_of_range for a name that has no value.
std::string filled(std::string_view text, const std::map<std::string, std::string>& values);

} // namespace basin
