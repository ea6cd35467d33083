// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/httptransfer.h"

#include <array>
#include <charconv>
#include <memory>

#include <curl/curl.h>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr int pollMs = 100;
constexpr long connectSeconds = 30, mostRedirects = 10;

std::int64_t numberIn(std::string_view text)
{
    text = trimmed(text);
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? value : -1;
}

/// "bytes 100-199/1000"; a total that is not known is '*'.
void readContentRange(std::string_view text, HttpHead& head)
{
    text = trimmed(text);
    const std::size_t space = text.find(' '), dash = text.find('-'), slash = text.find('/');
    if (!text.starts_with("bytes") || space == std::string_view::npos || slash == std::string_view::npos) {
        return;
    }
    if (dash != std::string_view::npos && dash > space && dash < slash) {
        head.rangeStart = numberIn(text.substr(space + 1, dash - space - 1));
    }
    head.rangeTotal = numberIn(text.substr(slash + 1));
}

/// One transfer, driven by libcurl's multi interface so that nothing blocks for long.
class Transfer
{
public:
    Transfer(const HttpRequest& request, const HttpCallbacks& callbacks)
        : m_request(request), m_callbacks(callbacks), m_easy(curl_easy_init(), curl_easy_cleanup),
          m_multi(curl_multi_init(), curl_multi_cleanup), m_headers(nullptr, curl_slist_free_all)
    {
    }

    HttpOutcome run()
    {
        if (!m_easy || !m_multi || !prepare()) {
            return {HttpOutcome::Kind::Refused, "the network library cannot be started"};
        }
        curl_multi_add_handle(m_multi.get(), m_easy.get());
        CURLcode result = CURLE_ABORTED_BY_CALLBACK;
        int running = 1;
        while (running > 0 && !m_halted) {
            if (curl_multi_perform(m_multi.get(), &running) != CURLM_OK) {
                break;
            }
            int left = 0;
            while (const CURLMsg* message = curl_multi_info_read(m_multi.get(), &left)) {
                if (message->msg == CURLMSG_DONE) {
                    result = message->data.result;
                }
            }
            if (running > 0 && !m_halted) {
                m_halted = !m_callbacks.goOn();
                curl_multi_poll(m_multi.get(), nullptr, 0, pollMs, nullptr);
            }
        }
        curl_multi_remove_handle(m_multi.get(), m_easy.get());
        return outcome(result);
    }

private:
    template <typename T> bool set(CURLoption option, T value)
    {
        return curl_easy_setopt(m_easy.get(), option, value) == CURLE_OK;
    }

    bool prepare()
    {
        // From https nothing may lead back to an open connection.
        const char* redirects = m_request.url.starts_with("https:") ? "https" : "http,https";
        bool good = set(CURLOPT_URL, m_request.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") &&
                    set(CURLOPT_REDIR_PROTOCOLS_STR, redirects) && set(CURLOPT_FOLLOWLOCATION, 1L) &&
                    set(CURLOPT_MAXREDIRS, mostRedirects) && set(CURLOPT_NOSIGNAL, 1L) &&
                    set(CURLOPT_CONNECTTIMEOUT, connectSeconds) && set(CURLOPT_LOW_SPEED_LIMIT, 1L) &&
                    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_request.stallSeconds)) &&
                    set(CURLOPT_USERAGENT, "Papilio/" PAPILIO_VERSION) && set(CURLOPT_ERRORBUFFER, m_error.data()) &&
                    set(CURLOPT_HEADERFUNCTION, &Transfer::header) && set(CURLOPT_HEADERDATA, this) &&
                    set(CURLOPT_WRITEFUNCTION, &Transfer::write) && set(CURLOPT_WRITEDATA, this);
        if (m_request.offset > 0) {
            m_range = std::to_string(m_request.offset) + "-";
            good = good && set(CURLOPT_RANGE, m_range.c_str());
            addHeader("If-Range: " + m_request.validator);
        }
        return good && set(CURLOPT_HTTPHEADER, m_headers.get());
    }

    void addHeader(const std::string& line)
    {
        curl_slist* longer = curl_slist_append(m_headers.get(), line.c_str());
        if (longer != nullptr) {
            (void)m_headers.release();
            m_headers.reset(longer);
        }
    }

    void readHeader(std::string_view line)
    {
        if (line.starts_with("HTTP/")) { // of each answer, those that redirect too
            m_head = HttpHead();
            const std::size_t space = line.find(' ');
            m_head.status = space == std::string_view::npos ? 0 : numberIn(line.substr(space + 1, 3));
            return;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            return;
        }
        const std::string_view name = line.substr(0, colon);
        const std::string value(trimmed(line.substr(colon + 1)));
        if (equalsIgnoringCase(name, "etag")) {
            m_head.etag = value;
        } else if (equalsIgnoringCase(name, "last-modified")) {
            m_head.lastModified = value;
        } else if (equalsIgnoringCase(name, "content-type")) {
            m_head.contentType = value;
        } else if (equalsIgnoringCase(name, "content-length")) {
            m_head.contentLength = numberIn(value);
        } else if (equalsIgnoringCase(name, "content-range")) {
            readContentRange(value, m_head);
        }
    }

    bool tellHead()
    {
        if (!m_headTold) {
            m_headTold = true;
            m_halted = !m_callbacks.head(m_head);
        }
        return !m_halted;
    }

    static std::size_t header(char* data, std::size_t size, std::size_t count, void* self)
    {
        static_cast<Transfer*>(self)->readHeader(std::string_view(data, size * count));
        return size * count;
    }

    static std::size_t write(char* data, std::size_t size, std::size_t count, void* self)
    {
        auto& transfer = *static_cast<Transfer*>(self);
        const bool wanted = transfer.m_head.status == 200 || transfer.m_head.status == 206;
        if (!transfer.tellHead()) {
            return CURL_WRITEFUNC_ERROR;
        }
        if (wanted && !transfer.m_callbacks.body(std::string_view(data, size * count))) {
            transfer.m_halted = true;
            return CURL_WRITEFUNC_ERROR;
        }
        return size * count;
    }

    /// Whether the last address answered at all: libcurl then knows when.
    bool isConnected() const
    {
        curl_off_t micros = 0;
        return curl_easy_getinfo(m_easy.get(), CURLINFO_CONNECT_TIME_T, &micros) == CURLE_OK && micros > 0;
    }

    HttpOutcome outcome(CURLcode result)
    {
        using Kind = HttpOutcome::Kind;
        if (m_halted) {
            return {Kind::Halted, {}};
        }
        const std::string message = m_error[0] != '\0' ? m_error.data() : curl_easy_strerror(result);
        switch (result) {
        case CURLE_OK:
            return tellHead() ? HttpOutcome{Kind::Complete, {}} : HttpOutcome{Kind::Halted, {}};
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {Kind::NoHost, message};
        case CURLE_OPERATION_TIMEDOUT:
            return {Kind::Broken, isConnected() ? "nothing came for " + std::to_string(m_request.stallSeconds) + " s"
                                                : "no connection within " + std::to_string(connectSeconds) + " s"};
        case CURLE_UNSUPPORTED_PROTOCOL:
            return {Kind::Refused, "it leads to an address that is neither http nor https (or from https to http)"};
        case CURLE_TOO_MANY_REDIRECTS:
            return {Kind::Refused, "it is redirected more than " + std::to_string(mostRedirects) + " times"};
        case CURLE_URL_MALFORMAT:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CERTPROBLEM:
            return {Kind::Refused, message};
        default:
            return {Kind::Broken, message};
        }
    }

    const HttpRequest& m_request;
    const HttpCallbacks& m_callbacks;
    std::unique_ptr<CURL, void (*)(CURL*)> m_easy;
    std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> m_multi;
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> m_headers;
    std::array<char, CURL_ERROR_SIZE> m_error{};
    std::string m_range;
    HttpHead m_head;
    bool m_headTold = false;
    bool m_halted = false;
};
} // namespace

HttpOutcome httpGet(const HttpRequest& request, const HttpCallbacks& callbacks)
{
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) {
        return {HttpOutcome::Kind::Refused, "the network library cannot be started"};
    }
    return Transfer(request, callbacks).run();
}

} // namespace papilio::data
