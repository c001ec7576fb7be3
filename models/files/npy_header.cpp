#include "models/files/npy_header.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace basin {

namespace {

/// Walks over the text, spaces skipped before every token.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text), rest_(text) {}

    bool accept(std::string_view token) {
        skip_spaces();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    void expect(std::string_view token) {
        if (!accept(token)) fail(fmt::format("\"{}\"", token));
    }

    std::string_view quoted() {
        const std::string_view quote = accept("\"") ? "\"" : "'";
        if (quote == "'") expect(quote);
        const auto length = rest_.find(quote);
        if (length == std::string_view::npos) fail("a closing quote");
        const std::string_view content = rest_.substr(0, length);
        rest_.remove_prefix(length + 1);
        return content;
    }

    std::uint64_t number() {
        skip_spaces();
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) fail("a length below 2^64");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    void expect_end() {
        skip_spaces();
        if (!rest_.empty()) fail("the end");
    }

    [[noreturn]] void fail(std::string_view expected) const {
        throw InputError(fmt::format("npy header: {} expected at character {} of: {}", expected,
                                     text_.size() - rest_.size(), text_));
    }

private:
    void skip_spaces() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
    }

    std::string_view text_;
    std::string_view rest_;
};

[[noreturn]] void refuse_dtype(std::string_view descr) {
    std::string supported;
    for (const ElementType& type : element_types())
        supported += fmt::format(" {}", type.npy_code);
    throw InputError(fmt::format("npy header: dtype {} is not supported; supported are{}, with "
                                 "byte order < > or (single bytes) |",
                                 descr, supported));
}

void parse_dtype(Scanner& scanner, NpyHeader& header) {
    if (scanner.accept("[")) refuse_dtype("[...] (structured)");
    const std::string_view descr = scanner.quoted();
    const std::string_view code = descr.substr(std::min<std::size_t>(1, descr.size()));
    for (const ElementType& type : element_types())
        if (type.npy_code == code) header.element = &type;
    const std::string_view orders = header.element && header.element->bytes == 1 ? "<>|" : "<>";
    if (!header.element || orders.find(descr.front()) == std::string_view::npos)
        refuse_dtype(descr);
    header.big_endian = descr.front() == '>';
}

void parse_order(Scanner& scanner, NpyHeader& header) {
    header.fortran_order = scanner.accept("True");
    if (!header.fortran_order && !scanner.accept("False")) scanner.fail("True or False");
}

void parse_shape(Scanner& scanner, NpyHeader& header) {
    scanner.expect("(");
    while (!scanner.accept(")")) {
        header.shape.push_back(scanner.number());
        // Python's one-element tuple needs its comma, the last of several does not.
        if (header.shape.size() > 1 && scanner.accept(")")) break;
        scanner.expect(",");
    }
}

struct Field {
    std::string_view key;
    void (*parse)(Scanner&, NpyHeader&);
    bool seen = false;
};

} // namespace

NpyHeader parse_npy_header(std::string_view text) {
    std::array<Field, 3> fields{
        {{"descr", parse_dtype}, {"fortran_order", parse_order}, {"shape", parse_shape}}};
    NpyHeader header;
    Scanner scanner(text);
    scanner.expect("{");
    while (!scanner.accept("}")) {
        const std::string_view key = scanner.quoted();
        const auto field = std::ranges::find(fields, key, &Field::key);
        if (field == fields.end() || field->seen)
            scanner.fail("each of descr, fortran_order and shape once");
        scanner.expect(":");
        field->parse(scanner, header);
        field->seen = true;
        if (scanner.accept("}")) break;
        scanner.expect(",");
    }
    scanner.expect_end();
    for (const Field& field : fields)
        if (!field.seen) scanner.fail(fmt::format("the key {}", field.key));
    return header;
}

} // namespace basin
