// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/download.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "core/text.h"
#include "data/bytesource.h"
#include "data/httptransfer.h"
#include "data/pace.h"
#include "data/partfile.h"

namespace papilio::data
{

namespace
{
/// A weak ETag does not promise the same bytes.
std::string validatorOf(const HttpHead& head)
{
    return !head.etag.empty() && !head.etag.starts_with("W/") ? head.etag : head.lastModified;
}

class Downloader
{
public:
    Downloader(const DownloadRequest& request, Control& control)
        : m_request(request), m_control(control), m_part(request), m_pace(control),
          m_stage("downloading " + fileName(request.path))
    {
    }

    Result<DownloadReport> run()
    {
        if (auto there = existing()) {
            return std::move(*there);
        }
        if (m_control.stopRequested()) { // maybe while a file that is there was checked: it stays as it is
            return fail(ErrorCode::Stopped, "Stopped before '" + m_request.path + "' was fetched.");
        }
        PAPILIO_TRY(m_part.open());
        if (m_request.bytes > m_part.size()) {
            PAPILIO_TRY(m_part.checkRoom(m_request.bytes - m_part.size()));
        }
        m_report.resumed = m_part.size() > 0;
        m_pace.start(m_part.size());
        PAPILIO_TRY(fetch());
        m_pace.report(m_stage, m_part.size(), m_part.size(), "bytes", true);
        auto hash = m_part.finish(m_control);
        if (!hash) {
            return tl::unexpected(hash.error());
        }
        m_report.bytes = m_part.size();
        m_report.sha256 = *hash;
        return m_report;
    }

private:
    /// The file from an earlier time; wrong ones are fetched again.
    std::optional<DownloadReport> existing()
    {
        std::error_code error;
        if (!std::filesystem::is_regular_file(m_request.path, error)) {
            return std::nullopt;
        }
        const auto hash = checkedFile(m_request.path, m_request, m_control);
        if (!hash) {
            return std::nullopt;
        }
        return DownloadReport{static_cast<std::int64_t>(std::filesystem::file_size(m_request.path, error)), true, false,
                              *hash};
    }

    Result<> fetch()
    {
        int wait = m_request.waitMs;
        int fruitless = 0;
        std::int64_t most = m_part.size();
        while (true) {
            const HttpOutcome outcome = attempt();
            if (m_error) {
                return tl::unexpected(*m_error);
            }
            if (m_control.stopRequested()) {
                return stopped();
            }
            if (outcome.kind == HttpOutcome::Kind::Refused) {
                return unreachable(outcome.message, false);
            }
            if (outcome.kind == HttpOutcome::Kind::Complete && m_retry.empty()) {
                return {};
            }
            if (m_part.size() > most) {
                most = m_part.size();
                fruitless = 0;
                wait = m_request.waitMs;
            }
            const std::string why = m_retry.empty() ? outcome.message : m_retry;
            const int allowed = outcome.kind == HttpOutcome::Kind::NoHost ? std::min(2, m_request.attempts) : m_request.attempts;
            if (++fruitless >= allowed) {
                return unreachable(why, true);
            }
            if (!pause(wait)) {
                return stopped();
            }
            wait = std::min(wait * 2, 30'000);
        }
    }

    HttpOutcome attempt()
    {
        m_retry.clear();
        HttpRequest request{m_request.url, m_part.validator().empty() ? 0 : m_part.size(), m_part.validator(),
                            m_request.stallSeconds};
        m_asked = request.offset;
        HttpCallbacks callbacks;
        callbacks.head = [this](const HttpHead& head) { return takeHead(head); };
        callbacks.body = [this](std::string_view bytes) { return takeBody(bytes); };
        callbacks.goOn = [this] {
            m_pace.report(m_stage, m_part.size(), m_part.total(), "bytes");
            return !m_control.stopRequested();
        };
        HttpOutcome outcome = httpGet(request, callbacks);
        const std::int64_t total = m_part.total();
        if (outcome.kind == HttpOutcome::Kind::Complete && m_retry.empty() && total > 0 && m_part.size() != total) {
            m_retry = "the server promised " + std::to_string(total) + " bytes and sent " +
                      std::to_string(m_part.size());
        }
        return outcome;
    }

    /// False halts the transfer; m_error or m_retry say why then.
    bool takeHead(const HttpHead& head)
    {
        const std::int64_t before = m_part.size();
        if (head.status == 206 && m_asked > 0) {
            const bool same = head.rangeStart == m_asked && (validatorOf(head).empty() || validatorOf(head) == m_part.validator()) &&
                              (head.rangeTotal < 0 || m_part.total() <= 0 || head.rangeTotal == m_part.total());
            if (!same) {
                keep(m_part.restart({}, 0));
                return retry("the file changed on the server");
            }
            return keep(m_part.checkRoom(std::max<std::int64_t>(0, head.contentLength)));
        }
        if (head.status == 200) { // the whole file: the first time, or it changed, or ranges are not served
            m_report.resumed = m_report.resumed && before == 0;
            m_pace.start(0);
            if (head.contentType.starts_with("text/html")) {
                return stop({ErrorCode::BadInput, "The server answers with a web page instead of the file '" +
                                 fileName(m_request.path) + "'.", "The file may have moved: " + m_request.url});
            }
            if (m_request.bytes > 0 && head.contentLength >= 0 && head.contentLength != m_request.bytes) {
                return stop({ErrorCode::Damaged, "The server offers " + std::to_string(head.contentLength) +
                                 " bytes for '" + fileName(m_request.path) + "'; the published file has " +
                                 std::to_string(m_request.bytes) + ".", "It is another file: " + m_request.url});
            }
            const std::int64_t total = std::max<std::int64_t>(0, head.contentLength);
            return keep(m_part.checkRoom(total)) && keep(m_part.restart(validatorOf(head), total));
        }
        return refused(head);
    }

    bool refused(const HttpHead& head)
    {
        std::string name(1, '\'');
        name += fileName(m_request.path);
        name += '\'';
        const std::string status = std::to_string(head.status);
        if (head.status == 416 && m_asked > 0) { // nothing behind what is there
            if (m_part.total() == m_part.size()) {
                return true;
            }
            keep(m_part.restart({}, 0));
            return retry("the server has no more bytes than were fetched");
        }
        if (head.status == 404 || head.status == 410) {
            return stop({ErrorCode::NotFound, "The server does not have " + name + " (status " + status + ").",
                         "It may have moved: " + m_request.url});
        }
        if (head.status == 429 || head.status >= 500) {
            return retry("the server is busy (status " + status + ")");
        }
        return stop({ErrorCode::Io, "The server refuses " + name + " (status " + status + ").", m_request.url});
    }

    bool takeBody(std::string_view bytes)
    {
        const std::int64_t total = m_part.total();
        if (total > 0 && m_part.size() + static_cast<std::int64_t>(bytes.size()) > total) {
            keep(m_part.restart({}, 0));
            return retry("the server sends more than the " + std::to_string(total) + " bytes that it promised");
        }
        return keep(m_part.append(bytes));
    }

    bool keep(const Result<>& result)
    {
        if (!result) {
            m_error = result.error();
        }
        return result.has_value();
    }
    bool stop(Error error)
    {
        m_error = std::move(error);
        return false;
    }
    bool retry(std::string why)
    {
        m_retry = std::move(why);
        return false;
    }

    /// False if told to stop.
    bool pause(int milliseconds) const
    {
        using Clock = std::chrono::steady_clock;
        const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
        while (Clock::now() < end) {
            if (m_control.stopRequested()) {
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(std::min(50, milliseconds)));
        }
        return !m_control.stopRequested();
    }

    tl::unexpected<Error> stopped() const
    {
        const std::string of = m_part.total() > 0 ? " of " + byteText(m_part.total()) : std::string();
        return fail(ErrorCode::Stopped,
                    "Stopped after " + byteText(m_part.size()) + of + " of '" + fileName(m_request.path) + "'.",
                    m_part.validator().empty() ? "The server cannot go on from there: it starts over next time."
                                               : "Start again to go on from there.");
    }

    tl::unexpected<Error> unreachable(const std::string& why, bool again) const
    {
        std::string reason = why;
        while (!reason.empty() && (reason.back() == '.' || reason.back() == '\n')) {
            reason.pop_back();
        }
        std::string hint;
        if (again && m_part.size() > 0) {
            hint = "Start again to go on from ";
            hint += byteText(m_part.size());
            hint += ". Or: ";
        }
        hint += "Fetch it by other means and give its folder: ";
        hint += m_request.url;
        const std::string name = fileName(m_request.path);
        return fail(ErrorCode::Io, "The file '" + name + "' cannot be downloaded: " + reason + ".",
                    hint);
    }

    const DownloadRequest& m_request;
    Control& m_control;
    PartFile m_part;
    Pace m_pace;
    std::string m_stage;
    std::string m_retry; ///< why the answer cannot be used this time
    std::optional<Error> m_error;
    std::int64_t m_asked = 0;
    DownloadReport m_report;
};
} // namespace

Result<DownloadReport> downloadFile(const DownloadRequest& request, Control& control)
{
    return Downloader(request, control).run();
}

} // namespace papilio::data
