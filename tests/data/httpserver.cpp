// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpserver.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace
{
bool sendAll(int connection, const char* data, std::size_t count)
{
    while (count > 0) {
        const ssize_t sent = ::send(connection, data, count, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        data += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return true;
}

std::string headerOf(const std::string& request, const std::string& name)
{
    const std::size_t at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t begin = at + name.size() + 4;
    return request.substr(begin, request.find("\r\n", begin) - begin);
}
} // namespace

HttpServer::HttpServer()
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_socket, plain, length) == 0 && ::listen(m_socket, 16) == 0 &&
        ::getsockname(m_socket, plain, &length) == 0) {
        m_port = ntohs(address.sin_port);
    }
    m_thread = std::thread([this] { run(); });
}

HttpServer::~HttpServer()
{
    m_ending = true;
    m_thread.join();
    for (std::thread& thread : m_answers) {
        thread.join();
    }
    ::close(m_socket);
}

void HttpServer::serve(const std::string& path, HttpFile file)
{
    const std::lock_guard lock(m_mutex);
    m_files[path] = std::move(file);
}

std::string HttpServer::url(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

std::vector<std::string> HttpServer::requests(const std::string& path) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_requests.find(path);
    return found == m_requests.end() ? std::vector<std::string>() : found->second;
}

void HttpServer::run()
{
    while (!m_ending) {
        pollfd waiting = {m_socket, POLLIN, 0};
        if (::poll(&waiting, 1, 50) > 0) {
            const int connection = ::accept(m_socket, nullptr, nullptr);
            if (connection >= 0) {
                m_answers.emplace_back([this, connection] { answer(connection); });
            }
        }
    }
}

void HttpServer::answer(int connection)
{
    std::string request;
    char buffer[4096];
    while (request.find("\r\n\r\n") == std::string::npos && request.size() < 65536) {
        const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
        if (count <= 0) {
            break;
        }
        request.append(buffer, static_cast<std::size_t>(count));
    }
    const std::size_t begin = request.find(' ') + 1;
    const std::string path = request.substr(begin, request.find(' ', begin) - begin);
    HttpFile file;
    int count = 0;
    bool known = false;
    {
        const std::lock_guard lock(m_mutex);
        m_requests[path].push_back(request);
        count = static_cast<int>(m_requests[path].size());
        const auto found = m_files.find(path);
        known = found != m_files.end();
        file = known ? found->second : HttpFile();
    }
    if (!known) {
        file.status = 404;
    }
    send(connection, file, request, count);
    ::shutdown(connection, SHUT_RDWR);
    ::close(connection);
}

void HttpServer::send(int connection, HttpFile& file, const std::string& request, int count)
{
    std::string head = "HTTP/1.1 ";
    const bool fails = file.status != 0 && (file.failures < 0 || count <= file.failures);
    if (!file.location.empty() || fails) {
        head += (file.location.empty() ? std::to_string(file.status) + " No" : std::string("302 Found\r\nLocation: ") + file.location);
        head += "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        sendAll(connection, head.data(), head.size());
        return;
    }
    if (count > 1 && !file.laterEtag.empty()) {
        file.body = file.laterBody;
        file.etag = file.laterEtag;
    }
    const std::string range = headerOf(request, "Range"), condition = headerOf(request, "If-Range");
    const bool same = !file.heedsIfRange || condition.empty() || condition == file.etag || condition == file.lastModified;
    std::size_t begin = 0;
    if (file.ranges && same && range.rfind("bytes=", 0) == 0) {
        begin = static_cast<std::size_t>(std::stoul(range.substr(6)));
        if (begin >= file.body.size()) {
            head += "416 No\r\nContent-Range: bytes */" + std::to_string(file.body.size()) + "\r\nContent-Length: 0\r\n\r\n";
            sendAll(connection, head.data(), head.size());
            return;
        }
        head += "206 Partial Content\r\nContent-Range: bytes " + std::to_string(begin) + "-" +
                std::to_string(file.body.size() - 1) + "/" + std::to_string(file.body.size());
    } else {
        head += "200 OK";
    }
    const std::string body = file.body.substr(begin);
    const long promise = file.promise >= 0 ? file.promise - static_cast<long>(begin) : static_cast<long>(body.size());
    head += "\r\nContent-Length: " + std::to_string(promise) + "\r\nContent-Type: " + file.contentType;
    head += file.etag.empty() ? "" : "\r\nETag: " + file.etag;
    head += file.lastModified.empty() ? "" : "\r\nLast-Modified: " + file.lastModified;
    head += "\r\nConnection: close\r\n\r\n";
    if (!sendAll(connection, head.data(), head.size())) {
        return;
    }
    std::size_t end = body.size();
    if (file.dropAfter >= 0 && count <= file.drops) {
        end = std::min(end, static_cast<std::size_t>(file.dropAfter));
    }
    if (file.stallAfter >= 0) {
        end = std::min(end, static_cast<std::size_t>(file.stallAfter));
    }
    for (std::size_t at = 0; at < end && !m_ending; at += 4096) {
        if (!sendAll(connection, body.data() + at, std::min<std::size_t>(4096, end - at))) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(file.millisecondsPerChunk));
    }
    while (file.stallAfter >= 0 && !m_ending) { // until the client goes away
        char byte = 0;
        pollfd waiting = {connection, POLLIN, 0};
        if (::poll(&waiting, 1, 50) > 0 && ::recv(connection, &byte, 1, 0) <= 0) {
            return;
        }
    }
}
