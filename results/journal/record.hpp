#pragma once
// One finished point, as the journal holds it.

#include "models/base/key.hpp"
#include "models/scene/outcome.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace basin {

struct Record {
    Key key;                ///< point_key: identity by value
    std::uint64_t cell = 0; ///< index in the cube of the plan whose digest the journal's header has
    Outcome outcome;
    double elapsed_s = 0.0; ///< share of the scene's time; not part of the result
};

/// A record as it lies in the bytes of a journal; valid as long as they are.
struct RecordView {
    Key key;
    std::uint64_t cell = 0;
    Status status = Status::not_run;
    Flags flags = 0;
    double elapsed_s = 0.0;
    std::span<const std::uint8_t> values; ///< value_count() doubles, not aligned
    std::string_view message;

    std::size_t value_count() const { return values.size() / sizeof(double); }
    double value(std::size_t index) const { ///< index < value_count()
        double number = 0.0;
        std::memcpy(&number, values.data() + index * sizeof number, sizeof number);
        return number;
    }
};

/// Copies a record out of its journal; the memory of `record` is used again.
void copy_record(const RecordView& view, Record& record);

} // namespace basin
