#pragma once
// One list per concept. A catalog entry is a plain struct with a `name`; its list is a `Catalog`;
// a `Choice` is one entry of the list picked at run time. Names, validation, help, dispatch and
// parametrised tests all follow from the list.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace basin {

/// The entries of one concept, in the order in which they are listed to users.
template <class... Entries>
struct Catalog {
    static constexpr std::size_t size = sizeof...(Entries);
    static constexpr std::array<std::string_view, size> names{Entries::name...};
    static constexpr std::array<std::string_view, size> helps{Entries::help...};

    template <class Entry>
    static constexpr std::size_t index_of() {
        const std::array<bool, size> is{std::is_same_v<Entry, Entries>...};
        for (std::size_t i = 0; i < size; ++i)
            if (is[i]) return i;
        return size;
    }

    /// Calls `use(Entry{})` with the entry at `index`. All results must share one type.
    template <class Use>
    static constexpr decltype(auto) visit(std::size_t index, Use&& use) {
        return visit_from<Use, Entries...>(index, std::forward<Use>(use));
    }

private:
    template <class Use, class First, class... Rest>
    static constexpr decltype(auto) visit_from(std::size_t index, Use&& use) {
        if constexpr (sizeof...(Rest) == 0) {
            return use(First{});
        } else {
            if (index == 0) return use(First{});
            return visit_from<Use, Rest...>(index - 1, std::forward<Use>(use));
        }
    }
};

/// One entry of the catalog `List`; the first one by default.
template <class List>
class Choice {
public:
    constexpr Choice() = default;

    template <class Entry>
    static constexpr Choice of() {
        static_assert(List::template index_of<Entry>() < List::size, "not an entry of this list");
        return Choice(List::template index_of<Entry>());
    }

    /// The entry called `name`, or nothing.
    static constexpr std::optional<Choice> named(std::string_view name) {
        for (std::size_t i = 0; i < List::size; ++i)
            if (List::names[i] == name) return Choice(i);
        return std::nullopt;
    }

    static constexpr Choice at(std::size_t index) { return Choice(index); }
    static constexpr std::size_t count() { return List::size; }

    constexpr std::string_view name() const { return List::names[index_]; }
    constexpr std::size_t index() const { return index_; }

    template <class Entry>
    constexpr bool is() const {
        return index_ == List::template index_of<Entry>();
    }

    template <class Use>
    constexpr decltype(auto) visit(Use&& use) const {
        return List::visit(index_, std::forward<Use>(use));
    }

    constexpr auto operator<=>(const Choice&) const = default;

private:
    constexpr explicit Choice(std::size_t index) : index_(static_cast<std::uint8_t>(index)) {}
    std::uint8_t index_ = 0;
};

} // namespace basin
