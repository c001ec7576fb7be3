#pragma once
// The points of one block as a space of small integers.
//
// A group is one axis, or axes zipped together; a point is one slot per group. Slots below a
// group's size are indices of its values; a group with a `when` has one more, for `otherwise`.
// Which combinations of indices are points is decided by table look-ups alone: no allocation.

#include "sweeps/config/config.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace basin {

/// One parameter of a group, and its value by slot.
struct GroupMember {
    std::size_t parameter = 0;
    std::vector<Value> values;
};

struct Group {
    std::vector<GroupMember> members;
    std::uint64_t size = 1;   ///< values that advance; slot `size` is `otherwise`
    bool scene = false;       ///< fixed within a scene
    bool conditional = false; ///< has a when
};

class BlockSpace {
public:
    using Slots = std::span<std::uint64_t>;            ///< one per group
    using ConstSlots = std::span<const std::uint64_t>; ///< one per group

    /// The block must be sound (check_block).
    explicit BlockSpace(const ConfigBlock& block);

    const std::vector<Group>& groups() const { return groups_; } ///< scene groups first
    std::size_t scene_group_count() const { return scene_group_count_; }

    /// Combinations of indices of all groups, as a double: it may exceed any integer.
    double combinations() const;

    /// Turns indices into slots: puts `otherwise` where a when's conditions fail. False if the
    /// combination is no point: excluded, or a repetition under a failed when. settle_scene sees to
    /// the scene's groups alone; settle_model needs them settled.
    bool settle_scene(Slots slots) const { return settle(scene_, slots); }
    bool settle_model(Slots slots) const { return settle(model_, slots); }

    /// Where values stand in a group: at an index, or at `otherwise`, or at both, or nowhere.
    struct Match {
        std::optional<std::uint64_t> index;
        bool otherwise = false;
    };

    /// Whether the block has a point with the matched values. `slots` is room to work in.
    bool contains(std::span<const Match> matches, Slots slots) const;

    /// Value of a parameter at settled slots; its fallback if the block does not set it.
    const Value& value(std::size_t parameter, ConstSlots slots) const;

private:
    struct Test {
        std::size_t group = 0;
        std::vector<std::uint8_t> holds; ///< by slot
    };
    using Tests = std::vector<Test>; ///< all must hold
    struct Guard {
        std::size_t group = 0;
        Tests tests;
    };
    struct Rules {
        std::vector<Guard> guards; ///< each after those it depends on
        std::vector<Tests> excludes;
    };

    void add_group(const ConfigBlock& block, const std::vector<std::size_t>& members);
    void add_guard(const When& when);
    void add_exclude(const Conditions& conditions);
    std::optional<std::pair<std::size_t, std::size_t>> find(std::size_t parameter) const;
    std::optional<Tests> tests_of(const Conditions& conditions) const;
    bool settle(const Rules& rules, Slots slots) const;
    static bool all_hold(const Tests& tests, ConstSlots slots);
    static bool is_excluded(const Rules& rules, ConstSlots slots);

    std::vector<Group> groups_;
    std::size_t scene_group_count_ = 0;
    Rules scene_;
    Rules model_;
};

} // namespace basin
