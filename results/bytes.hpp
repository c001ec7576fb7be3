#pragma once
// Little-endian bytes, whatever the machine.

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace basin {

static_assert(std::endian::native == std::endian::little,
              "bytes are written as they lie in memory");

class ByteWriter {
public:
    template <class Number>
    void put(Number number) {
        const auto raw = std::bit_cast<std::array<std::uint8_t, sizeof(Number)>>(number);
        for (const std::uint8_t byte : raw) // g++ 12 misreads a bulk insert as an overflow
            bytes_.push_back(byte);
    }
    void put_text(const std::string& text) {
        put(static_cast<std::uint32_t>(text.size()));
        bytes_.insert(bytes_.end(), text.begin(), text.end());
    }
    const std::vector<std::uint8_t>& bytes() const { return bytes_; }

private:
    std::vector<std::uint8_t> bytes_;
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
    std::string get_text() {
        const auto size = get<std::uint32_t>();
        const auto text = take(size);
        return {text.begin(), text.end()};
    }

private:
    std::span<const std::uint8_t> take(std::size_t size) {
        if (size > bytes_.size()) throw std::out_of_range("record ends early");
        const auto taken = bytes_.first(size);
        bytes_ = bytes_.subspan(size);
        return taken;
    }
    std::span<const std::uint8_t> bytes_;
};

} // namespace basin
