#include "analysis/page/html.hpp"

#include <cctype>

namespace basin {

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text)
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    return safe;
}

std::string inside_script(std::string_view script) {
    constexpr std::string_view end_tag = "</script";
    std::string safe;
    safe.reserve(script.size());
    for (std::size_t i = 0; i < script.size(); ++i) {
        std::size_t matched = 0;
        while (matched < end_tag.size() && i + matched < script.size() &&
               std::tolower(static_cast<unsigned char>(script[i + matched])) == end_tag[matched])
            ++matched;
        if (matched == end_tag.size()) {
            safe += "<\\";
            continue;
        }
        safe += script[i];
    }
    return safe;
}

std::string inside_json(std::string_view json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char c : json)
        if (c == '<')
            safe += "\\u003c";
        else
            safe += c;
    return safe;
}

std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string page;
    std::size_t from = 0;
    for (std::size_t open = text.find("{{"); open != std::string_view::npos;
         open = text.find("{{", from)) {
        const std::size_t close = text.find("}}", open);
        page += text.substr(from, open - from);
        page += values.at(std::string(text.substr(open + 2, close - open - 2)));
        from = close + 2;
    }
    page += text.substr(from);
    return page;
}

} // namespace basin
