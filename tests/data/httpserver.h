// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// What the server does for one path; the defaults serve a file as good servers do.
struct HttpFile {
    std::string body = {};
    std::string etag = "\"one\"";
    std::string lastModified = {};
    std::string contentType = "application/octet-stream";
    std::string location = {};    ///< redirect to there
    int status = 0;               ///< answer that alone, with an empty body
    int failures = -1;            ///< answer 'status' so many times, then serve; −1 = always
    long dropAfter = -1;          ///< close the connection after so many bytes of the body …
    int drops = 1;                ///< … so many times
    long promise = -1;            ///< what Content-Length says, whatever is sent
    long stallAfter = -1;         ///< send so many bytes, then nothing for as long as the client waits
    int millisecondsPerChunk = 0; ///< 4096 bytes each
    bool ranges = true;           ///< else every answer is the whole file
    bool heedsIfRange = true;
    std::string laterBody = {}, laterEtag = {}; ///< from the second request on
};

/// An HTTP/1.1 server on the loopback interface, as good or bad as a test asks for; one connection a request.
class HttpServer
{
public:
    HttpServer();
    ~HttpServer();

    void serve(const std::string& path, HttpFile file);
    std::string url(const std::string& path) const;
    /// Headers of the requests so far, in order.
    std::vector<std::string> requests(const std::string& path) const;

private:
    void run();
    void answer(int connection);
    void send(int connection, HttpFile& file, const std::string& request, int count);

    int m_socket = -1;
    int m_port = 0;
    std::atomic<bool> m_ending{false};
    mutable std::mutex m_mutex;
    std::map<std::string, HttpFile> m_files;
    std::map<std::string, std::vector<std::string>> m_requests;
    std::vector<std::thread> m_answers;
    std::thread m_thread;
};
