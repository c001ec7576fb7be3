#include "models/bipolar/shared/table_cache.hpp"

namespace basin {

namespace {

constexpr std::size_t most_bytes = std::size_t{24} << 20U;

/// Memory of a table of this many steps with its key and its lists, roughly.
std::size_t bytes_of(std::size_t steps) {
    return 1000 + 48 * steps;
}

/// The setting as far as its table depends on it.
Setting table_part(Setting setting) {
    const Setting any;
    setting.update = any.update;
    setting.tie = any.tie;
    setting.max_sweeps = any.max_sweeps;
    setting.attribution = any.attribution;
    return setting;
}

} // namespace

std::shared_ptr<const ExactTable> TableCache::exact(const ExactModel& model,
                                                    std::uint32_t dimension) {
    auto& table = exact_[{dimension, model}];
    if (!table) {
        table = std::make_shared<const ExactTable>(make_exact_table(model, dimension));
        bytes_ += bytes_of(table->steps.size());
    }
    return table;
}

std::shared_ptr<const DirectTable> TableCache::direct(const Setting& setting,
                                                      std::uint32_t dimension) {
    const auto truth = exact(exact_model(setting, dimension), dimension);
    auto& direct = direct_[{dimension, table_part(setting)}];
    if (!direct) {
        DecisionTable table = make_decision_table(setting, dimension);
        Closeness closeness = compare(table, *truth);
        bytes_ += bytes_of(table.steps.size());
        direct = std::make_shared<const DirectTable>(
            DirectTable{std::move(table), std::move(closeness)});
    }
    return direct;
}

void TableCache::trim() {
    if (bytes_ <= most_bytes) return;
    exact_.clear();
    direct_.clear();
    bytes_ = 0;
}

} // namespace basin
