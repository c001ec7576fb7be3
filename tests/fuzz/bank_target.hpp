#pragma once
// What every reader of pattern files owes: a bank, or InputError and nothing else.

#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

#include "fuzz/memory_file.hpp"

namespace basin::tests {

inline void require_sound(const PatternBank& bank) {
    require(bank.values.shape(0) > 0 && bank.values.shape(1) > 0);
    require(bank.digest == (bank.is_rounded() ? bank_digest(bank.doubles, bank.range)
                                              : bank_digest(bank.values, bank.range)));
    const auto is_within = [&bank](double value) {
        return std::isfinite(value) && value >= bank.extent.low && value <= bank.extent.high;
    };
    for (const double value : bank.doubles)
        require(is_within(value));
    if (!bank.is_rounded())
        for (const float value : bank.values)
            require(is_within(value));
    require(bank.range.width() > 0);
}

/// The bank that `read` makes of the bytes; nothing if it refuses them.
inline std::optional<PatternBank> bank_of(PatternBank (*read)(const std::string&),
                                          std::span<const std::uint8_t> bytes) {
    const MemoryFile file(bytes);
    try {
        PatternBank bank = read(file.path());
        require_sound(bank);
        return bank;
    } catch (const InputError&) {
        return {};
    }
}

} // namespace basin::tests
