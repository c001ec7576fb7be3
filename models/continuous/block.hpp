#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace basin {

/// Leaves new numbers as they are: large blocks are written soon, and clearing them costs as much.
template <class T>
struct UnclearedAllocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = UnclearedAllocator<U>;
    };
    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
};

/// Vectors side by side: value(v, q) = values[v * queries + q]. A new one holds no values yet.
template <class T>
struct Block {
    Block(std::size_t row_count, std::size_t query_count)
        : rows(row_count), queries(query_count), values(row_count * query_count) {}

    /// What it holds then is of no meaning.
    void resize(std::size_t row_count, std::size_t query_count) {
        rows = row_count;
        queries = query_count;
        values.resize(row_count * query_count);
    }

    T* row(std::size_t r) { return values.data() + r * queries; }
    const T* row(std::size_t r) const { return values.data() + r * queries; }

    std::size_t rows;
    std::size_t queries; ///< a multiple of RealTile::query_step
    std::vector<T, UnclearedAllocator<T>> values;
};

} // namespace basin
