// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/console.h"

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"
#include "engine/json.h"
#include "engine/signals.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

std::size_t terminalWidth()
{
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
        return size.ws_col;
    return 80;
}

std::string bar(const Progress& progress)
{
    constexpr int cells = 20;
    if (progress.total <= 0)
        return {};
    const double part = std::clamp(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0);
    const int full = static_cast<int>(part * cells);
    char percent[16];
    std::snprintf(percent, sizeof percent, "] %3d %%  ", static_cast<int>(part * 100));
    std::string text(1, '[');
    text.append(static_cast<std::size_t>(full), '#')
        .append(static_cast<std::size_t>(cells - full), '.')
        .append(percent);
    return text;
}

/// "12.3 MB"
std::string byteText(double bytes)
{
    const char* unit = "bytes";
    for (const char* next : {"kB", "MB", "GB", "TB"}) {
        if (bytes < 1000)
            break;
        bytes /= 1000;
        unit = next;
    }
    return fixedNumber(bytes, bytes < 100 && unit[0] != 'b' ? 1 : 0) + " " + unit;
}

std::string rateText(const Progress& progress)
{
    if (progress.unit == "bytes")
        return byteText(progress.rate) + "/s";
    const std::string rate =
        progress.rate >= 10 ? groupedNumber(static_cast<std::int64_t>(progress.rate)) : shortNumber(progress.rate, 2);
    return rate + " " + progress.unit + "/s";
}

std::string countText(const Progress& progress)
{
    if (progress.unit.empty())
        return progress.stage; // nothing to count
    if (progress.unit == "bytes")
        return progress.stage + ": " + byteText(static_cast<double>(progress.done)) +
               (progress.total > 0 ? " of " + byteText(static_cast<double>(progress.total)) : std::string());
    std::string text = progress.stage + ": " + groupedNumber(progress.done);
    if (progress.total > 0)
        text += " of " + groupedNumber(progress.total);
    return text + " " + progress.unit;
}

/// The line of a terminal: what matters most stands first, for the end is cut off where the terminal is narrow.
std::string barText(const Progress& progress)
{
    std::string text = bar(progress);
    if (progress.rate > 0)
        text += rateText(progress) + "  ";
    if (progress.secondsLeft >= 0)
        text += durationText(progress.secondsLeft) + " left  ";
    return elided(text + countText(progress), terminalWidth() - 3);
}

} // namespace

std::string progressText(const Progress& progress)
{
    std::string text = countText(progress);
    if (progress.rate > 0)
        text += ", " + rateText(progress);
    if (progress.secondsLeft >= 0)
        text += ", " + durationText(progress.secondsLeft) + " left";
    return text;
}

ProgressLine::ProgressLine() : m_terminal(isatty(STDERR_FILENO) == 1), m_meter(m_terminal ? 0.1 : 5.0) {}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::show(const Progress& progress)
{
    const Progress full = m_meter.completed(progress);
    const bool newStage = full.stage != m_lastStage;
    if (!m_meter.due() && !(newStage && m_terminal))
        return;
    m_lastStage = full.stage;
    if (m_terminal)
        std::fprintf(stderr, "\r\033[K%s", barText(full).c_str());
    else
        std::fprintf(stderr, "%s\n", progressText(full).c_str());
    m_drawn = m_terminal;
    std::fflush(stderr);
}

void ProgressLine::print(const std::string& line)
{
    clear();
    printError(line);
}

void ProgressLine::clear()
{
    if (m_drawn)
        std::fputs("\r\033[K", stderr);
    m_drawn = false;
}

ConsoleControl::ConsoleControl()
{
    installStopSignals();
}

bool ConsoleControl::stopRequested() const
{
    return stopSignalled();
}

std::string cellLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& cell : cells) {
        std::string text = cell;
        std::replace_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
        line.append(&cell == &cells.front() ? "" : "\t").append(text);
    }
    return line + "\n";
}

void printOut(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void printError(const std::string& line)
{
    std::fprintf(stderr, "%s\n", line.c_str());
}

void printJson(const nlohmann::json& document)
{
    printOut(toLine(document) + "\n");
    std::fflush(stdout);
}

} // namespace papilio::engine
