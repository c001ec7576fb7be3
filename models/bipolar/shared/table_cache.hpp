#pragma once
// Tables depend on a setting and the dimension alone: one cache serves many scenes.

#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/exact/exact_table.hpp"
#include "models/bipolar/shared/rounding_error.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

namespace basin {

/// A number format's table and how it relates to the exact one of its setting.
struct DirectTable {
    DecisionTable table;
    Closeness closeness;
};

/// Keeps the tables it made. Not to be shared between threads. What it returns does not depend on
/// what it holds.
class TableCache {
public:
    std::shared_ptr<const ExactTable> exact(const ExactModel& model, std::uint32_t dimension);

    /// `setting` is applicable and its precision not `exact`; only what makes up its table matters.
    std::shared_ptr<const DirectTable> direct(const Setting& setting, std::uint32_t dimension);

    /// Forgets everything once more than about 24 MB are held.
    void trim();

private:
    template <class Key>
    using PerDimension = std::pair<std::uint32_t, Key>;

    std::map<PerDimension<ExactModel>, std::shared_ptr<const ExactTable>> exact_;
    std::map<PerDimension<Setting>, std::shared_ptr<const DirectTable>> direct_;
    std::size_t bytes_ = 0; ///< held in all tables, roughly
};

} // namespace basin
