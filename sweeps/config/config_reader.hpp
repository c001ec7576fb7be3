#pragma once
// The meaning of a config's keys: from a tree and --set to layers.

#include "sweeps/config/config_layers.hpp"
#include "sweeps/config/config_values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

class ConfigReader {
public:
    /// Reads into `config` and reports to `diagnostics`; config.source names the file.
    ConfigReader(Config& config, Diagnostics& diagnostics);

    void read_file(const ConfigNode& file);
    void read_override(const std::string& assignment);

    /// Lays blocks over the file and overrides over both: fills config.blocks.
    void put_together();

private:
    /// The keys of [sweep], in the shape of parameters so that they are read and checked alike.
    struct SweepKeys {
        Parameter name;
        Parameter seed;
        Parameter replicates;
    };

    const Parameter* sweep_key(std::string_view name) const;
    void report(const Place& place, std::string message);
    void report_unknown_key(const ConfigEntry& entry, std::string_view table,
                            const std::vector<std::string_view>& known);
    bool is_table(const ConfigNode& node, std::string_view what);
    std::vector<const ConfigNode*> tables(const ConfigNode& node, std::string_view what);

    void read_sweep(const ConfigNode& node);
    void set_sweep_key(const Parameter& key, const std::vector<Value>& values, const Place& place);
    bool set_large_seed(std::string_view text);
    void set_replicates(std::uint32_t number, const Place& place);
    void set_stopping_rule(std::optional<StoppingRule> rule, const Place& place);
    void set_name(const std::string& name, const Place& place);
    bool read_capacity_override(std::string_view name, const std::string& text, const Place& place);
    void read_capacity();
    void read_block(const ConfigNode& node);
    bool read_common(const ConfigEntry& entry, Layer& layer);
    void read_section(const ConfigEntry& section, Layer& layer);
    void read_zips(const ConfigNode& node, Layer& layer);
    void read_when(const ConfigNode& node, Layer& layer);
    void read_exclude(const ConfigNode& node, Layer& layer);

    Config& config_;
    Diagnostics& diagnostics_;
    SweepKeys keys_;
    Layer file_;
    Layer overrides_;
    std::vector<Layer> blocks_;
    std::optional<ConfigNode> capacity_;    ///< the file's table and what --set says of it
    std::optional<Place> replicates_place_; ///< where [sweep] or --set gives them
};

} // namespace basin
