#pragma once
// A file read once from front to back, gzip or plain (told by its content, not its name), or bytes
// that are read like one.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct gzFile_s; // zlib's

namespace basin {

class ByteFile {
public:
    /// Throws InputError if the file cannot be opened.
    explicit ByteFile(const std::string& path);

    /// Bytes from `place`, which messages name.
    ByteFile(std::string place, std::vector<std::uint8_t> bytes);

    const std::string& path() const { return path_; }

    /// The next `count` bytes. Memory grows with what the file really holds, so that a damaged
    /// length cannot ask for more. Throws InputError, naming `what` they are, if fewer are left.
    std::vector<std::uint8_t> take(std::uint64_t count, std::string_view what);

    /// The next `most` bytes, or all that are left if those are fewer. Throws InputError for
    /// damaged gzip data.
    std::vector<std::uint8_t> take_up_to(std::size_t most);

    /// Throws InputError if anything follows, or if a gzip file's checksum does not fit.
    void expect_end();

    /// Throws InputError: `problem`, at this file.
    [[noreturn]] void fail(std::string_view problem) const;

private:
    struct Close {
        void operator()(gzFile_s* file) const;
    };

    std::size_t read_into(std::uint8_t* bytes, std::size_t count);

    std::string path_;
    std::unique_ptr<gzFile_s, Close> file_; ///< null: the bytes are read
    std::vector<std::uint8_t> bytes_;
    std::size_t read_ = 0; ///< of the bytes
};

} // namespace basin
