// The table of files as text, as stores and result files keep it.

#include "sweeps/coordinates/input_files.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>
#include <stdexcept>

namespace basin {

namespace {

using Json = nlohmann::json;

FileUse use_of(const std::string& name) {
    for (const FileUse use : {FileUse::patterns, FileUse::embeddings, FileUse::targets})
        if (name_of(use) == name) return use;
    throw std::invalid_argument("an unknown use");
}

std::uint64_t hexadecimal(std::string_view digits) {
    std::uint64_t number = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    if (error != std::errc{} || end != digits.data() + digits.size())
        throw std::invalid_argument("a digest that is not hexadecimal");
    return number;
}

Key key_from(const std::string& text) {
    constexpr std::size_t half = 16;
    if (text.size() != 2 * half) throw std::invalid_argument("a digest that is not of 32 digits");
    return {.high = hexadecimal(std::string_view(text).substr(0, half)),
            .low = hexadecimal(std::string_view(text).substr(half))};
}

std::uint64_t whole_number(const Json& value,
                           std::uint64_t most = std::numeric_limits<std::int64_t>::max()) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most)
        throw std::invalid_argument("a length that is none");
    return value.get<std::uint64_t>();
}

BankRequest request_of(const Json& row) {
    BankRequest request;
    const auto source = Choice<PatternSources>::named(row.at("source").get<std::string>());
    if (!source) throw std::invalid_argument("an unknown source");
    request.source = *source;
    request.path = row.at("path");
    request.dataset = row.at("dataset");
    request.value_range = row.at("value_range");
    request.use = use_of(row.at("use"));
    return request;
}

FileFacts facts_of(const Json& row) {
    const auto length = [](const Json& value) {
        return static_cast<std::uint32_t>(
            whole_number(value, std::numeric_limits<std::uint32_t>::max()));
    };
    FileFacts facts;
    facts.content = key_from(row.at("content"));
    facts.count = whole_number(row.at("count"));
    facts.units = whole_number(row.at("units"));
    facts.is_rounded = row.at("is_rounded");
    const Json& image = row.at("image");
    facts.image = {length(image.at("height")), length(image.at("width")),
                   length(image.at("channels")), image.at("planar").get<bool>()};
    facts.description = row.at("description");
    facts.values = row.at("values");
    facts.place = row.value("place", "");
    return facts;
}

} // namespace

std::string to_json_text(const FileTable& files, bool with_places) {
    Json list = Json::array();
    for (const auto& [request, facts] : files) {
        Json row{{"source", request.source.name()},
                 {"path", request.path},
                 {"dataset", request.dataset},
                 {"value_range", request.value_range},
                 {"use", name_of(request.use)},
                 {"content", to_string(facts.content)},
                 {"count", facts.count},
                 {"units", facts.units},
                 {"is_rounded", facts.is_rounded},
                 {"image",
                  {{"height", facts.image.height},
                   {"width", facts.image.width},
                   {"channels", facts.image.channels},
                   {"planar", facts.image.planar}}},
                 {"description", facts.description},
                 {"values", facts.values}};
        if (with_places) row["place"] = facts.place;
        list.push_back(std::move(row));
    }
    // Names of folders need not be UTF-8: a place that is not is not found again.
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

FileTable file_table_of(std::string_view json_text) {
    try {
        FileTable files;
        const Json list = Json::parse(json_text);
        if (!list.is_array()) throw std::invalid_argument("it is not a list");
        for (const Json& row : list)
            files[request_of(row)] = facts_of(row);
        return files;
    } catch (const Json::exception& error) {
        throw std::invalid_argument(error.what());
    }
}

} // namespace basin
