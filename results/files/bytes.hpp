#pragma once
// Little-endian bytes, whatever the machine.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace basin {

static_assert(std::endian::native == std::endian::little,
              "bytes are written as they lie in memory");

/// Appends to a buffer that is the caller's, so that one buffer serves for many records.
class ByteWriter {
public:
    explicit ByteWriter(std::vector<std::uint8_t>& out) : out_(out) {}

    template <class Number>
    void put(Number number) {
        put_all(std::span<const Number>(&number, 1));
    }
    template <class Number>
    void put_all(std::span<const Number> numbers) {
        if (numbers.empty()) return; // memcpy takes no null pointer
        const std::size_t at = out_.size();
        out_.resize(at + numbers.size_bytes());
        std::memcpy(out_.data() + at, numbers.data(), numbers.size_bytes());
    }
    void put_text(std::string_view text) {
        put(static_cast<std::uint32_t>(text.size()));
        put_all(std::span<const char>(text));
    }

private:
    std::vector<std::uint8_t>& out_;
};

/// Reads what ByteWriter wrote. Throws std::out_of_range past the end.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    template <class Number>
    Number get() {
        Number number;
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
        return number;
    }
    /// Stays where it lies in the bytes.
    std::string_view get_text() {
        const auto text = take(get<std::uint32_t>());
        return {reinterpret_cast<const char*>(text.data()), text.size()};
    }
    std::span<const std::uint8_t> take(std::size_t size) {
        if (size > bytes_.size()) throw std::out_of_range("record ends early");
        const auto taken = bytes_.first(size);
        bytes_ = bytes_.subspan(size);
        return taken;
    }

private:
    std::span<const std::uint8_t> bytes_;
};

} // namespace basin
