#pragma once
// A page opened in Chromium from a file, with a script added that looks at it.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

#include "support/temp_folder.hpp"

namespace basin::tests {

class InBrowser : public ::testing::Test {
protected:
    /// Skips where there is no Chromium.
    void SetUp() override;

    /// Opens the page and runs `look`, the body of an async function that fills `answer`, once the
    /// figures are drawn. Answers also tell `figures`: "ready". Fails the test if the console is
    /// not silent. In `look`, countMarks(view) counts a view's marks by type, those of axes left
    /// out.
    nlohmann::json looked_at(std::string page, const std::string& look);

private:
    TempFolder folder_;
};

} // namespace basin::tests
