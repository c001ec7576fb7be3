#include "sweeps/parameters/plain_text.hpp"

#include <boost/locale/utf.hpp>
#include <fmt/format.h>

namespace basin {

namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

/// Takes the next character off the front of `text`; its bytes go into `bytes`.
boost::locale::utf::code_point take(std::string_view& text, std::string_view& bytes) {
    const char* at = text.data();
    const auto point = Utf8::decode(at, text.data() + text.size());
    const bool valid = boost::locale::utf::is_valid_codepoint(point);
    // Of what is not UTF-8 one byte: the next one may begin a character.
    bytes = text.substr(0, valid ? static_cast<std::size_t>(at - text.data()) : 1);
    text.remove_prefix(bytes.size());
    return point;
}

bool is_control(boost::locale::utf::code_point point) {
    return !boost::locale::utf::is_valid_codepoint(point) || point < 0x20 ||
           (point >= 0x7F && point <= 0x9F);
}

} // namespace

bool is_utf8(std::string_view text) {
    std::string_view bytes;
    while (!text.empty())
        if (!boost::locale::utf::is_valid_codepoint(take(text, bytes))) return false;
    return true;
}

std::string shown_plainly(std::string_view text) {
    std::string shown;
    std::string_view bytes;
    while (!text.empty()) {
        const auto point = take(text, bytes);
        if (!is_control(point) || point == '\n' || point == '\t') {
            shown += bytes;
            continue;
        }
        for (const char byte : bytes)
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
    return shown;
}

} // namespace basin
