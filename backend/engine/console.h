// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/control.h"
#include "engine/progressmeter.h"

namespace papilio::engine
{

/// The progress line of a command on standard error: a bar that redraws itself on a terminal, now and then a plain line
/// elsewhere.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine(); ///< clears the bar
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const Progress& progress);
    void print(const std::string& line); ///< a line that stays, above the bar
    void clear();

private:
    bool m_terminal;
    bool m_drawn = false;
    std::string m_lastStage;
    ProgressMeter m_meter;
};

/// Control of a command: shows progress, and stops on SIGINT or SIGTERM.
class ConsoleControl : public Control
{
public:
    ConsoleControl(); ///< from here on signals stop the job, not the program
    void report(const Progress& progress) override { m_line.show(progress); }
    bool stopRequested() const override;

private:
    ProgressLine m_line;
};

/// Text of one report without the bar: "reading a.csv: 3,000 of 7,831 rows, 5,120 rows/s, 1 s left".
std::string progressText(const Progress& progress);

/// Cells for a terminal: tab-separated with a line end; control characters, which may come from a table, as blanks.
std::string cellLine(const std::vector<std::string>& cells);
void printOut(const std::string& text);         ///< to standard output
void printError(const std::string& line);       ///< to standard error, with the line's end
void printJson(const nlohmann::json& document); ///< one document with a line end to standard output

} // namespace papilio::engine
